import type { Change } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, optional, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { call, type Call } from './call';
import { contactLetterDraft as draft, contactOutcomes, letter } from './contactLetterPaper';

const signer = text({ en: 'Signed By', zh: '确认签字' });
const staff = ['receptionist', 'customer_service', 'sales', 'after_sales'] as const;

type Letter = RowOf<typeof letter>;

function write(_letter: unknown, input: Letter, { job, now }: Given & { job: Call | null }): Change<typeof draft.shape> {
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.call}”的叫修`, '请核对编号', 'V-066');
	return { set: { ...input, sentAt: now } };
}

/** A single service for a customer without cover is asked for and agreed in writing. @rule V-066 — both sides confirm before anybody is sent */
export const contactLetter = draft.events({
	write: draft
		.event({ label: { en: 'Write', zh: '开出联络函' }, from: ['new'], to: ['Draft'], by: staff, input: letter, facts: (input) => ({ job: find(call, 'no', input.call) }) })
		.decidedBy(write),
	confirmSender: draft
		.event({ label: { en: 'Sender confirms', zh: '发件方确认' }, from: ['Draft'], to: ['SenderConfirmed'], by: staff, input: { signedBy: signer } })
		.decidedBy((_letter, { signedBy }, { now }) => ({ set: { senderConfirmedBy: signedBy, senderConfirmedAt: now } })),
	confirmReceiver: draft
		.event({ label: { en: 'Receiver confirms', zh: '收件方确认' }, from: ['SenderConfirmed'], to: ['Confirmed'], by: staff, input: { signedBy: signer, feedback: optional(text({ en: 'Feedback', zh: '回馈意见' }, { long: true })) } })
		.decidedBy((_letter, { signedBy, feedback }, { now }) => ({ set: { receiverConfirmedBy: signedBy, receiverConfirmedAt: now, feedback } })),
	answer: draft
		.event({ label: { en: 'Answer the customer', zh: '向客户回馈' }, from: ['Confirmed'], to: ['Answered'], by: staff, input: { outcome: choice({ en: 'Outcome', zh: '向客户回馈' }, contactOutcomes) } })
		.decidedBy((_letter, { outcome }) => ({ set: { outcome } })),
});
