import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { findAll, type Given } from '../document/facts';
import { day, fen, integer, lines, month, optional, ref, text } from '../document/fields';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf, readMonth } from '../shared/zonedTime';
import { requireOption } from '../technician/option';
import { courierSlip, type CourierSlip } from './courierSlip';
import { goodsIssue } from './goodsIssue';
import { FITS, matchFreight, type Bill } from './matchFreight';

const billed = { slipNo: text({ en: 'Slip No', zh: '快递单号' }, { compact: true, synonyms: ['单号', '运单号'] }), fee: fen({ en: 'Fee', zh: '费用' }, { min: 0, synonyms: ['费用(元)', '运费', '金额'] }) };
const head = { carrier: text({ en: 'Carrier', zh: '承运' }, { compact: true, synonyms: ['承运商', '快递公司'] }), month: month({ en: 'Month', zh: '月份' }) };
const asked = { ...head, bill: lines(billed, { en: 'Courier bill', zh: '承运帐单' }) };

/** A line of the courier's bill as a sheet. */
export const billFields = { ...head, ...billed };

export const checkNumber = ({ carrier, month: of }: Readonly<Record<string, unknown>>): string => `YF-${String(carrier)}-${(readMonth(String(of)) ?? String(of)).replace('-', '')}`;

const draft = defineDocument({
	kind: 'freight_check',
	form: 'M-064',
	label: { en: 'Monthly freight check', zh: '每月物流费用核对' },
	number: checkNumber,
	title: ['carrier', 'month'],
	fields: {
		...asked,
		lines: lines(
			{
				slipNo: text({ en: 'Slip No', zh: '单号' }),
				day: optional(day({ en: 'Day', zh: '日期' })),
				paper: optional(text({ en: 'Paper', zh: '出库单/发货单' })),
				fee: optional(fen({ en: 'Fee', zh: '费用' })),
				billed: optional(fen({ en: 'Billed', zh: '帐单' })),
				finding: text({ en: 'Check', zh: '核对' }),
			},
			{ en: 'Slips', zh: '核对明细' },
		),
		unmatched: integer({ en: 'Unmatched', zh: '不符项数' }),
		amount: fen({ en: 'Payable', zh: '应付金额' }),
		requestedBy: optional(ref('person', { en: 'Requested by', zh: '请款人' })),
	},
	states: { Checked: '已核对', Differing: '有差异', Requested: '已请款' },
	indexes: [['month'], ['state']],
});

type Shape = typeof draft.shape;
export type FreightCheck = DocumentOf<Shape>;

type Papers = Given & { readonly slips: readonly CourierSlip[]; readonly issues: readonly { no: string }[]; readonly bases: readonly { paper: string | null }[] };

/**
 * Lays the courier's bill beside the slips and what they say was sent.
 * @rule P-082 — whatever does not match is listed; only what matches may be paid
 */
function compare(_check: FreightCheck, input: { carrier: string; month: string; bill: readonly Bill[] }, { slips, issues, bases, settings, no }: Papers): Change<Shape> {
	requireOption(settings, 'stock.freight', 'P-082');
	const papers = new Set([...issues.map((issue) => issue.no), ...bases.flatMap(({ paper }) => paper ?? [])]);
	const concerned = slips.filter((slip) => monthOf(slip.day) === input.month || input.bill.some(({ slipNo }) => slipNo === slip.slipNo));
	const found = matchFreight(no, input.bill, concerned, papers);
	const unmatched = found.filter(({ finding }) => finding !== FITS).length;
	return {
		set: { ...input, lines: found, unmatched, amount: found.reduce((sum, { finding, billed }) => (finding === FITS ? sum + (billed ?? 0) : sum), 0) },
		to: unmatched === 0 ? 'Checked' : 'Differing',
		then: concerned
			.filter(({ state, freightCheck }) => state !== 'Matched' || freightCheck === no)
			.map((slip) => {
				const finding = found.find(({ slipNo, fee }) => slipNo === slip.slipNo && fee !== null)?.finding ?? '';
				return fire(courierSlip, finding === FITS ? 'match' : 'differ', slip.no, { freightCheck: no, finding });
			}),
	};
}

/** @rule P-082 — payment is asked for what matches; the accountant is told what does not */
function requestPayment(check: FreightCheck, _input: unknown, { actor }: Given): Change<Shape> {
	if (check.amount === 0) throw new RuleViolation('CONDITION_NOT_MET', `${check.no} 没有核对相符的费用`, '请先处理不符的快递单，再重新核对', 'P-082');
	return {
		set: { requestedBy: actor.code },
		notices: [
			{
				key: `freight_check.request:${check.no}`,
				to: { role: 'accountant' },
				subject: `物流费用请款 ${check.carrier} ${check.month}：${yuan(check.amount)} 元`,
				body: [['核对单', check.no], ['应付', `${yuan(check.amount)} 元`], ['不符', `${check.unmatched} 项，未列入请款`], ...check.lines.filter(({ finding }) => finding !== FITS).map(({ slipNo, finding }): [string, string] => [slipNo, finding])],
				rule: 'P-082',
			},
		],
	};
}

const clerks = ['logistics_clerk', 'service_assistant', 'storekeeper'] as const;

export const freightCheck = draft.events({
	compare: draft
		.event({
			label: { en: 'Compare with the courier\'s bill', zh: '核对物流费用' },
			from: ['new', 'Checked', 'Differing'],
			to: ['Checked', 'Differing'],
			by: clerks,
			input: asked,
			facts: ({ carrier }) => ({ slips: findAll(courierSlip, 'carrier', carrier) }),
			moreFacts: (_input, { slips }) => ({ issues: findAll(goodsIssue, 'no', papersOf(slips)), bases: findAll(goodsIssue, 'paper', papersOf(slips)) }),
		})
		.decidedBy(compare),
	requestPayment: draft.event({ label: { en: 'Request payment', zh: '请款' }, from: ['Checked', 'Differing'], to: ['Requested'], by: clerks, input: {} }).decidedBy(requestPayment),
});

const papersOf = (slips: readonly CourierSlip[]): string[] => [...new Set(slips.flatMap(({ paper }) => paper ?? []))];
