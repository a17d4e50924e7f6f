import { defineDocument } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, ref, text } from '../document/fields';
import { customer } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';

const subjects = { rates: '费率资料', equipment: '设备情况', contact: '联系人', demand: '需求', other: '其他' } as const;

const sheet = {
	customer: ref('customer', { en: 'Customer No', zh: '客户编号' }),
	subject: choice({ en: 'Subject', zh: '资料类别' }, subjects),
	content: text({ en: 'Content', zh: '内容' }, { long: true }),
};

const draft = defineDocument({
	kind: 'customer_data',
	form: 'M-160',
	label: { en: 'Customer data sheet', zh: '客户资料收集' },
	number: { prefix: 'ZL', period: 'month', digits: 4 },
	title: ['customer', 'content'],
	fields: { ...sheet, author: ref('person', { en: 'Author', zh: '填写人' }), day: day({ en: 'Day', zh: '日期' }) },
	states: { Filed: '已归入客户资料' },
	indexes: [['customer']],
});

export const customerData = draft.events({
	file: draft
		.event({ label: { en: 'File', zh: '登记客户资料' }, from: ['new'], to: ['Filed'], by: ['technician', 'sales', 'receptionist'], input: sheet, facts: (input) => ({ known: find(customer, 'no', input.customer) }) })
		/** Kept with who wrote it and when. @rule T-013 */
		.decidedBy((_sheet, input, { known, actor, today }: Given & { known: unknown }) => {
			if (known === null) throw new RuleViolation('NOT_FOUND', `没有客户编号“${input.customer}”`, '请核对客户编号', 'T-013');
			return { set: { ...input, author: actor.code, day: today } };
		}),
});
