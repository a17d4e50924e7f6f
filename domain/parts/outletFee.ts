import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, findOf, locked, type Given } from '../document/facts';
import { day, fen, integer, month, optional, ref, text, type RowOf } from '../document/fields';
import type { Settings } from '../settings';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';
import { outlet } from '../master/records';
import { accountNumber, balancesOf, book, money, outletAccount, type OutletAccount } from './outletAccount';
import { installRecord, repairRecord } from './outletRecords';

const asked = { outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), month: month({ en: 'Month', zh: '月份' }) };

const draft = defineDocument({
	kind: 'outlet_fee',
	form: 'M-132',
	label: { en: 'Outlet fee settlement', zh: '网点费用结算' },
	number: (input) => `FJ-${String(input['outlet'])}-${String(input['month']).replace('-', '')}`,
	title: ['outlet', 'month'],
	fields: {
		...asked,
		repairs: integer({ en: 'Repairs', zh: '维修单数' }),
		installations: integer({ en: 'Installations', zh: '安装单数' }),
		gross: fen({ en: 'Fees', zh: '服务费' }),
		fines: fen({ en: 'Fines', zh: '罚款' }),
		net: fen({ en: 'To pay', zh: '应付' }),
		working: text({ en: 'Working', zh: '计算' }),
		paidBy: optional(ref('person', { en: 'Paid by', zh: '付款人' })),
	},
	states: { Drawn: '已结算', Paid: '已付款' },
	indexes: [['month']],
});
export type OutletFee = DocumentOf<typeof draft.shape>;

/** Fees in fen. @rule P-050 — accepted records × rate − fines it still owes, never below nothing */
export function feeOf({ repairs, installations, fines }: { readonly repairs: number; readonly installations: number; readonly fines: number }, settings: Settings) {
	const [perRepair, perInstallation] = [settings['outlet.repair_fee'], settings['outlet.install_fee']];
	const gross = repairs * perRepair + installations * perInstallation;
	const off = Math.min(gross, Math.max(0, fines));
	return { repairs, installations, gross, fines: off, net: gross - off, working: `维修 ${repairs} × ${yuan(perRepair)} + 安装 ${installations} × ${yuan(perInstallation)} − 应收 ${yuan(off)}` };
}

type Known = Given & { repairs: readonly { readonly state: string }[]; installations: readonly { readonly state: string }[]; account: OutletAccount | null };

function drawUp(_paper: unknown, input: RowOf<typeof asked>, { repairs, installations, account, settings, today }: Known): Change<typeof draft.shape> {
	refuseUnused(settings);
	if (input.month >= monthOf(today)) throw new RuleViolation('CONDITION_NOT_MET', `${input.month} 还没有结束`, '请在次月结算', 'P-050');
	const accepted = (records: readonly { readonly state: string }[]) => records.filter(({ state }) => state === 'Accepted').length;
	return { set: { ...input, ...feeOf({ repairs: accepted(repairs), installations: accepted(installations), fines: balancesOf(account).receivable }, settings) } };
}

/** Paid: what the outlet owed is set off against it, as much as it owes today. @rule P-050 — once, not from the fee and from the outlet */
function pay(paper: OutletFee, _input: unknown, { actor, account }: Given & { account: OutletAccount | null }): Change<typeof draft.shape> {
	const fines = Math.min(paper.gross, Math.max(0, balancesOf(account).receivable));
	return { set: { paidBy: actor.code, fines, net: paper.gross - fines }, then: book(paper.outlet, paper.no, [money('receivable', 'payment', -fines)], '从服务费抵扣') };
}

function refuseUnused(settings: Settings): void {
	if (settings['outlet.fees'] !== '是') throw new RuleViolation('CONDITION_NOT_MET', '没有启用网点费用结算', '请先把设置“outlet.fees”设为“是”，并填写 outlet.repair_fee、outlet.install_fee', 'P-050');
}

export const outletFee = draft.events({
	drawUp: draft
		.event({
			label: { en: 'Draw up', zh: '结算费用' },
			from: ['new', 'Drawn'],
			to: ['Drawn'],
			by: ['after_sales', 'after_sales_manager', 'accountant', 'system'],
			input: asked,
			facts: (input) => {
				const during = { column: 'month', value: input.month } as const;
				return { repairs: findOf(repairRecord, 'outlet', input.outlet, during, ['state']), installations: findOf(installRecord, 'outlet', input.outlet, during, ['state']), account: find(outletAccount, 'no', accountNumber(input.outlet)) };
			},
		})
		.decidedBy(drawUp),
	pay: draft.event({ label: { en: 'Paid', zh: '已付款' }, from: ['Drawn'], to: ['Paid'], by: ['accountant'], input: {}, facts: (_input, paper) => ({ site: locked(find(outlet, 'no', paper.outlet)), account: find(outletAccount, 'no', accountNumber(paper.outlet)) }) }).decidedBy(pay),
});

const training = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	trainedOn: day({ en: 'Trained On', zh: '培训日期' }),
	topic: text({ en: 'Topic', zh: '培训内容' }),
	attendees: text({ en: 'Attendees', zh: '参加人' }),
	result: optional(text({ en: 'Result', zh: '考核结果' })),
};
const trainingDraft = defineDocument({ kind: 'outlet_training', form: 'M-132', label: { en: 'Outlet training', zh: '网点培训记录' }, number: { prefix: 'PX', period: 'month', digits: 3 }, title: ['outlet', 'topic'], fields: training, states: { Recorded: '已登记' }, indexes: [['outlet']] });

/** @rule P-050 — who of an outlet was trained in what */
export const outletTraining = trainingDraft.events({
	record: trainingDraft
		.event({ label: { en: 'Record a training', zh: '登记网点培训' }, from: ['new'], to: ['Recorded'], by: ['regional_manager', 'after_sales', 'after_sales_manager'], input: training })
		.decidedBy((_paper, input, { settings }) => {
			refuseUnused(settings);
			return { set: input };
		}),
});

/** An outlet's month in points of 100. @rule P-050 — half for documents handed in, half for old parts sent back in full time */
export const outletScore = ({ documents, ofDocuments, onTime, ofParts }: { readonly documents: number; readonly ofDocuments: number; readonly onTime: number; readonly ofParts: number }): number =>
	Math.round((50 * documents) / ofDocuments + (ofParts === 0 ? 50 : (50 * onTime) / ofParts));
