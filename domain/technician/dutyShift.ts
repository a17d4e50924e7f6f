import { defineDocument, type Change, type DocumentOf, type Notice, type RowOfRecord } from '../document/document';
import { all, findAll, type Given } from '../document/facts';
import { flag, instant, lines, optional, ref, text, type Day, type Instant, type RowOf } from '../document/fields';
import { checkGroups, dutyPoint, person } from '../master/records';
import type { Member } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { requireOption } from './option';

type Round = { readonly dueAt: Instant; readonly doneAt: Instant | null; readonly finding: string | null; readonly missed: boolean; readonly highVoltage: boolean };
type Point = RowOfRecord<typeof dutyPoint>;

const minutesLater = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** When a shift's rounds are due: every `minutes`, inside the shift. @rule T-090 */
function roundTimes(from: Instant, to: Instant, minutes: number): Instant[] {
	const times: Instant[] = [];
	for (let at = minutesLater(from, minutes); at < to; at = minutesLater(at, minutes)) times.push(at);
	return times;
}

const cleaning = {
	cleaned: optional(flag({ en: 'Place Cleaned', zh: '设备和场地已清洁' })),
	boxesCleaned: optional(flag({ en: 'Electrical Boxes Cleaned', zh: '电器箱已清洁（每周）' })),
};

const draft = defineDocument({
	kind: 'duty_shift',
	form: 'M-062',
	label: { en: 'Duty shift', zh: '值班与交接班' },
	number: { prefix: 'BC', period: 'day', digits: 2 },
	title: ['post', 'technician'],
	fields: {
		post: text({ en: 'Post', zh: '岗位' }),
		route: lines({ step: text({ en: 'Step', zh: '顺序' }), point: text({ en: 'Point', zh: '巡检点' }), checkGroup: text({ en: 'Check group', zh: '检查类别' }), checks: text({ en: 'Checks', zh: '检查内容' }) }, { en: 'Route', zh: '巡检路线' }),
		technician: ref('person', { en: 'On duty', zh: '值班人' }),
		fromAt: instant({ en: 'From', zh: '开始' }),
		toAt: instant({ en: 'Until', zh: '结束' }),
		rounds: lines({ dueAt: instant({ en: 'Due', zh: '应巡检' }), doneAt: optional(instant({ en: 'Done', zh: '巡检时间' })), finding: optional(text({ en: 'Finding', zh: '巡检情况' })), missed: flag({ en: 'Missed', zh: '缺漏' }), highVoltage: flag({ en: 'High voltage', zh: '含高压设备' }) }, { en: 'Rounds', zh: '巡检' }),
		exceptions: lines({ at: instant({ en: 'At', zh: '时间' }), point: text({ en: 'Point', zh: '巡检点' }), checkGroup: text({ en: 'Check group', zh: '检查类别' }), finding: text({ en: 'Finding', zh: '异常情况' }) }, { en: 'Found on rounds', zh: '巡检异常' }),
		nextDueAt: optional(instant({ en: 'Round missed from', zh: '巡检截止' })),
		tasks: optional(text({ en: 'Tasks', zh: '工作任务' })),
		running: optional(text({ en: 'Running state', zh: '设备运转情况' })),
		orders: optional(text({ en: 'Orders', zh: '指示和通知' })),
		openFault: optional(text({ en: 'Open fault', zh: '未处理故障' })),
		leaderAgreed: optional(ref('person', { en: 'Leader who agreed', zh: '同意交接的负责人' })),
		successor: optional(ref('person', { en: 'Successor', zh: '接班人' })),
		arrivedAt: optional(instant({ en: 'Successor came', zh: '接班人到岗' })),
		cameLate: optional(flag({ en: 'Successor came late', zh: '接班迟到' })),
		...cleaning,
	},
	states: { Assigned: '值班中', HandedOver: '已交班' },
	indexes: [['technician', 'state'], ['post']],
});

type ShiftShape = typeof draft.shape;
export type DutyShift = DocumentOf<ShiftShape>;
type Shift = DutyShift;

/** A round is missed when the next is due and it was not made. */
const withLimit = (rounds: readonly Round[], toAt: Instant) => {
	const index = rounds.findIndex(({ doneAt, missed }) => doneAt === null && !missed);
	return { rounds, nextDueAt: index < 0 ? null : (rounds[index + 1]?.dueAt ?? toAt) };
};

/**
 * The plan of rounds and the route of the post begin with the shift.
 * @rule T-090 — assigned equipment, in the order of the route, each point with its check group
 * @throws RuleViolation CONDITION_NOT_MET, NOT_FOUND when the post has no route
 */
