import type { DocumentDeclaration } from '../domain/document/document';
import { rolesFor } from '../engine/applyEvent';
import { titleOf } from '../engine/formPage';
import { documents } from '../engine/registry';
import { readable } from '../engine/visibility';
import type { Visit } from './site';

export type Queue = { readonly label: string; readonly kind: string; readonly papers: readonly { readonly no: string; readonly title: string; readonly state: string }[] };

/** Which state of which paper is somebody's next step: the event that takes it on. */
const steps: readonly (readonly [kind: string, event: string, label: string, states: readonly string[]])[] = [
	['call', 'answerEscalation', '待我答复的上报问题', ['Escalated']],
	['call', 'close', '待注销的叫修', ['AwaitCancel']],
	['quotation', 'approve', '待批准的报价', ['AwaitApproval']],
	['quotation', 'send', '可发出的报价', ['Ready']],
	['charge', 'handOver', '待上交的现金', ['Collected']],
	['charge', 'invoice', '待开的发票', ['InvoiceDue']],
	['expense_claim', 'clear', '待核对的费用', ['Flagged']],
	['expense_claim', 'pay', '待报销的费用', ['Payable']],
	['penalty_proposal', 'confirm', '待决定的拟罚', ['Proposed']],
	['repair_card', 'pass', '待验讫的修护卡', ['ToInspect']],
	['contact_letter', 'confirmSender', '待确认的联络函', ['Draft', 'SenderConfirmed']],
	['attachment', 'file', '待归档的附件', ['Handed']],
];

/** What waits for the signed-in person, by the roles of the events that take it on. */
export async function waitingFor({ store, given }: Pick<Visit, 'store' | 'given'>): Promise<Queue[]> {
	const queues: Queue[] = [];
	for (const [kind, event, label, states] of steps) {
		const document = documents.find((each) => each.kind === kind) as DocumentDeclaration;
		const allowed = rolesFor(document.events[event] as NonNullable<DocumentDeclaration['events'][string]>, given);
		if (allowed === 'anyone' || !allowed.some((role) => given.actor.roles.includes(role))) continue;
		const rows = await store.list(kind, { where: [{ column: 'state', is: 'in', value: states }, ...(await readable(store, document, given.actor))], orderBy: [{ column: 'createdAt' }], limit: 200 });
		if (rows.length > 0) queues.push({ label, kind, papers: rows.map((row) => ({ no: String(row['no']), title: titleOf(document, row), state: document.states[String(row['state'])] ?? '' })) });
	}
	return queues;
}
