import { defineDocument, fire, type Change, type Consequence, type DocumentOf } from '../document/document';
import { findAll, type Given } from '../document/facts';
import { day, flag, lines, optional, ref, text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { addMonths } from '../shared/zonedTime';

const paper = {
	paper: text({ en: 'Paper', zh: '单据编号' }, { compact: true }),
	paperKind: text({ en: 'Kind', zh: '单据种类' }),
	paperDay: day({ en: 'Day', zh: '单据日期' }),
};

const draft = defineDocument({
	kind: 'document_archive',
	form: '存档',
	label: { en: 'Paper on file', zh: '单据存档' },
	number: ({ paper: no }) => archiveNumber(String(no)),
	title: ['paperKind', 'paper'],
	fields: {
		...paper,
		keepUntil: day({ en: 'Keep until', zh: '保存至' }),
		signedBy: optional(text({ en: 'Signatures', zh: '签字人' })),
		stamped: optional(flag({ en: 'Stamped', zh: '已盖章' })),
		shelf: optional(text({ en: 'Kept in', zh: '存放处' })),
		disposal: optional(ref('archive_disposal', { en: 'Disposal list', zh: '销毁清单' })),
	},
	states: { ToSign: '待签章归档', Kept: '保存中', Disposed: '已销毁' },
	indexes: [['state'], ['disposal']],
});

type Shape = typeof draft.shape;
export type DocumentArchive = DocumentOf<Shape>;

export const archiveNumber = (no: string): string => `DA-${no}`;

const keepUntil = (from: string, { settings }: Given): string => addMonths(from, 12 * settings['parts.retention_years']);

/** @rule P-077 — signed and stamped before it is filed */
function file(archive: DocumentArchive, input: { paper: string; paperKind: string | null; paperDay: string | null; signedBy: string; stamped: boolean | null; shelf: string | null }, facts: Given): Change<Shape> {
	if (input.stamped !== true) throw new RuleViolation('CONDITION_NOT_MET', `${input.paper} 还没有盖章，不能归档`, '配件单据须签字、盖章齐全；补盖后勾选“已盖章”', 'P-077');
	const isNew = archive.version === 0;
	const [kind, from] = [input.paperKind ?? (isNew ? null : archive.paperKind), input.paperDay ?? (isNew ? null : archive.paperDay)];
	if (kind === null || from === null) throw new RuleViolation('FIELD_MISSING', `${input.paper} 不在存档登记中，缺少单据种类或日期`, '请补填“单据种类”和“单据日期”', 'P-077');
	return { set: { ...input, paperKind: kind, paperDay: from, keepUntil: keepUntil(from, facts) } };
}

const keepers = ['storekeeper', 'material_clerk', 'service_assistant'] as const;

/** The papers of parts and where they lie. @rule P-077 — kept for `parts.retention_years`; rows of the books themselves are never deleted */
export const documentArchive = draft.events({
	open: draft.event({ label: { en: 'Register', zh: '登记存档' }, from: ['new', 'ToSign', 'Kept'], to: ['ToSign', 'Kept'], by: 'consequence', input: paper }).decidedBy((archive, input, facts) => ({
		set: { ...input, keepUntil: keepUntil(input.paperDay, facts) },
		to: archive.version === 0 ? 'ToSign' : (archive.state as 'Kept'),
	})),
	file: draft
		.event({
			label: { en: 'File', zh: '签章归档' },
			from: ['new', 'ToSign'],
			to: ['Kept'],
			by: keepers,
			input: {
				paper: paper.paper,
				paperKind: optional(paper.paperKind),
				paperDay: optional(paper.paperDay),
				signedBy: text({ en: 'Signatures', zh: '签字人' }),
				stamped: optional(flag({ en: 'Stamped', zh: '已盖章' })),
				shelf: optional(text({ en: 'Kept In', zh: '存放处' })),
			},
		})
		.decidedBy(file),
	dispose: draft
		.event({ label: { en: 'Dispose', zh: '销毁' }, from: ['ToSign', 'Kept'], to: ['Disposed'], by: 'consequence', input: { disposal: ref('archive_disposal', { en: 'Disposal list', zh: '销毁清单' }) } })
		.decidedBy((archive, input, { today }) => {
			if (archive.keepUntil >= today) throw tooYoung([archive]);
			return { set: input };
		}),
});

/** A paper of the warehouse goes on file when it is done. */
export const onFile = (paperKind: string, no: string, paperDay: string): Consequence => fire(documentArchive, 'open', null, { paper: no, paperKind, paperDay });

const tooYoung = (papers: readonly Pick<DocumentArchive, 'paper' | 'keepUntil'>[]): RuleViolation =>
	new RuleViolation('CONDITION_NOT_MET', `还没有到期，不能销毁：${papers.map((each) => `${each.paper}（保存至 ${each.keepUntil}）`).join('、')}`, '保存期满的次日起才能列入销毁清单', 'P-077');

const disposal = defineDocument({
	kind: 'archive_disposal',
	form: '销毁清单',
	label: { en: 'Disposal list', zh: '单据销毁清单' },
	number: { prefix: 'XD', period: 'year', digits: 3 },
	title: ['listedBy'],
	fields: {
		papers: lines({ paper: paper.paper, paperKind: paper.paperKind, paperDay: paper.paperDay, keepUntil: day({ en: 'Keep until', zh: '保存至' }) }, { en: 'Papers', zh: '单据' }),
		listedBy: ref('person', { en: 'Listed by', zh: '编制人' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '批准人' })),
	},
	states: { Listed: '待批准', Done: '已销毁', Dropped: '不销毁' },
	indexes: [['state']],
});

