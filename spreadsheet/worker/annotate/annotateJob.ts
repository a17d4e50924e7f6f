import { posix } from 'node:path';
import type { Finding } from '../../../domain/import/finding';
import type { ReadLimits } from '../../readLimits';
import type { AnnotateOptions } from '../protocol';
import { describeBytes } from '../read/describeBytes';
import { guardWorkbook } from '../read/guardWorkbook';
import { openSource } from '../read/openSource';
import { attributeOf } from '../read/scanXml';
import { blocksFor, withComments } from './comments';
import { patchContentTypes, type AddedPart } from './contentTypes';
import { plainPackage } from './plainPackage';
import { readRelations, writeRelations } from './relations';
import { CannotPatch, patchSheet, type MarkedCell, type RowFindings } from './sheetPatch';
import { emptyStyles, StyleBook } from './styleBook';
import { summarySheet } from './summarySheet';
import { patchWorkbook, type KeptSheet } from './workbookPatch';
import { has, packageOf, relationsOf, textOf, type WorkbookPackage } from './workbookPackage';
import { ZipWriter } from './zipWriter';

type AnnotateRequest = {
	readonly bytes: Buffer;
	readonly fileName: string;
	readonly limits: ReadLimits;
	readonly findings: readonly Finding[];
	readonly options: AnnotateOptions;
};

/** Excel gets slow with more; cells beyond are coloured all the same. */
const commentsShown = 10_000;
/** Drawings that a workbook has already number their shapes from 1 on. */
const firstBlock = 1_000;
const ownId = 'rIdAftersalesCheck';

/**
 * Gives a file back with its findings marked and the summary in front: an .xlsx as it is but for that, anything else as an .xlsx of the same cells.
 * @throws WorkbookError as reading it
 */
export async function annotateJob(request: AnnotateRequest): Promise<Uint8Array<ArrayBuffer>> {
	const plain = async () => await annotate(await plainPackage(await openSource(request)), request);
	if (describeBytes(request.bytes).kind !== 'xlsx') return await plain();
	try {
		return await annotate(packageOf(await guardWorkbook(request.bytes, request)), request);
	} catch (error) {
		if (error instanceof CannotPatch) return await plain();
		throw error;
	}
}

async function annotate(parts: WorkbookPackage, { findings, options }: AnnotateRequest): Promise<Uint8Array<ArrayBuffer>> {
	const zip = new ZipWriter();
	const rootRelations = readRelations(await textOf(parts, '_rels/.rels'), '');
	const workbookPath = rootRelations.find(({ type }) => type.endsWith('/officeDocument'))?.path ?? 'xl/workbook.xml';
	const relations = readRelations(await textOf(parts, relationsOf(workbookPath)), workbookPath);
	const workbook = patchWorkbook(await textOf(parts, workbookPath), relations, ownId);
	const stylesPath = relations.find(({ type }) => type.endsWith('/styles'))?.path ?? posix.join(posix.dirname(workbookPath), 'styles.xml');
	const styles = stylesOf(await textOf(parts, stylesPath));
	const nameFor = freeNames(parts);
	const summaryPath = nameFor((number) => `xl/worksheets/sheet${number}.xml`);
	const added: AddedPart[] = [{ path: summaryPath, kind: 'worksheet' }];
	const hasStyles = has(parts, stylesPath);
	if (!hasStyles) added.push({ path: stylesPath, kind: 'styles' });
	const written = new Set([...workbook.dropped, ...[summaryPath, workbookPath, relationsOf(workbookPath), stylesPath, '[Content_Types].xml', '_rels/.rels'].map((name) => name.toLowerCase())]);
	let commentsLeft = commentsShown;
	let commentsLeftOut = 0;
	let block = firstBlock;
	for (const sheet of workbook.sheets) {
		const made = await writeSheet(zip, parts, { sheet, styles, findings: findingsOn(sheet, findings), commentsLeft, nameFor, block });
		added.push(...made.added);
		for (const name of made.written) written.add(name.toLowerCase());
		commentsLeft -= made.comments;
		block += blocksFor(made.comments);
		commentsLeftOut += made.commentsLeftOut;
	}
	await zip.add(summaryPath, summarySheet(findings, { ...options, commentsLeftOut }, styles));
	await zip.add(stylesPath, [styles.toXml()]);
	await zip.add(workbookPath, [workbook.xml]);
	const news = [{ id: ownId, type: 'worksheet', path: summaryPath }, ...(hasStyles ? [] : [{ id: `${ownId}Styles`, type: 'styles', path: stylesPath }])];
	await zip.add(relationsOf(workbookPath), [writeRelations(workbookPath, workbook.keptRelations, news)]);
	await zip.add('_rels/.rels', [writeRelations('', rootRelations.filter(({ type }) => !/\/(?:extensibility|origin)$/.test(type)))]);
	await copyRest(zip, parts, written);
	await zip.add('[Content_Types].xml', [patchContentTypes(await textOf(parts, '[Content_Types].xml'), added, new Set([...workbook.dropped, ...parts.names.map((name) => name.toLowerCase()).filter(isLeftOut)]))]);
	return zip.end();
}

