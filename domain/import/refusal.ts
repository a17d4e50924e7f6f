import type { FindingCode } from './finding';

/** Why one cell cannot be taken. */
export type Refusal = { readonly code: FindingCode; readonly message: string };

export type Parsed<T extends string | number> = { readonly value: T } | Refusal;

export function isRefusal(parsed: Parsed<string | number>): parsed is Refusal {
	return 'code' in parsed;
}
