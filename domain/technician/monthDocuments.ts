import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { choice, day, flag, lines, month, optional, ref, text, type Day, type Month } from '../document/fields';
import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, nextMonth } from '../shared/zonedTime';

/** What an engineer hands in for each month. @rule T-011 */
export const documentItems = { repairs: '维修记录', feedback: '信息反馈表', delivery: '送货单', receipts: '收条', service: '售后服务报告', travel: '差旅费', summary: '月/年工作总结' } as const;
type DocumentItem = keyof typeof documentItems;

const documentsNumber = (technician: string, on: Month): string => `WD-${technician}-${on.replaceAll('-', '')}`;

/** The day of the next month by which a month's documents are in. @rule T-011 — `report.month_docs_day` */
export const documentsDue = (on: Month, settings: Settings): Day => addDays(`${nextMonth(on)}-01`, settings['report.month_docs_day'] - 1);

const draft = defineDocument({
	kind: 'month_documents',
	form: 'T-011',
	label: { en: 'Monthly documents', zh: '工程师每月资料' },
	number: ({ technician, month: on }) => documentsNumber(String(technician), String(on)),
	title: ['technician', 'month'],
	fields: {
		technician: ref('person', { en: 'Engineer', zh: '工程师' }),
		month: month({ en: 'Month', zh: '月份' }),
		dueDay: day({ en: 'Due', zh: '交齐期限' }),
		items: lines({ item: choice({ en: 'Document', zh: '资料' }, documentItems), day: day({ en: 'Day', zh: '日期' }), late: flag({ en: 'Late', zh: '迟交' }), note: optional(text({ en: 'Note', zh: '说明' })) }, { en: 'Handed in', zh: '已交资料' }),
	},
	states: { Open: '未交齐', Complete: '已交齐' },
	indexes: [['month'], ['technician']],
});

export type MonthDocuments = DocumentOf<typeof draft.shape>;
type Input = { technician: string; month: Month; item: DocumentItem; note: string | null };

/** @rule T-011 — by the engineer who answers for it, each item once, late after the due day */
function handIn(papers: MonthDocuments, { technician, month: on, item, note }: Input, { actor, today, settings }: Given): Change<typeof draft.shape> {
	if (technician !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${actor.code} 不能代 ${technician} 交资料`, '请由工程师本人提交，并对内容负责', 'T-011');
	const before = papers.items ?? [];
	const known = before.find((each) => each.item === item);
	if (known !== undefined) throw new RuleViolation('ALREADY_EXISTS', `${on} 的${documentItems[item]}已于 ${known.day} 交来`, '每种资料每月只登记一次', 'T-011');
	const dueDay = papers.dueDay ?? documentsDue(on, settings);
	const items = [...before, { item, day: today, late: today > dueDay, note }];
	return { set: { technician, month: on, dueDay, items }, to: items.length === Object.keys(documentItems).length ? 'Complete' : 'Open' };
}

export const monthDocuments = draft.events({
	handIn: draft
		.event({
			label: { en: 'Hand in', zh: '交每月资料' },
			from: ['new', 'Open'],
			to: ['Open', 'Complete'],
			by: ['technician'],
			input: {
				technician: ref('person', { en: 'Engineer', zh: '工程师' }),
				month: month({ en: 'Month', zh: '月份' }),
				item: choice({ en: 'Document', zh: '资料' }, documentItems),
				note: optional(text({ en: 'Note', zh: '说明' }, { help: '编号、份数；本月没有发生的请注明' })),
			},
		})
		.decidedBy(handIn),
});

/** Each of the seven with its state. @rule T-011 — missing, handed in, late */
export const documentChecklist = (papers: Pick<MonthDocuments, 'items'> | null) =>
	(Object.keys(documentItems) as DocumentItem[]).map((item) => {
		const found = papers?.items.find((each) => each.item === item);
		return { item, label: documentItems[item], state: found === undefined ? ('missing' as const) : found.late ? ('late' as const) : ('handedIn' as const), day: found?.day ?? null, note: found?.note ?? null };
	});
