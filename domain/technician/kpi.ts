import type { Inspection } from '../contract/inspection';
import type { Complaint } from '../complaint/complaint';
import type { Day, Instant, Month } from '../document/fields';
import type { Member, Unit } from '../master/unitTree';
import { unitsBelow } from '../master/unitTree';
import { hasRole } from '../organisation';
import type { returnRates } from '../report/returnReports';
import type { RepairCard } from '../repair/repairCard';
import type { Rma } from '../repair/rmaPaper';
import type { Call } from '../service/call';
import type { Charge } from '../service/charge';
import type { Visit } from '../service/visit';
import type { HotlineCall } from '../survey/hotlineCall';
import type { MissedCall } from '../survey/missedCall';
import type { SurveyCard } from '../survey/surveyCardPaper';
import type { DailyReport } from './dailyReport';
import { kpiDefinitions, type KpiDefinition } from './kpiDefinitions';
import type { Rating } from './rating';
import type { VisitPlan } from './visitPlan';

/** Everything a month's figures are made of. Lists hold the month's papers by the date named beside them. */
export type KpiData = {
	readonly month: Month;
	readonly builtAt: Instant;
	readonly dayOf: (instant: Instant) => Day;
	/** Called in the month. */
	readonly calls: readonly Call[];
	/** The earlier calls that these repeat. */
	readonly repeated: readonly Pick<Call, 'no' | 'technician'>[];
	/** Of these calls. */
	readonly visits: readonly Visit[];
	/** Opened in the month. */
	readonly charges: readonly Charge[];
	/** Accepted in the month. */
	readonly complaints: readonly Complaint[];
	/** Finished in the month. */
	readonly cards: readonly RepairCard[];
	/** Inspected in the month, with whether they ever failed. */
	readonly inspected: readonly (RepairCard & { readonly failed: boolean })[];
	/** For days of the month. */
	readonly reports: readonly DailyReport[];
	readonly ratings: readonly Rating[];
	/** Of systems, for the month. */
	readonly inspections: readonly Pick<Inspection, 'state' | 'late' | 'inspector' | 'keeper'>[];
	/** Planned in the month. */
	readonly visitPlans: readonly VisitPlan[];
	/** Of the return workshop. */
	readonly returns: ReturnType<typeof returnRates>;
	/** Mailed in and finished in the month. */
	readonly rmas: readonly Pick<Rma, 'technician' | 'onTime'>[];
	/** Cards and phone calls for calls of the month. */
	readonly surveys: readonly Pick<SurveyCard, 'state' | 'technician'>[];
	readonly hotlineCalls: readonly Pick<HotlineCall, 'channel' | 'operator'>[];
	readonly missedCalls: readonly Pick<MissedCall, 'inHours' | 'responsible'>[];
	/** Working days of the month whose report is due by now. */
	readonly reportDays: readonly Day[];
	readonly people: readonly (Member & { readonly createdAt: Instant })[];
	readonly units: readonly Unit[];
};

export type Subject = { readonly kind: 'company' | 'unit' | 'person'; readonly code: string; readonly name: string; /** Null: everybody. */ readonly people: readonly string[] | null };

export type KpiRow = {
	readonly key: string;
	readonly label: string;
	readonly unit: KpiDefinition['unit'];
	readonly subjectKind: Subject['kind'];
	readonly subject: string;
	readonly subjectName: string;
	readonly numerator: number;
	readonly denominator: number;
	/** Null: n/a. */
	readonly value: number | null;
	/** Why there is no value. */
	readonly note: string | null;
};

/** Company, units with technicians, technicians. @rule T-060 */
function subjectsOf({ people, units }: Pick<KpiData, 'people' | 'units'>): Subject[] {
	const technicians = people.filter(({ active, roles }) => active && hasRole(roles, 'technician'));
	const ofUnit = ({ no, name }: Unit): Subject[] => {
		const below = unitsBelow(units, no);
		const codes = technicians.filter(({ unit }) => unit !== null && below.has(unit)).map((person) => person.no);
		return codes.length === 0 ? [] : [{ kind: 'unit', code: no, name, people: codes }];
	};
	return [{ kind: 'company', code: '', name: '全公司', people: null }, ...units.flatMap(ofUnit), ...technicians.map(({ no, name }): Subject => ({ kind: 'person', code: no, name, people: [no] }))];
}

/** Every indicator for one subject; without a denominator it is n/a. @rule T-060 */
export function kpisOf(data: KpiData, subject: Subject): KpiRow[] {
	return kpiDefinitions.map((definition) => {
		const { key, label, unit } = definition;
		const { numerator, denominator } = definition.count(data, subject);
		const note = denominator === 0 ? '没有数据' : null;
		return { key, label, unit, subjectKind: subject.kind, subject: subject.code, subjectName: subject.name, numerator, denominator, value: denominator === 0 ? null : numerator / denominator, note };
	});
}

/** @rule T-060 */
export const kpiRows = (data: KpiData): KpiRow[] => subjectsOf(data).flatMap((subject) => kpisOf(data, subject));