/** Names as Excel itself would give them: some programs find parts by name only. */
function freeNames({ names }: WorkbookPackage): (nameOf: (number: number) => string) => string {
	const taken = new Set(names.map((name) => name.toLowerCase()));
	return (nameOf) => {
		let number = 1;
		while (taken.has(nameOf(number).toLowerCase())) number++;
		taken.add(nameOf(number).toLowerCase());
		return nameOf(number);
	};
}

function stylesOf(xml: string): StyleBook {
	try {
		return new StyleBook(xml === '' ? emptyStyles : xml);
	} catch (cause) {
		throw new CannotPatch('styles in another dialect', { cause });
	}
}

function findingsOn({ name }: KeptSheet, findings: readonly Finding[]): RowFindings {
	const here = findings.filter(({ sheet, row }) => row !== null && sheet === name);
	return Map.groupBy(here, ({ row }) => row as number);
}

type SheetWork = { readonly sheet: KeptSheet; readonly styles: StyleBook; readonly findings: RowFindings; readonly commentsLeft: number; readonly nameFor: ReturnType<typeof freeNames>; readonly block: number };
type SheetMade = { readonly added: AddedPart[]; readonly written: string[]; readonly comments: number; readonly commentsLeftOut: number };

/** The sheet, its comments, their drawing, and the relations that tie them together. */
async function writeSheet(zip: ZipWriter, parts: WorkbookPackage, { sheet: { path }, styles, findings, commentsLeft, nameFor, block }: SheetWork): Promise<SheetMade> {
	const relations = readRelations(await textOf(parts, relationsOf(path)), path);
	const oldComments = relations.find(({ type }) => type.endsWith('/comments'));
	const drawing = relations.find(({ type }) => type.endsWith('/vmlDrawing'));
	const needsComments = findings.size > 0 || oldComments !== undefined;
	const marked: MarkedCell[] = [];
	await zip.add(path, patchSheet(parts.chunks(path), findings, styles, marked, needsComments && drawing === undefined ? `${ownId}Drawing` : null));
	const kept = relations.filter(({ type }) => !type.endsWith('/queryTable'));
	if (!needsComments) {
		if (relations.length > 0) await zip.add(relationsOf(path), [writeRelations(path, kept)]);
		return { added: [], written: [path, relationsOf(path)], comments: 0, commentsLeftOut: 0 };
	}
	const commentsPath = oldComments?.path ?? nameFor((number) => `xl/comments${number}.xml`);
	const drawingPath = drawing?.path ?? nameFor((number) => `xl/drawings/vmlDrawing${number}.vml`);
	const shown = marked.slice(0, commentsLeft);
	const made = withComments({ comments: oldComments ? await textOf(parts, commentsPath) : '', drawing: drawing ? await textOf(parts, drawingPath) : '' }, shown, block);
	await zip.add(commentsPath, [made.comments]);
	await zip.add(drawingPath, [made.drawing]);
	const news = [...(oldComments ? [] : [{ id: `${ownId}Comments`, type: 'comments', path: commentsPath }]), ...(drawing ? [] : [{ id: `${ownId}Drawing`, type: 'vmlDrawing', path: drawingPath }])];
	await zip.add(relationsOf(path), [writeRelations(path, kept, news)]);
	return { added: [{ path: commentsPath, kind: 'comments' }], written: [path, relationsOf(path), commentsPath, drawingPath], comments: shown.length, commentsLeftOut: marked.length - shown.length };
}

/** Charts, pictures, print set-up and the like come back byte for byte; tables forget the formulas of their columns. */
async function copyRest(zip: ZipWriter, parts: WorkbookPackage, written: ReadonlySet<string>): Promise<void> {
	for (const name of parts.names) {
		const lower = name.toLowerCase();
		if (written.has(lower) || lower.endsWith('/') || isLeftOut(lower)) continue;
		if (/^xl\/tables\/[^/]+\.xml$/.test(lower)) await zip.add(name, [withoutTableFormulas(await textOf(parts, name))]);
		else await parts.copyTo(zip, name);
	}
}

/** Parts that only code, links to other files, signatures and query tables are made of. */
const isLeftOut = (name: string): boolean => /^(?:xl\/(?:externallinks|macrosheets|querytables|tables\/_rels)\/|_xmlsignatures\/|customui\/)|^xl\/(?:vba\w*\.(?:bin|xml)|_rels\/vbaproject\.bin\.rels|connections\.xml|calcchain\.xml)$/.test(name);

const withoutTableFormulas = (xml: string): string =>
	xml.replace(/<(calculatedColumnFormula|totalsRowFormula)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g, '').replace(/\s(?:tableType|queryTableFieldId)\s*=\s*"[^"]*"/g, (found) => (attributeOf(found, 'tableType') === 'queryTable' || found.includes('queryTableFieldId') ? '' : found));