function begin(_shift: unknown, input: { post: string; toAt: Instant }, { settings, now, actor, points }: Given & { points: readonly Point[] }): Change<ShiftShape> {
	requireOption(settings, 'duty.enabled', 'T-090');
	if (input.toAt <= now) throw new RuleViolation('CONDITION_NOT_MET', '值班结束时间已过', '请填写将来的时间', 'T-090');
	if (points.length === 0) throw new RuleViolation('NOT_FOUND', `岗位“${input.post}”没有巡检路线`, '请核对岗位名称，或请管理员在“巡检点”中登记该岗位的路线', 'T-090');
	const route = points.toSorted((one, other) => one.step - other.step).map(({ step, name, checkGroup, checks, highVoltage }) => ({ step: String(step), point: name, checkGroup: checkGroups[checkGroup], checks: `${checks ?? ''}${highVoltage === true ? '（高压，每日一次）' : ''}` }));
	const rounds = roundTimes(now, input.toAt, settings['duty.patrol_minutes']).map((dueAt) => ({ dueAt, doneAt: null, finding: null, missed: false, highVoltage: false }));
	return { set: { ...input, route, exceptions: [], technician: actor.code, fromAt: now, ...withLimit(rounds, input.toAt) } };
}

const roundMade = {
	finding: text({ en: 'Finding', zh: '巡检情况' }, { long: true, help: '按路线逐点检查；一切正常填“正常”' }),
	highVoltage: optional(flag({ en: 'High Voltage Checked', zh: '已巡检高压设备（每日一次）' })),
	exceptions: optional(lines({ point: text({ en: 'Point', zh: '巡检点' }), finding: text({ en: 'Finding', zh: '异常情况' }) }, { en: 'Not in Order', zh: '异常巡检点' })),
};

/**
 * A round counts for the one that is due, or the next to come, but not for those after it; points not named were in order.
 * @rule T-090 — every point of the route; what is out of order goes to the director at once
 * @throws RuleViolation CONDITION_NOT_MET, NOT_FOUND for a point that is not on the route
 */
function makeRound(shift: Shift, { finding, highVoltage, exceptions }: RowOf<typeof roundMade>, { now, actor, calendar }: Given): Change<ShiftShape> {
	checkOwn(shift, actor.code);
	const index = shift.rounds.findIndex(({ doneAt, missed }) => doneAt === null && !missed);
	if (index < 0) throw new RuleViolation('CONDITION_NOT_MET', `${shift.no} 没有待做的巡检`, '本班巡检已全部登记', 'T-090');
	const previous = shift.rounds[index - 1]?.dueAt;
	if (previous !== undefined && now < previous) throw new RuleViolation('CONDITION_NOT_MET', `下一次巡检应在 ${localTime(shift.rounds[index]?.dueAt ?? '', calendar.zone)}，现在还早`, '请按间隔巡检，不能提前登记', 'T-090');
	const found = (exceptions ?? []).map((each) => {
		const stop = shift.route.find(({ point }) => point === each.point);
		if (stop === undefined) throw new RuleViolation('NOT_FOUND', `巡检路线上没有“${each.point}”`, `请填写：${shift.route.map(({ point }) => point).join('、')}`, 'T-090');
		return { at: now, point: each.point, checkGroup: stop.checkGroup, finding: each.finding };
	});
	const rounds = shift.rounds.map((round, at) => (at === index ? { ...round, doneAt: now, finding, highVoltage: highVoltage === true } : round));
	const told: Notice[] = found.length === 0 ? [] : [{ key: `duty_shift.found:${shift.no}:${index}`, to: { role: 'service_director' }, subject: `巡检异常 ${shift.post} ${shift.technician}`, rule: 'T-090', body: found.map((each) => [`${each.point}（${each.checkGroup}）`, each.finding] as const) }];
	return { set: { ...withLimit(rounds, shift.toAt), exceptions: [...shift.exceptions, ...found] }, notices: told };
}

/** Posts with high-voltage equipment that nobody looked at on a day they were manned. @rule T-090 — high voltage once a day */
export function uncheckedHighVoltage(day: Day, shifts: readonly Pick<Shift, 'no' | 'post' | 'technician' | 'rounds'>[], points: readonly Pick<Point, 'post' | 'highVoltage'>[]): Notice[] {
	const posts = new Set(points.filter(({ highVoltage }) => highVoltage === true).map(({ post }) => post));
	return [...posts].flatMap((post): Notice[] => {
		const manned = shifts.filter((shift) => shift.post === post);
		if (manned.length === 0 || manned.some(({ rounds }) => rounds.some(({ highVoltage }) => highVoltage))) return [];
		return [{ key: `duty_shift.high_voltage:${post}:${day}`, to: { role: 'service_director' }, subject: `高压设备当日未巡检 ${post} ${day}`, rule: 'T-090', body: [['岗位', post], ['值班人', [...new Set(manned.map(({ technician }) => technician))].join('、')]] }];
	});
}

