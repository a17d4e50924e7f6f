import type { DocumentDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import type { Role } from '../domain/organisation';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { ownOf } from './readers';
import type { Row } from './store';

/** What an event is about: the stored paper, if there is one, and what was handed in. */
export type Subject = { readonly no: string; readonly stored: Row | null; readonly input: Row };

/**
 * Refuses an act on another outlet's paper, or in its name, by somebody whom only the role of an outlet lets act at all.
 * @rule O-030 — an outlet does what it may on its own papers: those under its code or its unit
 */
export function refuseOtherOutlets({ kind, label }: Pick<DocumentDeclaration, 'kind' | 'label'>, allowed: readonly Role[] | 'anyone', actor: Actor, { no, stored, input }: Subject): void {
	if (allowed === 'anyone' || ownOf(kind)?.byOutlet !== true) return;
	if (actor.roles.some((role) => role !== 'outlet' && allowed.includes(role))) return;
	const own = ownOutlets(actor);
	const foreign = [stored?.['outlet'], input['outlet']].find((outlet) => typeof outlet === 'string' && !own.includes(outlet));
	if (foreign === undefined) return;
	const paper = stored === null ? label.zh : `${label.zh} ${no}`;
	throw new RuleViolation('NOT_ALLOWED', `${actor.name}（${actor.code}）不能办理网点 ${String(foreign)} 的${paper}`, '网点人员只能办理本网点的单据；请由该网点或售后部办理', 'O-030');
}

/** Outlets somebody acts for: his code and unit, and those of outlets he stands in for. */
const ownOutlets = ({ code, unit, lent = [] }: Actor): readonly (string | null)[] => [code, unit, ...lent.filter(({ roles }) => roles.includes('outlet')).map((lender) => lender.code)];
