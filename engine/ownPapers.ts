import type { DocumentDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import type { Role } from '../domain/organisation';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { ownOf } from './readers';
import type { Row } from './store';

/** What an event is about: the stored paper, if there is one, and what was handed in. */
export type Subject = { readonly no: string; readonly stored: Row | null; readonly input: Row };

/**
 * Refuses an act on another outlet's or technician's paper by somebody whom only that role lets act at all.
 * @rule O-030 — an outlet does what it may on its own papers: those under its code or its unit; a technician on those given to him
 */
export function refuseForeign({ kind, label }: Pick<DocumentDeclaration, 'kind' | 'label'>, allowed: readonly Role[] | 'anyone', actor: Actor, { no, stored, input }: Subject): void {
	const own = ownOf(kind);
	if (allowed === 'anyone' || own === null) return;
	const byRole = (role: Role) => !actor.roles.some((each) => each !== role && allowed.includes(each));
	const paper = stored === null ? label.zh : `${label.zh} ${no}`;
	const refuse = (what: string, way: string) => new RuleViolation('NOT_ALLOWED', `${actor.name}（${actor.code}）不能办理${what}的${paper}`, way, 'O-030');
	if (own.byOutlet === true && byRole('outlet')) {
		const foreign = [stored?.['outlet'], input['outlet']].find((outlet) => typeof outlet === 'string' && !holders(actor, 'outlet').includes(outlet));
		if (foreign !== undefined) throw refuse(`网点 ${String(foreign)} `, '网点人员只能办理本网点的单据；请由该网点或售后部办理');
	} else if (own.columns.includes('technician') && byRole('technician') && stored !== null && !holders(actor, 'technician').includes(stored['technician'] as string | null)) {
		throw refuse(stored['technician'] === null ? '尚未派给技术员' : `技术员 ${String(stored['technician'])} `, '技术员只能办理派给自己的工作；请由该技术员或派工人办理');
	}
}

/** Whose papers somebody has: his own by code and unit, and those of whom he stands in for in this role. */
const holders = ({ code, unit, lent = [] }: Actor, role: Role): readonly (string | null)[] => [code, ...(role === 'outlet' ? [unit] : []), ...lent.filter(({ roles }) => roles.includes(role)).map((lender) => lender.code)];
