import { defineDocument, type Change, type Consequence, type DocumentOf } from '../document/document';
import { all, findAll, type Given } from '../document/facts';
import { day, integer, lines, optional, ref, text, type RowOf } from '../document/fields';
import { person } from '../master/records';
import type { Member } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import { requireOption } from './option';

const drawn = {
	documentNo: text({ en: 'Document No', zh: '文件编号' }, { compact: true }),
	revision: text({ en: 'Version', zh: '版次' }, { compact: true }),
	name: text({ en: 'Name', zh: '文件名称' }),
	reason: text({ en: 'Reason of Change', zh: '修订理由及内容摘要' }, { long: true }),
	pages: text({ en: 'Pages Changed', zh: '修订页次' }),
	receivers: lines({ person: ref('person', { en: 'Receiver', zh: '收文人工号' }), copies: integer({ en: 'Copies', zh: '份数' }, { min: 1 }) }, { en: 'Distribution', zh: '文件发行收文单位' }),
};

const draft = defineDocument({
	kind: 'controlled_document',
	form: 'M-156',
	label: { en: 'Controlled document', zh: '受控文件' },
	number: ({ documentNo, revision }) => `${String(documentNo)}-${String(revision)}`,
	title: ['no', 'name'],
	fields: {
		...drawn,
		author: ref('person', { en: 'Author', zh: '拟制' }),
		reviewer: optional(ref('person', { en: 'Reviewed by', zh: '审核' })),
		approver: optional(ref('person', { en: 'Approved by', zh: '核准' })),
		issuedDay: optional(day({ en: 'Issued', zh: '修订日期' })),
	},
	states: { Draft: '拟制', Reviewed: '已审核', Issued: '现行', Superseded: '已作废' },
	indexes: [['documentNo']],
});

type ControlledShape = typeof draft.shape;
type Controlled = DocumentOf<ControlledShape>;

/** @rule O-005 — with version, reason, pages and who receives how many copies */
function draw(paper: Controlled, input: RowOf<typeof drawn>, { settings, actor, people }: Given & { people: readonly Member[] }): Change<ControlledShape> {
	requireOption(settings, 'document.control', 'O-005');
	const stranger = input.receivers.find((receiver) => !people.some(({ no, active }) => active && no === receiver.person));
	if (stranger !== undefined) throw new RuleViolation('NOT_FOUND', `没有工号为“${stranger.person}”的在职人员`, '请核对收文人', 'O-005');
	if (paper.version > 0 && paper.author !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${paper.author} 拟制`, '请由拟制人修改', 'O-005');
	return { set: { ...input, author: actor.code } };
}

/** @rule O-005 @rule O-007 — reviewed by another than the author */
function review(paper: Controlled, _input: unknown, { actor }: Given): Change<ControlledShape> {
	if (actor.code === paper.author) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 拟制，不能自行审核`, '请由另一人审核', 'O-007');
	return { set: { reviewer: actor.code } };
}

/** Puts the version into force: the one before is superseded and the receivers are told. @rule O-005 @rule O-007 */
function issue(paper: Controlled, _input: unknown, { actor, today, versions }: Given & { versions: readonly Controlled[] }): Change<ControlledShape> {
	if (actor.code === paper.author) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 拟制，不能自行核准`, '请由另一人核准', 'O-007');
	return {
		set: { approver: actor.code, issuedDay: today },
		then: versions.filter(({ state, no }) => state === 'Issued' && no !== paper.no).map(({ no }): Consequence => ({ does: 'fire', kind: draft.shape.kind, event: 'supersede', no, input: {} })),
		notices: paper.receivers.map(({ person: code, copies }) => ({ key: `controlled_document.issue:${paper.no}:${code}`, to: { person: code }, subject: `文件发行 ${paper.no} ${paper.name}`, rule: 'O-005', body: [['文件编号', paper.documentNo], ['版次', paper.revision], ['修订理由', paper.reason], ['份数', String(copies)], '旧版即日作废，请收回。'] })),
	};
}

export const controlledDocument = draft.events({
	draw: draft.event({ label: { en: 'Draw up', zh: '拟制文件' }, from: ['new', 'Draft'], to: ['Draft'], by: ['hr', 'dept_manager', 'service_director'], input: drawn, facts: () => ({ people: all(person) }) }).decidedBy(draw),
	review: draft.event({ label: { en: 'Review', zh: '审核文件' }, from: ['Draft'], to: ['Reviewed'], by: ['dept_manager', 'service_director'], input: {} }).decidedBy(review),
	issue: draft
		.event({ label: { en: 'Approve and issue', zh: '核准发行' }, from: ['Reviewed'], to: ['Issued'], by: ['general_manager', 'deputy_gm', 'dept_manager'], input: {}, facts: (_input, paper) => ({ versions: findAll(draft.shape, 'documentNo', paper.documentNo) }) })
		.decidedBy(issue),
	supersede: draft.event({ label: { en: 'Superseded', zh: '旧版作废' }, from: ['Issued'], to: ['Superseded'], by: 'consequence', input: {} }).decidedBy(() => ({})),
});
