/** Stable codes: workflows branch on them. */
export type RuleCode =
	| 'FIELD_MISSING'
	| 'FIELD_INVALID'
	| 'NOT_FOUND'
	| 'WRONG_STATE'
	| 'NOT_ALLOWED'
	| 'ALREADY_EXISTS'
	| 'CONDITION_NOT_MET'
	| 'LINK_INVALID'
	| 'LINK_EXPIRED';

/**
 * A refusal: the act is against a rule or the input is wrong.
 * `message` names the place and the value, `way` says what to do, `rule` the rule kept.
 */
export class RuleViolation extends Error {
	override readonly name = 'RuleViolation';

	constructor(
		readonly code: RuleCode,
		message: string,
		readonly way: string,
		readonly rule: string | null = null,
	) {
		super(rule === null ? message : `${message}（规则 ${rule}）`);
	}
}
