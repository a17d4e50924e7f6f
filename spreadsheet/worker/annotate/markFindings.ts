import type { Cell, Comment, Fill, Workbook, Worksheet } from 'exceljs';

import type { Finding } from '../../../domain/import/finding';

export const summaryName = '检查结果';

/** Colours of our own, so that they can be told from the sender's and removed again. */
export const markColours = { error: 'FFFFC7CF', warning: 'FFFFF2C9' } as const;

/** Starts every comment of ours. */
const commentMark = '【检查】';
/** Stands between our comment and the sender's own, which comes back when ours goes. */
const ownBelow = '\n────\n';
const ours: ReadonlySet<string | undefined> = new Set(Object.values(markColours));

/** Removes the summary, colours and comments of an earlier check: senders correct the workbook they got back. */
export function clearMarks(workbook: Workbook): void {
	const earlier = workbook.getWorksheet(summaryName);
	if (earlier) workbook.removeWorksheet(earlier.id);
	for (const sheet of workbook.worksheets) {
		sheet.eachRow((row) => row.eachCell({ includeEmpty: true }, (cell) => clearCell(cell)));
	}
}

/** Colours and comments each place; findings at the same place share one comment. */
export function markFindings(workbook: Workbook, findings: readonly Finding[]): void {
	const places = new Map<Cell, Finding[]>();
	for (const finding of findings) {
		const sheet = workbook.getWorksheet(finding.sheet);
		if (!sheet || finding.row === null) continue;
		const cell = finding.column === null ? firstCell(sheet, finding.row) : sheet.getCell(`${finding.column}${finding.row}`);
		places.set(cell, [...(places.get(cell) ?? []), finding]);
	}
	for (const [cell, here] of places) markCell(cell, here);
}

/** A finding on a whole row shows on its first filled cell. */
function firstCell(sheet: Worksheet, row: number): Cell {
	let first = 1;
	const cells = sheet.getRow(row);
	while (first < cells.cellCount && cells.getCell(first).value === null) first++;
	return cells.getCell(cells.getCell(first).value === null ? 1 : first);
}

function markCell(cell: Cell, findings: readonly Finding[]): void {
	const level = findings.some((finding) => finding.level === 'error') ? 'error' : 'warning';
	const fill: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: markColours[level] } };
	// Loaded cells share their style objects; a changed one would colour every cell that looks alike.
	cell.style = { ...cell.style, fill };
	const message = commentMark + findings.map((finding) => finding.message).join('\n');
	const own = commentText(cell);
	cell.note = { texts: [{ font: { size: 10 }, text: own === '' ? message : message + ownBelow + own }], editAs: 'oneCells' };
}

function clearCell(cell: Cell): void {
	const { fill } = cell;
	if (fill?.type === 'pattern' && ours.has(fill.fgColor?.argb)) {
		const { fill: _, ...rest } = cell.style;
		cell.style = rest;
	}
	if (commentText(cell).startsWith(commentMark)) removeComment(cell);
}

/** The library can set a comment but not take it away: it keeps it in two places that its typings do not show. */
function removeComment(cell: Cell): void {
	const [, own] = commentText(cell).split(ownBelow);
	Object.assign(cell, { _comment: undefined });
	delete (cell.model as { comment?: unknown }).comment;
	if (own !== undefined) cell.note = own;
}

function commentText(cell: Cell): string {
	const note = cell.note as string | Comment | undefined;
	if (!note) return '';
	return typeof note === 'string' ? note : (note.texts ?? []).map(({ text }) => text).join('');
}
