import { fire, type Change } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, optional, ref, text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { call, type Call } from './call';
import { returnVisitDraft, returnVisitMeans, returnVisitResults } from './returnVisitPaper';

type Input = { call: string; means: keyof typeof returnVisitMeans | null; result: keyof typeof returnVisitResults; opinion: string | null };

/**
 * Asks the customer whether the job is really done.
 * @rule V-082 — not solved: the call is open again
 * @rule V-043 — a job done by phone needs this record
 * @rule O-007 — the caller is not the technician who did the work
 * @throws RuleViolation NOT_FOUND, NOT_ALLOWED
 */
function recordReturnVisit(_paper: unknown, input: Input, { job, actor, now }: Given & { job: Call | null }): Change<typeof returnVisitDraft.shape> {
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.call}”的叫修`, '请核对编号');
	if (job.technician === actor.code) throw new RuleViolation('NOT_ALLOWED', `${job.no} 由 ${actor.code} 服务，不能自己回访`, '请由其他人员回访', 'O-007');
	return {
		set: { call: job.no, customerName: job.customerName, caller: actor.code, at: now, means: input.means ?? 'phone', result: input.result, opinion: input.opinion },
		then: input.result === 'unreached' ? [] : [fire(call, input.result === 'solved' ? 'confirmSolved' : 'reopen', job.no, {})],
	};
}

export const returnVisit = returnVisitDraft.events({
	record: returnVisitDraft
		.event({
			label: { en: 'Record a return visit', zh: '登记回访' },
			from: ['new'],
			to: ['Recorded'],
			by: ['follow_up', 'receptionist', 'customer_service'],
			input: {
				call: ref('call', { en: 'Call', zh: '叫修编号' }, { among: ['AwaitCancel', 'Closed'] }),
				means: optional(choice({ en: 'Means', zh: '方式' }, returnVisitMeans)),
				result: choice({ en: 'Result', zh: '结果' }, returnVisitResults),
				opinion: optional(text({ en: 'Opinion', zh: '意见' }, { long: true })),
			},
			facts: ({ call: no }) => ({ job: find(call, 'no', no) }),
		})
		.decidedBy(recordReturnVisit),
});
