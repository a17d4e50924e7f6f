import { defineDocument, type DocumentOf } from '../document/document';
import { choice, instant, integer, optional, ref, text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';

export const purposes = { photo: '照片', signature: '客户签名', receipt_slip: '回执单', report: '报告', remittance: '汇款底单', confirmation: '费用确认', other: '其他' } as const;

const meta = {
	paper: text({ en: 'Paper', zh: '单据编号' }),
	purpose: choice({ en: 'Purpose', zh: '类别' }, purposes),
	name: text({ en: 'File Name', zh: '文件名' }),
	mimeType: text({ en: 'Type', zh: '文件类型' }),
	size: integer({ en: 'Size', zh: '大小(字节)' }, { min: 1 }),
	hash: text({ en: 'Hash', zh: '校验值' }),
};

const draft = defineDocument({
	kind: 'attachment',
	form: 'V-050',
	label: { en: 'Attachment', zh: '附件' },
	number: { prefix: 'FJ', period: 'month', digits: 5 },
	title: ['paper', 'name'],
	fields: { ...meta, filedBy: optional(ref('person', { en: 'Filed by', zh: '归档人' })), filedAt: optional(instant({ en: 'Filed at', zh: '归档时间' })) },
	states: { Handed: '已提交', Filed: '已归档', Removed: '已删除' },
	indexes: [['paper'], ['state']],
});

export type Attachment = DocumentOf<typeof draft.shape>;

/** A file of a job; its bytes are kept beside it. @rule V-050 — texts, pictures and data of a service are handed in, and filed by customer service only */
export const attachment = draft.events({
	add: draft
		.event({ label: { en: 'Add', zh: '上传附件' }, from: ['new'], to: ['Handed'], by: ['technician', 'receptionist', 'customer_service', 'after_sales', 'service_assistant', 'outlet', 'accountant', 'finance', 'system'], input: meta })
		.decidedBy((_paper, input, { settings }) => {
			const limit = settings['service.photo_mb'];
			if (input.size > limit * 1_048_576)
				throw new RuleViolation('FIELD_INVALID', `“${input.name}”有 ${(input.size / 1_048_576).toFixed(1)} MB，超过 ${limit} MB`, '请用手机相册的“压缩”或截图后重新上传，其他内容已保留', 'V-050');
			return { set: input };
		}),
	file: draft
		.event({ label: { en: 'File', zh: '归档附件' }, from: ['Handed'], to: ['Filed'], by: ['customer_service'], input: {} })
		.decidedBy((_paper, _input, { actor, now }) => ({ set: { filedBy: actor.code, filedAt: now } })),
	remove: draft
		.event({ label: { en: 'Remove', zh: '删除附件' }, from: ['Handed'], to: ['Removed'], by: ['customer_service', 'after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '原因' }) } })
		.decidedBy(() => ({})),
});
