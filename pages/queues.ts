import type { DocumentDeclaration } from '../domain/document/document';
import { mayFire } from '../engine/applyEvent';
import { titleOf } from '../engine/formPage';
import { documents } from '../engine/registry';
import { readerFor } from '../engine/visibility';
import type { Visit } from './site';

export type Queue = { readonly label: string; readonly kind: string; readonly papers: readonly { readonly no: string; readonly title: string; readonly state: string }[] };

/** Which state of which paper is somebody's next step: the event that takes it on. */
export const steps: readonly (readonly [kind: string, event: string, label: string, states: readonly string[]])[] = [
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
	['contact_letter', 'confirmSender', '待发件方确认的联络函', ['Draft']],
	['contact_letter', 'confirmReceiver', '待收件方确认的联络函', ['SenderConfirmed']],
	['attachment', 'file', '待归档的附件', ['Handed']],
	['complaint', 'resolve', '待处理的投诉', ['Major', 'Ordinary', 'S2']],
	['survey_card', 'answer', '待电话回访的客户', ['ToCall']],
	['survey_card', 'post', '待寄出的意见调查卡', ['ToPost']],
	['service_survey', 'verify', '待核实的客户反映', ['ToVerify']],
	['follow_up', 'finish', '待跟进的事项', ['Open']],
	['missed_call', 'callBack', '待回电的未接来电', ['Missed']],
	['visit_plan', 'report', '待走访的客户', ['Assigned']],
	['rma', 'check', '待核对的返修申请', ['Submitted']],
	['rma', 'diagnose', '待检测的返修设备', ['Received']],
	['rma', 'confirmPayment', '待到账的返修费用', ['AwaitPayment']],
	['rma', 'ship', '待寄还的返修设备', ['ReadyToShip', 'ReturnUnrepaired']],
	['return_batch', 'approve', '待审核的超期返修', ['NeedManager']],
	['return_batch', 'draw', '待领板的返修批次', ['Booked']],
	['return_scrap', 'approve', '待审批的返修报废', ['Applied']],
	['part_request', 'review', '待审核的配件申请', ['Submitted', 'WaitDeposit']],
	['part_request', 'approve', '待批准的配件申请', ['Reviewed']],
	['goods_in', 'inspect', '待检验的来货', ['Delivered']],
	['goods_in', 'book', '待入库的来货', ['Passed']],
	['stock_count', 'approve', '待审核的盘点', ['Submitted']],
	['scrap_list', 'approve', '待审核的报损', ['Submitted']],
	['daily_report', 'review', '待核阅的日报', ['Submitted']],
	['director_report', 'stamp', '待签章的主任日报', ['Submitted']],
	['appraisal', 'confirm', '待确认的月考核', ['Draft']],
	['suggestion', 'adopt', '待答复的建议', ['Made']],
	['site_check', 'close', '待整改的检查', ['Open']],
	['award', 'review', '待审核的奖励', ['Nominated']],
	['award', 'check', '待校对的奖励', ['ManagerReviewed']],
	['award', 'approve', '待批准的奖励', ['ReadyToApprove']],
	['award', 'pay', '待发放的奖励', ['Scheduled']],
	['inspection', 'report', '待做的月度巡检', ['Due', 'Missed']],
	['service_task', 'finish', '待完成的任务', ['Open']],
	['expiry_notice', 'follow', '待跟进的到期合同', ['Sent']],
	['free_expiry', 'arrange', '待安排跟进的维护期满', ['Reported']],
];

/** What waits for the signed-in person, by the roles of the events that take it on. */
export async function waitingFor({ store, given }: Pick<Visit, 'store' | 'given'>): Promise<Queue[]> {
	const queues: Queue[] = [];
	const limitsOf = readerFor(store, given.actor);
	for (const [kind, event, label, states] of steps) {
		const document = documents.find((each) => each.kind === kind) as DocumentDeclaration;
		if (!mayFire(document.events[event] as NonNullable<DocumentDeclaration['events'][string]>, given)) continue;
		const rows = await store.list(kind, { where: [{ column: 'state', is: 'in', value: states }, ...(await limitsOf(document))], orderBy: [{ column: 'createdAt' }], limit: 200 });
		if (rows.length > 0) queues.push({ label, kind, papers: rows.map((row) => ({ no: String(row['no']), title: titleOf(document, row), state: document.states[String(row['state'])] ?? '' })) });
	}
	return queues;
}
