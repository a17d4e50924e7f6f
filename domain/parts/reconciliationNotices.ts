import type { Notice } from '../document/document';
import type { Given } from '../document/facts';
import { yuan } from '../shared/money';
import { localLimit } from '../shared/zonedTime';
import type { Statement, StatementLine } from './computeStatement';
import type { Site } from './outletSite';

type Sent = Pick<Statement, 'stated' | 'returned' | 'credited' | 'creditAmount' | 'fineAmount' | 'lines'> & { readonly no: string; readonly month: string; readonly sentAt: string | null; readonly replyDueAt: string | null };

/** Lines of a notice at most; the statement has all of them. */
const LISTED = 20;

/**
 * A statement that no mail can take to its outlet: after-sales brings it, or the time to answer would run unheard.
 * Where the outlet has a mail address the flow sends it with its workbook.
 * @rule P-041 — silence is consent only of who was asked
 */
export const unsent = (statement: Sent, site: Site | null, { calendar }: Given): Notice[] =>
	site === null || site.mail !== null
		? []
		: [
				{
					key: `reconciliation.unsent:${statement.no}:${statement.sentAt}`,
					to: { role: 'after_sales' },
					subject: `请转交对帐单 ${statement.no} ${site.name}（网点没有邮箱）`,
					rule: 'P-041',
					body: [`网点 ${site.no} 没有登记邮箱，请打印对帐单传真或送达，并登记答复；逾期未复视为同意。`, ...about(statement, calendar.zone)],
				},
			];

/** The counted quantities rule from now on; both sides hear it. @rule P-041 */
export function lapsed(statement: Sent, site: Site | null, { calendar }: Given): Notice[] {
	const notice = (side: string, to: Notice['to']): Notice => ({
		key: `reconciliation.lapsed:${statement.no}:${statement.sentAt}:${side}`,
		to,
		subject: `对帐单 ${statement.no} 逾期未复，视为同意 ${site?.name ?? ''}`,
		rule: 'P-041',
		body: ['答复期限已过，以实收数量为准。', ...about(statement, calendar.zone)],
	});
	return [notice('office', { role: 'after_sales' }), ...(site?.mail == null ? [] : [notice('outlet', { mail: site.mail })])];
}

function about({ no, month, stated, returned, credited, creditAmount, fineAmount, replyDueAt, lines }: Sent, zone: string): Notice['body'] {
	const differing = lines.filter(differs);
	const left = differing.length - LISTED;
	return [
		['对帐单', `${no}（${month}）`],
		['答复期限', replyDueAt === null ? '' : localLimit(replyDueAt, zone)],
		['数量', `申报 ${stated} 件，实收 ${returned} 件，核销 ${credited} 件`],
		['金额', `核销 ${yuan(creditAmount)} 元，拟罚 ${yuan(fineAmount)} 元`],
		...differing.slice(0, LISTED).map((line) => [`${line.repairNo} ${line.item}`, line.why] as const),
		...(left > 0 ? [`另有 ${left} 行差异，见对帐单。`] : []),
	];
}

const differs = ({ stated, returned, credited, pct, noFaultFine, improperFine }: StatementLine): boolean => stated !== returned || stated !== credited || pct !== 100 || noFaultFine + improperFine > 0;
