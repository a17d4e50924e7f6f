import { withSynonyms, type HeaderSynonym } from '../domain/import/headerSynonyms';
import type { ImportTarget } from './importTargets';
import type { Transaction } from './store';

/** The company's own words for headers. */
export async function synonymsOf(store: Transaction): Promise<HeaderSynonym[]> {
	const rows = await store.list('header_synonym', {});
	return rows.map(({ no, sheet, field, synonym }) => ({ no: String(no), sheet: sheet === null ? null : String(sheet), field: String(field), synonym: String(synonym) }));
}

/** Targets whose sheets are read by the company's own words for headers too. @rule M-101 */
export async function withCompanySynonyms(store: Transaction, targets: readonly ImportTarget[]): Promise<ImportTarget[]> {
	const synonyms = await synonymsOf(store);
	return targets.map((target) => ({ ...target, layout: withSynonyms(target.layout, synonyms) }));
}
