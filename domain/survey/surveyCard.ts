import { find } from '../document/facts';
import { choice, ref, text } from '../document/fields';
import { customer } from '../master/records';
import { call } from '../service/call';
import { rating } from '../technician/rating';
import { answered, surveyCardDraft as draft, surveyMeans } from './surveyCardPaper';
import { answerCard, notReached, openCard, postCard, releaseCard, remindCard } from './surveyCardRules';

/** Who asks customers, by card or phone; never the technician. @rule S-004 */
const askers = ['follow_up', 'service_dept', 'customer_service', 'receptionist'] as const;
const out = ['ToPost', 'ToCall', 'Sent'] as const;

export const surveyCard = draft.events(
	{
		open: draft
			.event({
				label: { en: 'Open a card', zh: '开立调查卡' },
				from: ['new'],
				to: ['Waiting', 'ToPost', 'ToCall', 'Sent'],
				by: ['service_dept', 'follow_up', 'system'],
				input: { call: ref('call', { en: 'Call', zh: '叫修编号' }, { among: ['AwaitCancel', 'Closed'] }), means: choice({ en: 'Means', zh: '方式' }, surveyMeans) },
				facts: ({ call: no }) => ({ job: find(call, 'no', no) }),
				moreFacts: (_input, { job }) => ({ client: find(customer, 'no', job?.customer ?? null) }),
			})
			.decidedBy(openCard),
		release: draft
			.event({ label: { en: 'Work is done', zh: '服务已完成' }, from: ['Waiting'], to: ['Waiting', 'ToPost', 'ToCall', 'Sent', 'Withdrawn'], by: ['service_dept', 'system'], input: {}, facts: (_input, card) => ({ job: find(call, 'no', card.call) }), moreFacts: (_input, { job }) => ({ client: find(customer, 'no', job?.customer ?? null) }) })
			.decidedBy(releaseCard),
		post: draft.event({ label: { en: 'Posted', zh: '登记寄出' }, from: ['ToPost'], to: ['Sent'], by: askers, input: {} }).decidedBy(postCard),
		answer: draft
			.event({
				label: { en: 'Enter the answer', zh: '登记客户意见' },
				from: [...out, 'NoAnswer'],
				to: ['Answered', 'Waiting'],
				by: [...askers, 'system'],
				input: answered,
				facts: (_input, card) => ({ job: find(call, 'no', card.call), given: find(rating, 'call', card.call) }),
			})
			.decidedBy(answerCard),
		notReached: draft.event({ label: { en: 'Not reached', zh: '未接通' }, from: ['ToCall'], to: ['ToCall', 'NoAnswer'], by: askers, input: {} }).decidedBy(notReached),
		withdraw: draft.event({ label: { en: 'Withdraw', zh: '撤回' }, from: ['Waiting', ...out], to: ['Withdrawn'], by: ['service_dept', 'service_director'], input: { reason: text({ en: 'Reason', zh: '撤回原因' }) } }).decidedBy((_card, { reason }) => ({ set: { outcome: reason } })),
		remind: draft.event({ label: { en: 'Remind', zh: '提醒' }, from: out, to: out, by: ['system'], input: {} }).decidedBy(remindCard),
		expire: draft.event({ label: { en: 'No answer', zh: '未收回' }, from: ['ToCall', 'Sent'], to: ['NoAnswer'], by: ['system'], input: {} }).decidedBy(() => ({})),
	},
	{
		reminder: { label: { en: 'Reminder', zh: '提醒' }, during: out, due: ({ remindAt, reminded }) => (reminded === true ? null : remindAt), fires: 'remind' },
		close: { label: { en: 'Closed without answer', zh: '截止' }, during: ['ToCall', 'Sent'], due: ({ closeAt }) => closeAt, fires: 'expire' },
	},
);
