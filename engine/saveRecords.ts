import type { Given } from '../domain/document/facts';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { recordOf } from './registry';
import type { Row, Transaction } from './store';

export type SaveItem = { readonly no: string; readonly values: Readonly<Record<string, unknown>> };

/**
 * Creates or changes records; values left out are kept. Of two with the same code the later wins.
 * @returns how many were new, changed and as before
 */
export async function saveRecords(transaction: Transaction, kind: string, items: readonly SaveItem[], { now, actor }: Pick<Given, 'now' | 'actor'>): Promise<{ created: number; changed: number; same: number }> {
	const record = recordOf(kind);
	const stored = new Map((await transaction.load(kind, 'no', items.map(({ no }) => no), 'lock')).map((row) => [String(row['no']), row]));
	const rows = new Map<string, Row>();
	for (const { no, values } of items) {
		const before = rows.get(no) ?? stored.get(no);
		const row: Record<string, unknown> = { no, createdAt: now, createdBy: actor.code, ...before, ...values, version: Number(stored.get(no)?.['version'] ?? 0) + 1, updatedAt: now };
		for (const [key, field] of Object.entries(record.fields)) {
			row[key] ??= null;
			if (row[key] === null && !field.optional)
				throw new RuleViolation('FIELD_MISSING', `${record.label.zh} ${no} 缺少“${field.label.zh}”`, `请补上“${field.label.zh}”`);
		}
		rows.set(no, row);
	}
	const changed = [...rows.values()].filter((row) => !isSame(row, stored.get(String(row['no'])), Object.keys(record.fields)));
	if (changed.length > 0) await transaction.replace(kind, changed);
	const created = changed.filter((row) => !stored.has(String(row['no']))).length;
	return { created, changed: changed.length - created, same: rows.size - changed.length };
}

const isSame = (row: Row, before: Row | undefined, keys: readonly string[]): boolean =>
	before !== undefined && keys.every((key) => JSON.stringify(row[key] ?? null) === JSON.stringify(before[key] ?? null));
