import { yuan } from '../shared/money';
import type { CourierSlip } from './courierSlip';

export type Bill = { readonly slipNo: string; readonly fee: number };
export type FreightLine = { readonly slipNo: string; readonly day: string | null; readonly paper: string | null; readonly fee: number | null; readonly billed: number | null; readonly finding: string };

export const FITS = '相符';

/**
 * Every billed slip and every slip of ours, with what is wrong with it; fees in fen.
 * @param papers numbers of issues, and of the papers that asked for them
 * @rule P-082 — unmatched slips are listed
 */
export function matchFreight(check: string, bill: readonly Bill[], slips: readonly CourierSlip[], papers: ReadonlySet<string>): FreightLine[] {
	const billed = bill.map(({ slipNo, fee }, index): FreightLine => {
		const slip = slips.find((each) => each.slipNo === slipNo);
		const isRepeated = bill.findIndex((each) => each.slipNo === slipNo) < index;
		if (slip === undefined) return { slipNo, day: null, paper: null, fee: null, billed: fee, finding: '没有登记快递单' };
		return { slipNo, day: slip.day, paper: slip.paper, fee: isRepeated ? null : slip.fee, billed: fee, finding: isRepeated ? '帐单重复' : findingOf(slip, fee, check, papers) };
	});
	const missing = slips
		.filter((slip) => !bill.some(({ slipNo }) => slipNo === slip.slipNo) && (slip.state !== 'Matched' || slip.freightCheck === check))
		.map((slip): FreightLine => ({ slipNo: slip.slipNo, day: slip.day, paper: slip.paper, fee: slip.fee, billed: null, finding: '帐单中没有' }));
	return [...billed, ...missing];
}

function findingOf(slip: CourierSlip, fee: number, check: string, papers: ReadonlySet<string>): string {
	if (slip.state === 'Matched' && slip.freightCheck !== check) return `已在 ${slip.freightCheck ?? ''} 核对`;
	if (slip.fee !== fee) return `费用不符：登记 ${yuan(slip.fee)}，帐单 ${yuan(fee)}`;
	if (slip.paper === null) return '没有注明出库单';
	return papers.has(slip.paper) ? FITS : `没有出库单 ${slip.paper}`;
}