type DisposalShape = typeof disposal.shape;
type Disposal = DocumentOf<DisposalShape>;

/** Everything whose time is over, or the papers named. @rule P-077 — none before its time */
function list(_list: Disposal, { papers }: { papers: string | null }, { kept, today, actor }: Given & { kept: readonly DocumentArchive[] }): Change<DisposalShape> {
	const named = (papers ?? '').split(/[,，、;；\s]+/).filter((no) => no !== '');
	const unknown = named.filter((no) => !kept.some((each) => each.paper === no));
	if (unknown.length > 0) throw new RuleViolation('NOT_FOUND', `存档中没有 ${unknown.join('、')}`, '请核对单据编号', 'P-077');
	const wanted = named.length > 0 ? kept.filter((each) => named.includes(each.paper)) : kept.filter((each) => each.keepUntil < today);
	const young = wanted.filter((each) => each.keepUntil >= today);
	if (young.length > 0) throw tooYoung(young);
	if (wanted.length === 0) throw new RuleViolation('CONDITION_NOT_MET', '目前没有保存期满的单据', '到期后再编制清单', 'P-077');
	return { set: { papers: wanted.map((each) => ({ paper: each.paper, paperKind: each.paperKind, paperDay: each.paperDay, keepUntil: each.keepUntil })), listedBy: actor.code } };
}

const managers = ['dept_manager', 'after_sales_manager', 'general_manager'] as const;

/** @rule P-077 — papers go by an approved list only */
export const archiveDisposal = disposal.events({
	list: disposal
		.event({ label: { en: 'List', zh: '编制销毁清单' }, from: ['new'], to: ['Listed'], by: keepers, input: { papers: optional(text({ en: 'Papers', zh: '单据编号' }, { long: true, help: '空白为全部到期单据' })) }, facts: () => ({ kept: findAll(draft.shape, 'state', ['Kept', 'ToSign']) }) })
		.decidedBy(list),
	approve: disposal.event({ label: { en: 'Approve', zh: '批准销毁' }, from: ['Listed'], to: ['Done'], by: managers, input: {} }).decidedBy((row, _input, { actor, no }) => {
		if (actor.code === row.listedBy) throw new RuleViolation('NOT_ALLOWED', `${no} 由 ${actor.code} 编制，不能自己批准`, '请由另一位主管批准', 'P-077');
		return { set: { approvedBy: actor.code }, then: row.papers.map((each) => fire(documentArchive, 'dispose', archiveNumber(each.paper), { disposal: no })) };
	}),
	drop: disposal.event({ label: { en: 'Drop', zh: '不予销毁' }, from: ['Listed'], to: ['Dropped'], by: managers, input: {} }).decidedBy(() => ({})),
});
