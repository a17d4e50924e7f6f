import type { Notice } from '../document/document';
import type { Given } from '../document/facts';
import { addDays, dayOf } from '../shared/zonedTime';
import { nameOf, rmaDraft, type Rma } from './rmaPaper';

type Waiting = Pick<Rma, 'no' | 'repairNo' | 'applicant' | 'phone' | 'state' | 'updatedAt'>;

/** Where a paper stays until somebody outside, or the desk, does something: no limit runs there. */
export const waitingStates = ['Incomplete', 'ArrivedWithoutForm', 'Approved', 'AwaitConfirm', 'AwaitPayment', 'ReadyToShip', 'ReturnUnrepaired', 'NotArrived'] as const;

const MAX_LINES = 50;

const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/**
 * Mail-in repairs that have stood for `rma.wait_days`: a list a week, for the desk to ask, ship or cancel.
 * @rule R-103 — data or the application still missing @rule R-107 — the device has not come @rule R-114 — the fee unanswered
 * @rule R-115 — unpaid @rule R-116 — not shipped, or shipped and not found
 */
export function waitingList(papers: readonly Waiting[], { today, settings, calendar }: Pick<Given, 'today' | 'settings' | 'calendar'>): Notice[] {
	const since = (paper: Waiting) => dayOf(paper.updatedAt, calendar.zone);
	const longest = addDays(today, -settings['rma.wait_days']);
	const waiting = papers.filter((paper) => since(paper) <= longest).toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
	if (waiting.length === 0) return [];
	const lines = waiting.slice(0, MAX_LINES).map((paper) => [nameOf(paper), `${rmaDraft.shape.states[paper.state]}，${since(paper)} 起，${paper.applicant ?? ''} ${paper.phone ?? ''}`] as const);
	return [{ key: `rma.waiting:${mondayOf(today)}`, to: { role: 'customer_service' }, subject: `邮寄维修 ${waiting.length} 件没有进展`, rule: 'R-116', body: [`以下超过 ${settings['rma.wait_days']} 天没有进展，请与客户联系，或寄出、取消：`, ...lines, ...(waiting.length > MAX_LINES ? [`另有 ${waiting.length - MAX_LINES} 件`] : [])] }];
}
