import type { RepairCard } from '../repair/repairCard';
import { standing, type Charge } from '../service/charge';
import { column, pair, pairs, signatures, table, type Layout } from './paperModel';
import { customerName, type ServiceCase } from './serviceCase';
import type { Shown } from './shown';

/** Where the paper is. */
const places = { InFile: '资料袋', WithDispatcher: '主管', WithTechnician: '技术员', WithReceptionist: '业务员' } as const;

const HISTORY_ROWS = 20;

/** M-001: the product's service history, proof of every service. */
export function voucherPaper(data: ServiceCase, shown: Shown): Layout {
	const { voucher, asset } = data;
	return {
		title: '服务凭证',
		mark: '服表001',
		blocks: [
			pairs(
				pair('客户名称', customerName(data)),
				pair('商品型号/工程', asset?.model ?? ''),
				pair('序列号', voucher?.asset ?? ''),
				pair('销售日期', asset?.purchaseDay ?? ''),
				pair('保修截止', asset?.warrantyEnd ?? ''),
				pair('存放位置', voucher === null ? '' : places[voucher.state]),
			),
			table(
				[
					column('日期', 1.5, 'center'),
					column('叫修编号', 1.5),
					column('类别', 0.5, 'center'),
					column('服务内容', 3),
					column('技术员', 1, 'center'),
					column('工时\n(分)', 1, 'center'),
					column('配件', 1.5),
					column('费用', 1, 'right'),
					column('发票号/签字', 1),
				],
				(voucher?.history ?? []).map((line) => [
					shown.day(line.at),
					line.call,
					line.type,
					line.work,
					shown.name('person', line.technician),
					String(line.minutes),
					partsOf(data, line.call, shown),
					line.amount === 0 ? '' : shown.yuan(line.amount),
					[invoiceOf(data.charges, line.call), line.signedBy ?? ''].filter((part) => part !== '').join('\n'),
				]),
				HISTORY_ROWS,
			),
			signatures({ label: '客户签字/签章', ...(data.signature === undefined ? {} : { image: data.signature }) }, { label: '业务员' }, { label: '主管' }),
		],
	};
}

/** What a repair card or a visit says was replaced. */
export const partsText = (paper: Pick<RepairCard, 'parts'> | null, shown: Shown): string => (paper?.parts ?? []).map(({ item, quantity }) => `${shown.name('item', item)}×${quantity}`).join('、');

const partsOf = ({ cards, visits }: ServiceCase, call: string, shown: Shown): string =>
	[...visits, ...cards].filter((paper) => paper.call === call).map((paper) => partsText(paper, shown)).filter((text) => text !== '').join('、');
const invoiceOf = (charges: readonly Charge[], call: string): string => standing(charges).find((charge) => charge.call === call)?.invoiceNo ?? '';
