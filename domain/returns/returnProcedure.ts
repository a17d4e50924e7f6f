import { defineDocument, fire, type DocumentOf } from '../document/document';
import { integer, ref, text } from '../document/fields';
import { returnBatch } from './returnBatch';

const written = {
	batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Analysed', 'Planned'] }),
	steps: text({ en: 'Steps', zh: '步骤' }, { long: true }),
	edition: integer({ en: 'Version', zh: '版本' }, { min: 1 }),
};

const draft = defineDocument({
	kind: 'return_procedure',
	form: 'M-139',
	label: { en: 'Repair procedure', zh: '返修流程' },
	number: ({ batch, edition }) => `LC-${String(batch)}-${String(edition)}`,
	title: ['batch'],
	fields: { ...written, author: ref('person', { en: 'Author', zh: '拟定人' }) },
	states: { Issued: '已发布' },
	indexes: [['batch']],
});

export type ReturnProcedure = DocumentOf<typeof draft.shape>;

/** Research or engineering say how a batch is repaired; a later version takes the place of the one before. @rule R-214 */
export const returnProcedure = draft.events({
	issue: draft
		.event({ label: { en: 'Issue the procedure', zh: '拟返修流程' }, from: ['new'], to: ['Issued'], by: ['rd', 'engineering'], input: written })
		.decidedBy((_paper, input, { no, actor }) => ({ set: { ...input, author: actor.code }, then: [fire(returnBatch, 'procedureKept', input.batch, { procedure: no })], notices: [{ key: `return_procedure.issued:${no}`, to: { role: 'repair_group' }, subject: `返修流程 ${no}`, rule: 'R-214', body: [['批号', input.batch], ['步骤', input.steps]] }] })),
});
