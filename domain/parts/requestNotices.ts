import type { Notice } from '../document/document';
import { yuan } from '../shared/money';
import type { Site } from './outletSite';
import { requestKinds, valueOf, type PartRequest, type RequestLine } from './partRequestPaper';

/** The outlet; after-sales for one without a mail address, to pass it on. */
const toOutlet = (site: Site | null): Notice['to'] => (site?.mail == null ? { role: 'after_sales' } : { mail: site.mail });

const about = ({ no, outlet, requestKind, month }: PartRequest, site: Site | null): Notice['body'] => [['申请编号', no], ['网点', `${outlet} ${site?.name ?? ''}`], ['类别', `${requestKinds[requestKind]} ${month}`]];

/** @rule P-022 — the outlet hears why its request came back, and may send it again */
export const refusedNotice = (paper: PartRequest, reason: string, site: Site | null): Notice => ({
	key: `part_request.refused:${paper.no}:${paper.version}`,
	to: toOutlet(site),
	subject: `配件申请退回 ${paper.no} ${site?.name ?? ''}`,
	rule: 'P-022',
	body: [...about(paper, site), ['金额', `${yuan(paper.total)} 元`], ['退回原因', reason], '改正后可以重新递交。'],
});

/** @rule P-022 — the outlet hears what was cut and why, once for each cut */
export function cutNotices(paper: PartRequest, lines: readonly RequestLine[], site: Site | null): Notice[] {
	const before = new Map(paper.lines.map(({ item, approved }) => [item, approved]));
	const cut = lines.filter(({ item, quantity, approved }) => approved !== null && approved < quantity && approved !== before.get(item));
	if (cut.length === 0) return [];
	return [
		{
			key: `part_request.cut:${paper.no}:${paper.version}`,
			to: toOutlet(site),
			subject: `配件申请核减 ${paper.no} ${site?.name ?? ''}`,
			rule: 'P-022',
			body: [...about(paper, site), ...cut.map(({ item, quantity, approved, cutReason }) => [item, `申请 ${quantity} 件，核准 ${approved} 件：${cutReason ?? ''}`] as const), ['核准金额', `${yuan(valueOf(lines))} 元`]],
		},
	];
}