/** @rule T-090 — missed rounds are listed */
const missRound = (shift: Shift, _input: unknown, { now, calendar }: Given): Change<ShiftShape> => {
	const rounds = shift.rounds.map((round, index) => ({ ...round, missed: round.missed || (round.doneAt === null && (shift.rounds[index + 1]?.dueAt ?? shift.toAt) < now) }));
	const missed = rounds.filter(({ missed: isMissed }) => isMissed);
	return {
		set: withLimit(rounds, shift.toAt),
		notices: [{ key: `duty_shift.missed:${shift.no}:${missed.at(-1)?.dueAt ?? ''}`, to: { role: 'service_director' }, subject: `巡检缺漏 ${shift.post} ${shift.technician}`, rule: 'T-090', body: missed.map(({ dueAt }) => ['应巡检', localTime(dueAt, calendar.zone)] as const) }],
	};
};

const handedOver = {
	successor: ref('person', { en: 'Successor', zh: '接班人' }),
	arrivedAt: instant({ en: 'Successor Came', zh: '接班人到岗' }),
	tasks: text({ en: 'Tasks', zh: '工作任务' }, { long: true }),
	running: text({ en: 'Running State', zh: '设备运转情况' }, { long: true }),
	orders: optional(text({ en: 'Orders', zh: '指示和通知' }, { long: true })),
	openFault: optional(text({ en: 'Open Fault', zh: '未处理故障' })),
	leaderAgreed: optional(ref('person', { en: 'Leader Who Agreed', zh: '同意交接的负责人' })),
	...cleaning,
};

/** A week without a cleaning is told. @rule T-091 — the boxes are cleaned weekly */
function uncleaned(shift: Shift, boxesCleaned: boolean | null, earlier: readonly Shift[], { now, today }: Given): Notice[] {
	const weekAgo = minutesLater(now, -7 * 24 * 60);
	if (boxesCleaned === true || earlier.some((each) => each.boxesCleaned === true && each.updatedAt >= weekAgo)) return [];
	return [{ key: `duty_shift.boxes:${shift.post}:${today}`, to: { role: 'service_director' }, subject: `电器箱一周未清洁 ${shift.post}`, rule: 'T-091', body: [['岗位', shift.post], ['交班人', shift.technician]] }];
}

/**
 * @rule T-091 — two names; an open fault stays with the leaving shift unless a leader agrees; the successor comes early
 * @throws RuleViolation CONDITION_NOT_MET, NOT_FOUND
 */
function handOver(shift: Shift, input: RowOf<typeof handedOver>, facts: Given & { people: readonly Member[]; earlier: readonly Shift[] }): Change<ShiftShape> {
	const { actor, people, settings } = facts;
	checkOwn(shift, actor.code);
	if (input.cleaned !== true) throw new RuleViolation('CONDITION_NOT_MET', `${shift.no} 的设备和场地还没有清洁`, '请清洁后勾选“设备和场地已清洁”', 'T-090');
	const isKnown = (code: string) => people.some(({ no, active }) => no === code && active);
	if (input.successor === shift.technician || !isKnown(input.successor)) throw new RuleViolation('CONDITION_NOT_MET', `“${input.successor}”不能接班`, '接班人应为另一位在职人员', 'T-091');
	if (input.openFault !== null && (input.leaderAgreed === null || !isKnown(input.leaderAgreed) || input.leaderAgreed === shift.technician))
		throw new RuleViolation('CONDITION_NOT_MET', `故障“${input.openFault}”尚未处理，不能交班`, '请处理后交班，或填写同意交接的负责人', 'T-091');
	return { set: { ...input, nextDueAt: null, cameLate: input.arrivedAt > minutesLater(shift.toAt, -settings['duty.early_minutes']) }, notices: uncleaned(shift, input.boxesCleaned, facts.earlier, facts) };
}

function checkOwn(shift: Shift, code: string): void {
	if (shift.technician !== code) throw new RuleViolation('NOT_ALLOWED', `${shift.no} 由 ${shift.technician} 值班，不是 ${code}`, '请由值班人登记', 'T-091');
}

export const dutyShift = draft.events(
	{
		begin: draft.event({ label: { en: 'Begin', zh: '开始值班' }, from: ['new'], to: ['Assigned'], by: ['technician'], input: { post: text({ en: 'Post', zh: '岗位' }), toAt: instant({ en: 'Until', zh: '结束' }) }, facts: ({ post }) => ({ points: findAll(dutyPoint, 'post', post) }) }).decidedBy(begin),
		round: draft.event({ label: { en: 'Round made', zh: '登记巡检' }, from: ['Assigned'], to: ['Assigned'], by: ['technician'], input: roundMade }).decidedBy(makeRound),
		missRound: draft.event({ label: { en: 'Round missed', zh: '巡检缺漏' }, from: ['Assigned'], to: ['Assigned'], by: ['system'], input: {} }).decidedBy(missRound),
		handOver: draft.event({ label: { en: 'Hand over', zh: '交班' }, from: ['Assigned'], to: ['HandedOver'], by: ['technician'], input: handedOver, facts: (_input, shift) => ({ people: all(person), earlier: findAll(draft.shape, 'post', shift.post) }) }).decidedBy(handOver),
	},
	{ round: { label: { en: 'Round', zh: '巡检' }, during: ['Assigned'], due: ({ nextDueAt }) => nextDueAt, fires: 'missRound' } },
);
