import { findHeader, known } from './matchHeaders';
import { normaliseHeader } from './normaliseText';
import type { SheetDataLike } from './sheetDataLike';
import type { TableLayout } from './tableLayout';

export type LayoutSheet<S extends SheetDataLike> = { readonly layout: TableLayout; readonly sheet: S | null };

/**
 * Pairs each layout with the sheet it is on, each sheet used once: by the sheet's name first, then by its headers
 * (all required ones, the closest pair first). Hidden sheets are found by name only.
 */
export function findLayoutSheets<S extends SheetDataLike>(sheets: readonly S[], layouts: readonly TableLayout[]): Array<LayoutSheet<S>> {
	const found = new Map<TableLayout, S>();
	const take = (layout: TableLayout, sheet: S | undefined) => {
		if (sheet) found.set(layout, sheet);
	};
	const free = () => {
		const used = new Set(found.values());
		return sheets.filter((sheet) => !used.has(sheet));
	};
	const open = () => layouts.filter((layout) => !found.has(layout));
	for (const isSame of [isNamed, isNamedLike]) {
		for (const layout of layouts) if (!found.has(layout)) take(layout, free().find((sheet) => isSame(sheet, layout)));
	}
	for (let best = bestByHeader(free(), open()); best !== null; best = bestByHeader(free(), open())) take(best.layout, best.sheet);
	return layouts.map((layout) => ({ layout, sheet: found.get(layout) ?? null }));
}

function namesOf({ title, sheetNames }: TableLayout): string[] {
	return [title, ...sheetNames].map(normaliseHeader).filter((name) => name !== '');
}

function isNamed({ name }: SheetDataLike, layout: TableLayout): boolean {
	return namesOf(layout).includes(normaliseHeader(name));
}

/** Such as “零配件使用统计表6月”. */
function isNamedLike({ name }: SheetDataLike, layout: TableLayout): boolean {
	return namesOf(layout).some((known) => normaliseHeader(name).includes(known));
}

/** The closest of all pairs: every required column is there, the most headers are known, the fewest are strange; the earlier layout in a tie. */
function bestByHeader<S extends SheetDataLike>(sheets: readonly S[], layouts: readonly TableLayout[]): { readonly sheet: S; readonly layout: TableLayout } | null {
	const pairs = sheets.filter(({ hidden }) => hidden !== true).flatMap((sheet) => layouts.flatMap((layout) => {
		const match = findHeader(sheet, layout);
		if (match === null || match.missing.length > 0) return [];
		const matched = known(match);
		return [{ sheet, layout, matched, strange: match.cells.length - matched }];
	}));
	return pairs.sort((one, other) => other.matched - one.matched || one.strange - other.strange)[0] ?? null;
}
