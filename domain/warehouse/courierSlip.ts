import { defineDocument, type DocumentOf } from '../document/document';
import { day, fen, optional, ref, text } from '../document/fields';
import { requireOption } from '../technician/option';

export const courierFields = {
	carrier: text({ en: 'Carrier', zh: '承运' }, { compact: true }),
	slipNo: text({ en: 'Slip No', zh: '快递单号' }, { compact: true, synonyms: ['单号', '运单号'] }),
	day: day({ en: 'Day', zh: '日期' }),
	fee: fen({ en: 'Fee', zh: '费用' }, { min: 0, synonyms: ['运费'] }),
	paper: optional(text({ en: 'Paper', zh: '出库单/发货单' }, { compact: true })),
	receiver: optional(text({ en: 'Receiver', zh: '收件人' })),
};

const draft = defineDocument({
	kind: 'courier_slip',
	form: 'M-064',
	label: { en: 'Courier slip', zh: '快递单' },
	number: ({ carrier, slipNo }) => courierNumber(String(carrier), String(slipNo)),
	title: ['carrier', 'slipNo', 'receiver'],
	fields: { ...courierFields, finding: optional(text({ en: 'Check', zh: '核对' })), freightCheck: optional(ref('freight_check', { en: 'Freight check', zh: '费用核对单' })) },
	states: { Open: '未核对', Matched: '已核对', Unmatched: '不符' },
	indexes: [['carrier'], ['state'], ['day']],
});

export type CourierSlip = DocumentOf<typeof draft.shape>;

export const courierNumber = (carrier: string, slipNo: string): string => `KD-${carrier}-${slipNo}`;

const clerks = ['logistics_clerk', 'service_assistant', 'storekeeper'] as const;
const result = { freightCheck: ref('freight_check', { en: 'Freight check', zh: '费用核对单' }), finding: text({ en: 'Check', zh: '核对' }) };

/** @rule P-082 — what was sent with whom and what it should cost */
export const courierSlip = draft.events({
	enter: draft.event({ label: { en: 'Enter', zh: '登记快递单' }, from: ['new'], to: ['Open'], by: clerks, input: courierFields }).decidedBy((_slip, input, { settings }) => {
		requireOption(settings, 'stock.freight', 'P-082');
		return { set: input };
	}),
	correct: draft
		.event({ label: { en: 'Correct', zh: '更正' }, from: ['Open', 'Unmatched'], to: ['Open'], by: clerks, input: { fee: courierFields.fee, paper: courierFields.paper, reason: text({ en: 'Reason', zh: '更正原因' }) } })
		.decidedBy((_slip, { fee, paper }) => ({ set: { fee, paper, finding: null } })),
	match: draft.event({ label: { en: 'Match', zh: '核对相符' }, from: ['Open', 'Matched', 'Unmatched'], to: ['Matched'], by: 'consequence', input: result }).decidedBy((_slip, input) => ({ set: input })),
	differ: draft.event({ label: { en: 'Differ', zh: '核对不符' }, from: ['Open', 'Matched', 'Unmatched'], to: ['Unmatched'], by: 'consequence', input: result }).decidedBy((_slip, input) => ({ set: input })),
});
