import { fire, type Consequence } from '../document/document';
import { find, findAll, locked } from '../document/facts';
import { choice, flag, integer, lines, month, optional, ref, text } from '../document/fields';
import { outlet, person, price } from '../master/records';
import { repairRecord, repairRecordNumber } from './outletRecords';
import { accountNumber, outletAccount, outletEntry } from './outletAccount';
import { partRequestDraft as draft, requestKinds, requestLine, type PartRequest } from './partRequestPaper';
import { approveRequest, closeRequest, countShipped, dropRest, missIssue, openWindow, receiveRequest, recheckRequest, refuseRequest, reviewRequest, signRegion, submitRequest, uncountShipped } from './partRequestRules';
import { shipmentDraft } from './shipmentPaper';
import { usageLine } from './usageLine';

export const requestInput = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	requestKind: choice({ en: 'Kind', zh: '申请类别' }, requestKinds),
	month: optional(month({ en: 'For Month', zh: '月份' }, { help: '月度申请填写，例如 2025-07' })),
	sealed: flag({ en: 'Sealed', zh: '已盖公章' }),
	regionSignedBy: optional(ref('person', { en: 'Signed By Regional Manager', zh: '区域经理签名' })),
	reason: optional(text({ en: 'Reason', zh: '紧急原因' }, { long: true })),
	serial: optional(text({ en: 'Unit', zh: '售前机序列号' }, { compact: true })),
	lines: lines(requestLine, { en: 'Lines', zh: '申请明细' }),
};

const reviewFacts = (code: string) => ({ site: locked(find(outlet, 'no', code)), account: find(outletAccount, 'no', accountNumber(code)), requests: findAll(draft.shape, 'outlet', code) });
const pieces = { lines: lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }) }, { en: 'Lines', zh: '明细' }) };
const cut = { item: ref('item', { en: 'Part', zh: '配件编码' }, { compact: true }), quantity: integer({ en: 'Approved', zh: '核准数量' }, { min: 0 }), reason: text({ en: 'Reason', zh: '核减原因' }) };
const staff = ['after_sales', 'after_sales_manager'] as const;

