import { defineDocument, type DocumentOf } from '../document/document';
import { find } from '../document/facts';
import { day, flag, instant, integer, month, optional, ref, text } from '../document/fields';
import { recordTest, sendPart, verifyImproper, voidPart } from './oldPartRules';
import { statementOf } from './statementOf';
import { usageLine, usageNumber } from './usageLine';

export const oldPartFields = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	month: month({ en: 'Month', zh: '月份' }),
	item: ref('item', { en: 'Part Code', zh: '配件编码' }, { compact: true, synonyms: ['配件编号', '物料编码', '配件代码', '料号', '零件号', '零件编号', '编码', '编号'] }),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1, max: 9999, synonyms: ['返回数量', '返件数量', '件数'] }),
	repairNo: text({ en: 'Repair Record No', zh: '维修记录单号' }, { compact: true, synonyms: ['维修单号', '维修记录号', '工单号', '服务单号', '单号'] }),
	shippedDay: day({ en: 'Shipped On', zh: '发货日期' }, { synonyms: ['发货时间', '寄出日期', '返厂日期', '发回日期'] }),
	faultCard: optional(text({ en: 'Fault Card No', zh: '故障卡号' }, { compact: true, synonyms: ['故障反馈卡号', '反馈卡号', '故障配件反馈卡'] })),
	fault: optional(text({ en: 'Fault', zh: '故障现象' }, { synonyms: ['故障描述', '故障'] })),
	disposalOnly: optional(flag({ en: 'For Disposal Only', zh: '仅报废' }, { synonyms: ['仅作报废', '只作报废', '仅供报废', '声明报废', '报废处理'], help: '保外或逾期的旧件只作报废处理、不要求核销的填“是”' })),
};

const draft = defineDocument({
	kind: 'old_part',
	form: 'M-046',
	label: { en: 'Old part', zh: '返厂旧件' },
	number: (input) => `JJ-${['outlet', 'repairNo', 'item', 'shippedDay'].map((key) => String(input[key])).join('-')}`,
	fields: {
		...oldPartFields,
		matched: integer({ en: 'Fault as on card', zh: '相符数量' }),
		mismatched: integer({ en: 'Different fault', zh: '不符数量' }),
		noFault: integer({ en: 'No fault found', zh: '无故障数量' }),
		testedAt: optional(instant({ en: 'Tested at', zh: '检测时间' })),
		improper: flag({ en: 'Improper return verified', zh: '查实不当返件' }),
	},
	title: ['item', 'repairNo', 'outlet'],
	states: { Sent: '已发回', Tested: '品管检测', Void: '作废' },
	indexes: [['outlet', 'month'], ['month', 'outlet'], ['repairNo']],
});

export type OldPartShape = typeof draft.shape;
export type OldPart = DocumentOf<OldPartShape>;

export const oldPart = draft.events({
	send: draft
		.event({
			label: { en: 'Register a returned part', zh: '登记返厂旧件' },
			from: ['new', 'Void'],
			to: ['Sent'],
			by: ['outlet', 'after_sales', 'system'],
			input: oldPartFields,
			facts: statementOf,
		})
		.decidedBy(sendPart),
	test: draft
		.event({
			label: { en: 'Record the QA test', zh: '登记品管检测结果' },
			from: ['Sent', 'Tested'],
			to: ['Tested'],
			by: ['qa', 'after_sales'],
			input: {
				matched: integer({ en: 'Fault As On Card', zh: '相符数量' }, { min: 0 }),
				mismatched: integer({ en: 'Different Fault', zh: '不符数量' }, { min: 0 }),
				noFault: integer({ en: 'No Fault Found', zh: '无故障数量' }, { min: 0 }),
			},
			facts: (_input, part) => statementOf(part),
		})
		.decidedBy(recordTest),
	verifyImproper: draft
		.event({
			label: { en: 'Verify an improper return', zh: '查实不当返件' },
			from: ['Sent', 'Tested'],
			to: ['Sent', 'Tested'],
			by: ['after_sales_manager'],
			input: {},
			facts: (_input, part) => ({ ...statementOf(part), usage: find(usageLine, 'no', usageNumber(part)) }),
		})
		.decidedBy(verifyImproper),
	void: draft
		.event({
			label: { en: 'Void', zh: '作废' },
			from: ['Sent', 'Tested'],
			to: ['Void'],
			by: ['after_sales'],
			input: { reason: text({ en: 'Reason', zh: '作废原因' }) },
			facts: (_input, part) => statementOf(part),
		})
		.decidedBy(voidPart),
});
