import type { Notice } from '../document/document';
import type { Role } from '../organisation';
import { yuan } from '../shared/money';
import { awardNames, awardTerms, type AwardTerms } from './awardKinds';
import type { AwardRow } from './awardRules';

type Named = Pick<AwardRow, 'awardKind' | 'person' | 'unit' | 'period'>;
type Numbered = { readonly no: string };

export const nomineeOf = ({ person, unit }: Pick<AwardRow, 'person' | 'unit'>): string => person ?? unit ?? '';

const head = (paper: Named) => [['奖项', awardNames[paper.awardKind]], ['期间', paper.period], ['对象', nomineeOf(paper)]] as const;

/** Whom it waits for now. */
export function askNext(paper: Named & Numbered & Pick<AwardRow, 'facts'> & { readonly state: string }, { review, approve, rule }: AwardTerms): Notice[] {
	const roles: readonly Role[] = paper.state === 'Nominated' ? review : paper.state === 'ManagerReviewed' ? ['accountant'] : approve;
	return roles.map((role) => ({ key: `award.ask:${paper.no}:${paper.state}:${role}`, to: { role }, subject: `请审批嘉奖 ${paper.no} ${awardNames[paper.awardKind]}`, rule, body: [...head(paper), ['贡献事实', paper.facts]] }));
}

/** Those it concerns; a group by its leaders. */
const concerned = ({ person, nominator }: Pick<AwardRow, 'person' | 'nominator'>): Notice['to'][] => [...new Set([person, nominator])].flatMap((code) => (code === null ? [] : [{ person: code }]));

export const approvedMails = (paper: Named & Numbered & Pick<AwardRow, 'nominator' | 'amount' | 'payDay' | 'specialValue'>): Notice[] => {
	const body = [...head(paper), ['金额', `${yuan(paper.amount ?? 0)} 元`], ['发放日期', paper.payDay ?? '']] as const;
	const { rule } = awardTerms[paper.awardKind];
	return [
		...concerned(paper).map((to) => ({ key: `award.approved:${paper.no}:${JSON.stringify(to)}`, to, subject: `嘉奖已批准 ${paper.no} ${awardNames[paper.awardKind]}`, rule, body: [...body, ...(paper.specialValue === true ? ['已列为年终特别贡献奖候选。'] : [])] })),
		{ key: `award.approved:${paper.no}:accountant`, to: { role: 'accountant' }, subject: `应发放奖金 ${paper.no} ${paper.payDay ?? ''}`, rule: 'A-013', body },
	];
};

export const toldBack = (paper: Named & Numbered & Pick<AwardRow, 'nominator'>, what: string, reason: string): Notice[] =>
	concerned(paper).map((to) => ({ key: `award.closed:${paper.no}:${what}:${JSON.stringify(to)}`, to, subject: `嘉奖${what} ${paper.no} ${awardNames[paper.awardKind]}`, rule: awardTerms[paper.awardKind].rule, body: [...head(paper), ['原因', reason]] }));
