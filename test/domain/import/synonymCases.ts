import { withSynonyms, type HeaderSynonym } from '../../../domain/import/headerSynonyms';
import { findHeader } from '../../../domain/import/matchHeaders';
import type { TableLayout } from '../../../domain/import/tableLayout';

/** The columns that a header row is read as, with synonyms added. */
export function addSynonymsFor(layout: TableLayout, synonyms: readonly HeaderSynonym[], header: string[]): (string | null)[] {
	const match = findHeader({ name: 'x', rows: [{ number: 1, cells: header }] }, withSynonyms(layout, synonyms));
	return match?.cells.map(({ column }) => column?.key ?? null) ?? [];
}
