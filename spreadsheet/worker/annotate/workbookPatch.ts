import { attributeOf } from '../read/scanXml';
import { officeRelations, type Relation } from './relations';
import { CannotPatch } from './sheetPatch';
import { summaryName } from './summarySheet';
import { withAttribute, xmlText } from './xmlText';

/** A sheet of the workbook that stays. */
export type KeptSheet = { readonly name: string; readonly path: string };

export type WorkbookPatch = { readonly xml: string; readonly sheets: readonly KeptSheet[]; readonly keptRelations: readonly Relation[]; /** Parts that do not come back. */ readonly dropped: ReadonlySet<string> };

/** Code, live links to other files, and the order of formulas that are gone. */
const unwanted = /\/(?:vbaProject|wordVbaData|externalLink|externalLinkPath|connections|queryTable|xlMacrosheet|xlIntlMacrosheet|calcChain|attachedToolbars)$/;
const isSheet = /\/(?:worksheet|chartsheet|dialogsheet)$/;

/**
 * Rewrites the list of sheets: the summary comes first and opens; an earlier one, macro sheets and links to other files go,
 * and names that need them.
 * @throws CannotPatch for a workbook in another dialect
 */
export function patchWorkbook(xml: string, relations: readonly Relation[], summaryId: string): WorkbookPatch {
	if (!/<workbook\b/.test(xml) || xml.includes('purl.oclc.org')) throw new CannotPatch('another dialect');
	const byId = new Map(relations.map((relation) => [relation.id, relation]));
	const all = [...xml.matchAll(/<sheet\b[^>]*?\/?>/g)].map(([raw]) => {
		const id = attributeOf(raw, 'r:id') ?? /\s\w+:id\s*=\s*"([^"]*)"/.exec(raw)?.[1] ?? '';
		const relation = byId.get(id);
		const name = attributeOf(raw, 'name') ?? '';
		return { raw: raw.replace(/\s*\/?>$/, '/>'), name, relation, number: Number(attributeOf(raw, 'sheetId') ?? 0), stays: name !== summaryName && relation !== undefined && isSheet.test(relation.type) };
	});
	const kept = all.filter(({ stays }) => stays);
	const gone = new Set(all.filter(({ stays }) => !stays).map(({ relation }) => relation));
	const isDropped = (relation: Relation) => gone.has(relation) || unwanted.test(relation.type);
	const summary = `<sheet xmlns:r="${officeRelations}" name="${xmlText(summaryName)}" sheetId="${Math.max(0, ...all.map(({ number }) => number)) + 1}" r:id="${summaryId}"/>`;
	const places = new Map(all.map((sheet, index) => [index, kept.indexOf(sheet)]));
	const patched = xml
		.replace(/<sheets\b[\s\S]*?<\/sheets>/, () => `<sheets>${summary}${kept.map(({ raw }) => raw).join('')}</sheets>`)
		.replace(/<externalReferences\b[\s\S]*?<\/externalReferences>/, '')
		.replace(/<definedName\b[^>]*>[\s\S]*?<\/definedName>/g, (whole) => patchName(whole, places))
		.replace(/<definedNames>\s*<\/definedNames>/, '')
		.replace(/<workbookView\b[^>]*>/g, (tag) => withAttribute(withAttribute(tag, 'activeTab', '0'), 'firstSheet', '0'));
	return {
		xml: patched,
		sheets: kept.flatMap(({ name, relation }) => (relation?.path && relation.type.endsWith('/worksheet') ? [{ name, path: relation.path }] : [])),
		keptRelations: relations.filter((relation) => !isDropped(relation)),
		dropped: new Set(relations.filter(isDropped).flatMap(({ path }) => path?.toLowerCase() ?? [])),
	};
}

/** Sheets move by one; a name that calls code or another file goes. */
function patchName(whole: string, places: ReadonlyMap<number, number>): string {
	const tag = whole.slice(0, whole.indexOf('>') + 1);
	if (/\s(?:function|vbProcedure|xlm)\s*=\s*["'](?:1|true)/.test(tag) || /\[\d+\]/.test(whole.slice(tag.length))) return '';
	const local = attributeOf(tag, 'localSheetId');
	if (local === null) return whole;
	const place = places.get(Number(local)) ?? -1;
	return place < 0 ? '' : whole.replace(tag, () => withAttribute(tag, 'localSheetId', String(place + 1)));
}