export const partRequest = draft.events(
	{
		submit: draft
			.event({
				label: { en: 'Submit', zh: '递交申请' },
				from: ['new', 'Draft', 'Refused', 'Withdrawn'],
				to: ['Submitted', 'Draft'],
				by: ['outlet', ...staff, 'technician', 'regional_manager', 'general_manager', 'system'],
				input: requestInput,
				takeTurns: ({ outlet: code }) => [code],
				facts: (input) => ({
					site: locked(find(outlet, 'no', input.outlet)),
					requests: findAll(draft.shape, 'outlet', input.outlet),
					entries: findAll(outletEntry, 'outlet', input.outlet),
					usage: findAll(usageLine, 'outlet', input.outlet),
					prices: findAll(price, 'item', input.lines.map(({ item }) => item)),
					regional: find(person, 'no', input.regionSignedBy),
				}),
			})
			.decidedBy(submitRequest),
		open: draft.event({ label: { en: 'Window opens', zh: '到受理日自动递交' }, from: ['Draft'], to: ['Submitted'], by: ['system'], input: {}, facts: (_input, paper) => ({ site: find(outlet, 'no', paper.outlet) }) }).decidedBy(openWindow),
		review: draft
			.event({
				// One after the other: what was approved before counts.
				takeTurns: () => ['review'],
				label: { en: 'Review', zh: '审核' },
				from: ['Submitted', 'WaitDeposit'],
				to: ['Reviewed', 'WaitDeposit', 'Approved'],
				by: [...staff, 'service_director'],
				input: { cuts: optional(lines(cut, { en: 'Cuts', zh: '核减（不核减不填）' })) },
				facts: (_input, paper) => reviewFacts(paper.outlet),
			})
			.decidedBy(reviewRequest),
		recheck: draft
			.event({ label: { en: 'Weigh again', zh: '重新核对额度' }, takeTurns: () => ['review'], from: ['WaitDeposit'], to: ['Reviewed', 'WaitDeposit', 'Approved'], by: staff, input: {}, facts: (_input, paper) => reviewFacts(paper.outlet) })
			.decidedBy(recheckRequest),
		approve: draft.event({ label: { en: 'Approve', zh: '批准申请' }, from: ['Reviewed'], to: ['Approved'], by: ['after_sales_manager'], input: {} }).decidedBy(approveRequest),
		enterPlan: draft.event({ label: { en: 'Enter the plan', zh: '列入计划' }, from: ['Reviewed'], to: ['Reviewed'], by: 'consequence', input: { plan: optional(text({ en: 'Plan', zh: '配件计划' })) } }).decidedBy((_paper, { plan }) => ({ set: { plan } })),
		approvePlan: draft.event({ label: { en: 'Plan approved', zh: '随计划批准' }, from: ['Reviewed'], to: ['Approved'], by: 'consequence', input: {} }).decidedBy((_paper, _input, { actor }) => ({ set: { approvedBy: actor.code } })),
		refuse: draft
			.event({ label: { en: 'Refuse', zh: '退回申请' }, from: ['Draft', 'Submitted', 'WaitDeposit', 'Reviewed', 'Approved'], to: ['Refused'], by: staff, input: { reason: text({ en: 'Reason', zh: '退回原因' }) }, facts: (_input, paper) => ({ site: find(outlet, 'no', paper.outlet) }) })
			.decidedBy(refuseRequest),
		withdraw: draft.event({ label: { en: 'Withdraw', zh: '网点撤回' }, from: ['Draft', 'Submitted', 'WaitDeposit'], to: ['Withdrawn'], by: ['outlet', 'after_sales'], input: {} }).decidedBy(() => ({})),
		ship: draft.event({ label: { en: 'Ship', zh: '发放' }, from: ['Approved'], to: ['Shipped', 'Approved'], by: 'consequence', input: pieces }).decidedBy(countShipped),
		unship: draft.event({ label: { en: 'Take a shipment back', zh: '发放撤销' }, from: ['Approved', 'Shipped', 'Received', 'Closed'], to: ['Approved'], by: 'consequence', input: pieces }).decidedBy(uncountShipped),
		receive: draft
			.event({ label: { en: 'Received', zh: '收货' }, from: ['Shipped', 'Approved', 'Received', 'Closed'], to: ['Received', 'Approved', 'Shipped', 'Closed'], by: 'consequence', input: {}, facts: (_input, paper) => ({ shipments: findAll(shipmentDraft.shape, 'request', paper.no) }) })
			.decidedBy(receiveRequest),
		dropRest: draft
			.event({
				label: { en: 'Drop the rest', zh: '余数不发' },
				from: ['Approved'],
				to: ['Approved', 'Shipped', 'Received'],
				by: staff,
				input: { reason: text({ en: 'Reason', zh: '原因' }) },
				facts: (_input, paper) => ({ shipments: findAll(shipmentDraft.shape, 'request', paper.no) }),
			})
			.decidedBy(dropRest),
		signRegion: draft.event({ label: { en: 'Sign as regional manager', zh: '区域经理签名' }, from: ['Submitted', 'WaitDeposit'], to: ['Submitted', 'WaitDeposit'], by: ['regional_manager'], input: {} }).decidedBy(signRegion),
		close: draft
			.event({
				label: { en: 'Close', zh: '结束' },
				from: ['Received'],
				to: ['Closed'],
				by: staff,
				input: { repairNo: optional(text({ en: 'Repair Record', zh: '维修记录单号' }, { compact: true, help: '售前机申请必填' })) },
				facts: (input, paper) => ({ repair: find(repairRecord, 'no', input.repairNo === null ? null : repairRecordNumber(paper.outlet, input.repairNo)) }),
			})
			.decidedBy(closeRequest),
		missIssue: draft.event({ label: { en: 'Not issued in time', zh: '逾期未发' }, from: ['Submitted', 'WaitDeposit', 'Reviewed', 'Approved'], to: ['Submitted', 'WaitDeposit', 'Reviewed', 'Approved'], by: ['system'], input: {} }).decidedBy(missIssue),
	},
	{
		window: { label: { en: 'Window opens', zh: '受理日' }, during: ['Draft'], due: (paper) => paper.opensAt, fires: 'open' },
		issue: { label: { en: 'Issue due', zh: '发放期限' }, during: ['Submitted', 'WaitDeposit', 'Reviewed', 'Approved'], due: (paper) => paper.dueAt, fires: 'missIssue' },
	},
);

/** Requests that wait for the outlet to have room, weighed again. @rule P-012 — a top-up or old parts let them go on */
export const recheckWaiting = (requests: readonly PartRequest[]): Consequence[] => requests.filter(({ state }) => state === 'WaitDeposit').map(({ no }) => fire(partRequest, 'recheck', no, {}));

/** Requests of an outlet that is being cancelled. @rule P-003 — nothing more is issued to it */
export const refuseOpen = (requests: readonly PartRequest[], reason: string): Consequence[] =>
	requests
		.filter(({ state }) => ['Draft', 'Submitted', 'WaitDeposit', 'Reviewed', 'Approved'].includes(state))
		.map(({ no, lines: asked }) => fire(partRequest, asked.some(({ shipped }) => shipped > 0) ? 'dropRest' : 'refuse', no, { reason }));
