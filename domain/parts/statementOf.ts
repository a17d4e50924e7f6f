import { find, locked, type FactQuery } from '../document/facts';
import { outlet as outletRecord } from '../master/records';
import type { Month } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';

export const statementNumber = (outlet: string, month: Month): string => `DZ-${outlet}-${month.replace('-', '')}`;

type Statement = { readonly no: string; readonly state: string };

/**
 * The statement of an outlet's month, if there is one; by kind, since the statement's declaration needs the lines' ones.
 * The outlet is locked first: nothing slips in while its statement is sent.
 */
export const statementOf = ({ outlet, month }: { readonly outlet: string; readonly month: Month }) => ({
	site: locked(find(outletRecord, 'no', outlet)),
	statement: { kind: 'reconciliation', by: 'no', value: statementNumber(outlet, month), many: false } as FactQuery<Statement, false>,
});

/**
 * What a sent statement was computed from does not change any more.
 * @rule P-041 — the outlet answers to the statement it was sent
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function refuseWhenSent(statement: Statement | null, month: Month): void {
	if (statement !== null && statement.state !== 'Draft')
		throw new RuleViolation('CONDITION_NOT_MET', `${month} 的对帐单 ${statement.no} 已经传出`, '该月不能再增改；有遗漏请联系售后部，列入异议处理', 'P-041');
}
