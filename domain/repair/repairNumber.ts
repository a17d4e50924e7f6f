import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { rma } from './rma';
import { rmaDraft, type Rma } from './rmaPaper';

const answer = {
	rma: ref('rma', { en: 'Application', zh: '返修申请' }, { among: ['InReview', 'Received'] }),
	opinion: text({ en: 'Handling Opinion', zh: '处理意见' }, { long: true }),
	sendTo: optional(text({ en: 'Send To', zh: '寄往（服务中心地址）' }, { help: '空白为设置 rma.address 的地址' })),
};

const draft = defineDocument({
	kind: 'repair_number',
	form: 'R-106',
	label: { en: 'Repair number', zh: '维修编号' },
	number: { prefix: 'RMA', period: 'month', digits: 4 },
	title: ['rma', 'applicant'],
	fields: { ...answer, applicant: optional(text({ en: 'Applicant', zh: '申请人' })), givenBy: ref('person', { en: 'Given by', zh: '编号人' }) },
	states: { Given: '已给号' },
	indexes: [['rma']],
});

export type RepairNumber = DocumentOf<typeof draft.shape>;

/**
 * The answer to an application is its repair number; the number of this paper.
 * @rule R-106 — given by the service manager; all later questions need only this
 * @rule R-107 — with the address to send to
 */
function give(_paper: unknown, { sendTo, ...input }: RowOf<typeof answer>, { no, paper, settings, actor }: Given & { paper: Rma | null }): Change<typeof draft.shape> {
	if (paper === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.rma}”的返修申请`, '请核对编号', 'R-106');
	const address = sendTo ?? (settings['rma.address'] === '' ? null : settings['rma.address']);
	if (address === null) throw new RuleViolation('FIELD_MISSING', '没有服务中心的收件地址', '请填写“寄往”，或在设置 rma.address 中登记地址', 'R-107');
	return { set: { ...input, sendTo: address, applicant: paper.applicant, givenBy: actor.code }, then: [fire(rma, 'approve', paper.no, { repairNo: no, opinion: input.opinion, sendTo: address })] };
}

export const repairNumber = draft.events({
	give: draft
		.event({ label: { en: 'Accept and give the repair number', zh: '受理并给维修编号' }, from: ['new'], to: ['Given'], by: [{ setting: 'rma.manager_role' }], input: answer, takeTurns: (input) => [input['rma']], facts: (input) => ({ paper: find(rmaDraft.shape, 'no', input.rma) }) })
		.decidedBy(give),
});
