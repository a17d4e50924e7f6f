import { posix } from 'node:path';

import type { GuardedZip } from './guardWorkbook';
import { inflateEntry } from './inflateEntry';
import { readStrings } from './readStrings';
import { readStyles } from './readStyles';
import type { NumberLooks } from './readStyles';
import { attributeOf, scanXml } from './scanXml';
import { ZipDamage } from './zipDirectory';

export type SheetPart = { readonly name: string; readonly hidden: boolean; readonly path: string };

export type WorkbookParts = {
	readonly sheets: readonly SheetPart[];
	readonly strings: readonly string[];
	readonly looks: NumberLooks;
	readonly epoch: 1900 | 1904;
};

type Relation = { readonly type: string; readonly path: string };

/**
 * Reads what all sheets share, and where the sheets are, in the order of their tabs.
 * @throws ZipDamage when the workbook part is missing or broken
 */
export async function readParts(zip: GuardedZip): Promise<WorkbookParts> {
	const root = await readRelations(zip, '');
	const workbook = [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))?.path ?? 'xl/workbook.xml';
	const relations = await readRelations(zip, workbook);
	const { sheets, epoch } = await readWorkbookPart(zip, workbook, relations);
	const shared = (kind: string) => partOf(zip, [...relations.values()].find(({ type }) => type.endsWith(kind))?.path);
	return {
		sheets,
		epoch,
		strings: await readStrings(shared('/sharedStrings')),
		looks: await readStyles(shared('/styles')),
	};
}

/** The unpacked bytes of one part; nothing when the workbook has no such part. */
export async function* partOf(zip: GuardedZip, path: string | undefined): AsyncGenerator<Buffer, void, undefined> {
	const entry = path === undefined ? undefined : zip.entries.get(path.toLowerCase());
	if (entry) yield* inflateEntry(zip.bytes, entry);
}

async function readWorkbookPart(zip: GuardedZip, path: string, relations: ReadonlyMap<string, Relation>) {
	if (!zip.entries.has(path.toLowerCase())) throw new ZipDamage('缺少工作簿部件');
	const sheets: SheetPart[] = [];
	let epoch: 1900 | 1904 = 1900;
	await visitTags(partOf(zip, path), (name, attributes) => {
		if (name === 'workbookPr' && /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')) epoch = 1904;
		if (name !== 'sheet') return;
		const relation = relations.get(relationId(attributes));
		if (!relation?.type.endsWith('/worksheet')) return; // chart and macro sheets hold no cells
		if (!zip.entries.has(relation.path.toLowerCase())) throw new ZipDamage(`缺少工作表部件 ${relation.path}`);
		const hidden = (attributeOf(attributes, 'state') ?? 'visible') !== 'visible';
		sheets.push({ name: attributeOf(attributes, 'name') ?? '', hidden, path: relation.path });
	});
	if (sheets.length === 0) throw new ZipDamage('没有找到工作表');
	return { sheets, epoch: epoch as 1900 | 1904 };
}

/** The prefix of the relation attribute is `r` by custom only. */
function relationId(attributes: string): string {
	return attributeOf(attributes, 'r:id') ?? /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
}

async function readRelations(zip: GuardedZip, owner: string): Promise<Map<string, Relation>> {
	const folder = posix.dirname(owner);
	const relations = new Map<string, Relation>();
	await visitTags(partOf(zip, posix.join(folder, '_rels', `${posix.basename(owner)}.rels`)), (name, attributes) => {
		const target = attributeOf(attributes, 'Target');
		if (name !== 'Relationship' || target === null) return;
		const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
		relations.set(attributeOf(attributes, 'Id') ?? '', { type: attributeOf(attributes, 'Type') ?? '', path });
	});
	return relations;
}

async function visitTags(chunks: AsyncIterable<Buffer>, open: (name: string, attributes: string) => void): Promise<void> {
	await scanXml(chunks, { open, close: () => undefined, text: () => undefined, wantsText: () => false });
}
