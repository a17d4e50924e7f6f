import type { ServiceType } from '../service/proposeServiceType';

type Visit = { readonly call: string; readonly technician: string; readonly arrivedAt: string; readonly leftAt: string; readonly solution: string };
type Card = { readonly call: string; readonly technician: string; readonly actualMinutes: number | null; readonly fault: string };
export type ReportLine = { readonly type: ServiceType; readonly minutes: number; readonly call: string | null; readonly note: string | null };
type Difference = { readonly call: string; readonly recorded: number; readonly reported: number };

/** A day's work as visits and repair cards recorded it. */
export type DaysWork = { readonly visits: readonly Visit[]; readonly cards: readonly Card[]; readonly calls: readonly { readonly no: string; readonly type: ServiceType }[] };

/** The lines of a technician's report as his visits and repair cards of the day give them. @rule T-006 */
export function prefilledLines(technician: string, { visits, cards, calls }: DaysWork): ReportLine[] {
	const typeOf = (call: string): ServiceType => calls.find(({ no }) => no === call)?.type ?? 'A';
	const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
	return [
		...visits.filter((visit) => visit.technician === technician).map(({ call, arrivedAt, leftAt, solution }) => ({ type: typeOf(call), minutes: Math.round((Date.parse(leftAt) - Date.parse(arrivedAt)) / 60_000), call, note: oneLine(solution) })),
		...cards.filter((card) => card.technician === technician).map(({ call, actualMinutes, fault }) => ({ type: typeOf(call), minutes: actualMinutes ?? 0, call, note: oneLine(`修护：${fault}`) })),
	].filter(({ minutes }) => minutes > 0);
}

/** Calls on which reported and recorded minutes are further apart than allowed. @rule T-006 — above `report.diff_minutes` */
export function differences(reported: readonly ReportLine[], recorded: readonly ReportLine[], allowed: number): Difference[] {
	const calls = [...new Set([...reported, ...recorded].flatMap(({ call }) => call ?? []))];
	const sum = (lines: readonly ReportLine[], call: string) => lines.reduce((total, line) => total + (line.call === call ? line.minutes : 0), 0);
	return calls.map((call) => ({ call, recorded: sum(recorded, call), reported: sum(reported, call) })).filter((each) => Math.abs(each.recorded - each.reported) > allowed);
}

/** Lines as the form shows and takes them: `A 120 BX202506-0001 更换电容`. */
export const linesText = (lines: readonly ReportLine[]): string => lines.map(({ type, minutes, call, note }) => [type, minutes, call ?? '-', note ?? ''].join(' ').trim()).join('\n');
