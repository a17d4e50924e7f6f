import { createHash, randomUUID } from 'node:crypto';
import type { EventDeclaration, RecordDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import { columnLetter } from '../domain/import/columnLetter';
import { stopsSheet, type Finding } from '../domain/import/finding';
import { synonymProblem, type HeaderSynonym } from '../domain/import/headerSynonyms';
import { pairTables } from '../domain/import/pairTables';
import { readTable, type TableReading, type TableRow } from '../domain/import/readTable';
import type { SheetDataLike } from '../domain/import/sheetDataLike';
import { roleOf, roles } from '../domain/organisation';
import { settingProblem } from '../domain/settings';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { readInstant } from '../domain/shared/zonedTime';
import { rolesFor, type EventItem } from './applyEvent';
import { apply, companyZone, givenFor, SYSTEM, type ApplyOptions } from './engine';
import { synonymsOf, withCompanySynonyms } from './importSynonyms';
import { asStored, knownLayouts, type ImportTarget } from './importTargets';
import { inSteps } from './inSteps';
import { documentOf, recordOf, records } from './registry';
import { saveRecords } from './saveRecords';
import { within, type Row, type Store } from './store';

/** `check` stores nothing; `rows` stores the sound rows; `whole` stores all or nothing. */
export type ImportMode = 'check' | 'rows' | 'whole';

export type ImportedRow = { readonly kind: string; readonly sheet: string; readonly row: number; readonly no: string; readonly values: Readonly<Record<string, unknown>> };

export type ImportResult = {
	readonly accepted: readonly (ImportedRow & { /** Stored before with the same values. */ readonly known: boolean })[];
	readonly rejected: readonly (ImportedRow & { readonly reasons: readonly string[] })[];
	readonly findings: readonly Finding[];
	/** Which header was read as which field. */
	readonly mapping: readonly { readonly sheet: string; readonly header: string; readonly field: string }[];
	readonly stored: number;
	readonly known: number;
	/** When the same file was stored before, and what it was called. */
	readonly before: { readonly fileName: string; readonly at: string } | null;
};

/** `key` is the same for the same content given for the same purpose. */
export type ImportedFile = { readonly key: string; readonly name: string };

/** Tables as they were found in a file, each by the layout of one of the targets. */
export type TablesRead = { readonly tables: readonly { readonly layout: ImportTarget['layout']; readonly sheet: string; readonly reading: TableReading }[]; readonly ignored: readonly Finding[] };

/** Reads tables and hands their rows over as they come, so that nobody keeps a large table twice; the tables it returns in the end need not have them. */
export type TablesSource = (take: (table: { readonly layout: ImportTarget['layout']; readonly sheet: string; readonly mapping: TableReading['mapping'] }, rows: readonly TableRow[]) => Promise<void>) => Promise<TablesRead>;

/** Sound rows become candidates; the others are kept to be given back. `blank` is what the values of a row are copied from: copies of one object share its shape. */
type Read = { readonly target: ImportTarget; readonly sheet: string; readonly mapping: TableReading['mapping']; readonly blank: Readonly<Record<string, unknown>>; readonly refused: TableRow[] };
type Candidate = ImportedRow & { readonly read: Read; readonly stored: Row | null };

/**
 * Reads, checks and stores the sheets of a workbook, all of them in one transaction; a repeated row or workbook changes nothing.
 * @throws RuleViolation NOT_ALLOWED when the acting person may not change these records
 */
export async function importSheets(store: Store, sheets: readonly SheetDataLike[], targets: readonly ImportTarget[], mode: ImportMode, options: ApplyOptions): Promise<ImportResult> {
	const known = await withCompanySynonyms(store, targets);
	const { pairs, ignored } = pairTables(sheets, known.map(({ layout }) => layout));
	const tables = pairs.map(({ layout, sheet }) => ({ layout, sheet: sheet.name, reading: readTable(sheet, layout) }));
	const source: TablesSource = async (take) => {
		for (const { layout, sheet, reading } of tables) await take({ layout, sheet, mapping: reading.mapping }, reading.rows);
		return { tables, ignored };
	};
	return await importTables(store, source, known, mode, options);
}

/**
 * Checks and stores tables as they are read, as importSheets does; `targets` are those whose layouts they are read by.
 * @throws RuleViolation as importSheets, and what the source throws
 */
export async function importTables(store: Store, source: TablesSource, targets: readonly ImportTarget[], mode: ImportMode, options: ApplyOptions, file?: ImportedFile): Promise<ImportResult> {
	const { tables, ignored, reads, candidates } = await candidatesOf(store, source, targets);
	const acting = await importer(store, targets, options);
	const before = file === undefined ? undefined : (await store.load('imported_file', 'key', [file.key]))[0];
	const findings: Finding[] = [];
	await addTo(findings, [...tables.flatMap(({ reading }) => reading.findings), ...ignored]);
	await addTo(findings, await strangers(store, candidates));
	await inSteps(candidates, (rows) => addTo(findings, conflicts(rows)));
	findings.push(...brokenPapers(candidates, rowsWithErrors(findings)));
	const bad = rowsWithErrors(findings);
	const sound = bad.size === 0 ? candidates : candidates.filter((row) => !bad.has(placeOf(row)));
	const news = new Set<Candidate>();
	await inSteps(sound, (rows) => rows.filter((row) => row.stored === null || !isSame(row.read.target, row.values, row.stored)).forEach((row) => news.add(row)));
	const closed = await closedTargets(store, sound, acting);
	if (closed.size > 0) await inSteps(sound, (rows) => rows.filter(({ read }) => closed.has(read.target)).forEach((row) => news.add(row)));
	await checkChanged(store, [...news], acting);
	const denied: Row[] = [];
	const repeated = new Set<Candidate>();
	const outcome = await inOneGo(store, mode, findings, async (inside) => {
		if (file !== undefined) await inside.insertNew('imported_file', [{ key: file.key, fileName: file.name, at: options.now, actor: options.actor }]);
		return await storeRows(inside, [...news], repeated, { ...acting, denied });
	});
	for (const row of repeated) news.delete(row);
	if (denied.length > 0) await store.insert('denial', denied);
	await addTo(findings, outcome.findings);
	const refused = rowsWithErrors(findings);
	const accepted: ImportResult['accepted'][number][] = [];
	if (mode === 'check' || outcome.isStored) await inSteps(sound, (rows) => (refused.size === 0 ? rows : rows.filter((row) => !refused.has(placeOf(row)))).forEach((row) => accepted.push({ ...plain(row), known: !news.has(row) })));
	return {
		accepted,
		rejected: rejectedRows(reads, candidates, findings),
		findings,
		mapping: reads.flatMap(({ sheet, mapping }) => mapping.map(({ header, key }) => ({ sheet, header, field: key }))),
		stored: outcome.isStored ? accepted.filter(({ known }) => !known).length : 0,
		known: sound.length - news.size,
		before: before === undefined ? null : { fileName: String(before['fileName']), at: String(before['at']) },
	};
}

/** Arguments of a call are on the stack: a list of any length does not fit there. */
const addTo = (findings: Finding[], more: readonly Finding[]) => inSteps(more, (some) => void findings.push(...some));

/** Stores and keeps it, or stores and takes it back: in check mode always, in whole mode when anything is wrong, in any mode when a sheet cannot be read. */
async function inOneGo(store: Store, mode: ImportMode, before: readonly Finding[], work: (store: Store) => Promise<Finding[]>): Promise<{ findings: Finding[]; isStored: boolean }> {
	const takenBack = new Error('taken back');
	let findings: Finding[] = [];
	const isStored = await store
		.transaction(async (transaction) => {
			findings = await work(within(transaction, store));
			const isBad = [...before, ...findings].some(({ level }) => level === 'error');
			const isHalf = before.some(stopsSheet);
			if (mode === 'check' || isHalf || (mode === 'whole' && isBad)) throw takenBack;
			return true;
		})
		.catch((error: unknown) => {
			if (error !== takenBack) throw error;
			return false;
		});
	return { findings, isStored };
}

/** Master data is changed by the roles its records name; anyone may load the very first people. @rule O-001 */
async function importer(store: Store, targets: readonly ImportTarget[], options: ApplyOptions): Promise<ApplyOptions> {
	const written = targets.flatMap(({ event, kind }) => (event === null ? [recordOf(kind)] : []));
	if (written.length === 0 || options.actor === SYSTEM) return options;
	if ((await store.list('person', { limit: 1 })).length === 0) return { ...options, actor: SYSTEM };
	const { actor } = await givenFor(store, options);
	const [first] = written;
	if (first !== undefined && !written.some(({ by }) => by.some((role) => actor.roles.includes(role)))) await refuseImport(store, first, actor, options);
	return options;
}

/** Of a workbook with several sheets each changed one is asked for: only the general manager changes settings. @rule O-030 */
async function checkChanged(store: Store, rows: readonly Candidate[], options: ApplyOptions): Promise<void> {
	const changed = [...new Set(rows.flatMap(({ read: { target } }) => (target.event === null ? [target.kind] : [])))].map(recordOf);
	if (changed.length === 0 || options.actor === SYSTEM) return;
	const { actor } = await givenFor(store, options);
	const closed = changed.find(({ by }) => !by.some((role) => actor.roles.includes(role)));
	if (closed !== undefined) await refuseImport(store, closed, actor, options);
}

/** What the acting person may not hand in: also rows that are known already are put to the event, which refuses them. @rule O-030 — what a flow goes on with was given by somebody who may */
async function closedTargets(store: Store, rows: readonly Candidate[], options: ApplyOptions): Promise<ReadonlySet<ImportTarget>> {
	const given = options.actor === SYSTEM ? [] : [...new Set(rows.flatMap(({ read: { target } }) => (target.event === null ? [] : [target])))];
	if (given.length === 0) return new Set();
	const standing = await givenFor(store, options);
	return new Set(given.filter(({ kind, event }) => {
		const allowed = rolesFor(documentOf(kind).events[event ?? ''] as EventDeclaration, standing);
		return allowed !== 'anyone' && !allowed.some((role) => standing.actor.roles.includes(role));
	}));
}

async function refuseImport(store: Store, { kind, label, by }: RecordDeclaration, actor: Actor, { now }: ApplyOptions): Promise<never> {
	const message = `${actor.name}（${actor.code}）不能导入${label.zh}资料`;
	await store.insert('denial', [{ id: randomUUID(), at: now, actor: actor.code, kind, no: '', event: 'import', reason: message }]);
	throw new RuleViolation('NOT_ALLOWED', message, `只有${by.filter((role) => role !== 'system').map((role) => roles[role]).join('、')}可以导入`, 'O-001');
}

async function candidatesOf(store: Store, source: TablesSource, targets: readonly ImportTarget[]): Promise<TablesRead & { reads: Read[]; candidates: Candidate[] }> {
	const zone = await companyZone(store);
	const candidates: Candidate[] = [];
	const started = new Map<ImportTarget['layout'], Read>();
	const { tables, ignored } = await source(async ({ layout, sheet, mapping }, some) => {
		const read = started.get(layout) ?? readOf(targets, layout, sheet, mapping);
		if (read === null) return;
		started.set(layout, read);
		await inSteps(some, async (rows) => await addCandidates(store, candidates, read, rows, zone));
	});
	const reads = tables.flatMap(({ layout, sheet, reading }) => started.get(layout) ?? readOf(targets, layout, sheet, reading.mapping) ?? []);
	return { tables, ignored, reads, candidates };
}

function readOf(targets: readonly ImportTarget[], layout: ImportTarget['layout'], sheet: string, mapping: TableReading['mapping']): Read | null {
	const target = targets.find((each) => each.layout === layout);
	if (target === undefined) return null;
	return { target, sheet, mapping, blank: { ...Object.fromEntries(mapping.map(({ key }) => [key, null])), ...target.fixed }, refused: [] };
}

async function addCandidates(store: Store, candidates: Candidate[], read: Read, some: readonly TableRow[], zone: string): Promise<void> {
	const { target, sheet } = read;
	read.refused.push(...some.filter(({ ok }) => !ok));
	const rows = some.filter(({ ok }) => ok).map((row) => ({ row: row.row, values: withInstants(target, valuesOf(read, row), zone) }));
	const numbers = rows.map(({ values }) => target.numberOf(values));
	const stored = new Map((await store.load(target.kind, 'no', numbers)).map((row) => [String(row['no']), row]));
	rows.forEach(({ row, values }, index) => {
		const no = numbers[index] as string;
		const before = stored.get(no);
		candidates.push({ kind: target.kind, sheet, row, no, values, read, stored: before === undefined || before['state'] === 'Void' ? null : before });
	});
}

function valuesOf({ target, blank }: Read, { values }: TableRow): Record<string, unknown> {
	const converted: Record<string, unknown> = { ...blank };
	for (const key in values) {
		const field = target.fields[key];
		const value = values[key];
		converted[key] = field?.kind === 'flag' && value !== null ? value === 'true' : asStored(field, value);
	}
	return converted;
}

/** Local times become instants; one that cannot be read stays as it is, to be reported. */
function withInstants({ fields }: ImportTarget, values: Record<string, unknown>, zone: string): Record<string, unknown> {
	for (const key in fields) {
		const value = values[key];
		if (fields[key]?.kind === 'instant' && typeof value === 'string') values[key] = readInstant(value, zone) ?? value;
	}
	return values;
}

const wrongTime = (row: Candidate, key: string): Finding[] =>
	typeof row.values[key] === 'string' && !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(row.values[key]) ? [finding(row, key, 'NOT_A_DAY', `“${row.values[key]}”不是时间，请按 2025-06-09 14:30 的格式填写`)] : [];

/** Codes that are not on file, neither stored nor in this workbook; roles nobody knows. */
async function strangers(store: Store, candidates: readonly Candidate[]): Promise<Finding[]> {
	const findings: Finding[] = [];
	const inFile = new Map([...Map.groupBy(candidates.filter(({ read }) => read.target.event === null), ({ kind }) => kind)].map(([kind, rows]) => [kind, new Set(rows.map(({ no }) => no))]));
	const synonyms = [...(await synonymsOf(store)), ...candidates.filter(({ kind }) => kind === 'header_synonym').map(asSynonym)];
	const groups = Map.groupBy(candidates, ({ read }) => read.target);
	for (const [target, all] of groups) {
		for (const [key, field] of Object.entries(target.fields)) {
			const record = field.kind === 'ref' ? records.find(({ kind }) => kind === field.to) : undefined;
			await inSteps(all, async (rows) => {
				if (key === 'roles') findings.push(...rows.flatMap((row) => unknownRoles(row)));
				if (target.kind === 'setting' && key === 'value') findings.push(...rows.flatMap((row) => wrongSetting(row)));
				if (target.kind === 'header_synonym' && key === 'synonym') findings.push(...rows.flatMap((row) => wrongSynonym(row, synonyms)));
				if (field.kind === 'instant') findings.push(...rows.flatMap((row) => wrongTime(row, key)));
				if (record !== undefined) findings.push(...(await notOnFile(store, rows, { key, record, inFile: inFile.get(record.kind) })));
			});
		}
	}
	return findings;
}

type Reference = { readonly key: string; readonly record: RecordDeclaration; readonly inFile: ReadonlySet<string> | undefined };

async function notOnFile(store: Store, rows: readonly Candidate[], { key, record, inFile }: Reference): Promise<Finding[]> {
	const wanted = [...new Set(rows.flatMap(({ values }) => (values[key] === null || values[key] === undefined ? [] : [String(values[key])])))];
	const known = new Set((await store.load(record.kind, 'no', wanted)).map(({ no }) => no));
	return rows.flatMap((row) => {
		const value = row.values[key];
		if (value === null || value === undefined || known.has(value) || inFile?.has(String(value)) === true) return [];
		return [finding(row, key, 'NOT_ON_FILE', `${record.label.zh}资料中没有“${String(value)}”，请核对${record.code.zh}，确实是新的请先登记`)];
	});
}

const asSynonym = ({ no, values }: Candidate): HeaderSynonym => ({ no, sheet: values['sheet'] === null ? null : String(values['sheet']), field: String(values['field']), synonym: String(values['synonym']) });

/** @rule M-101 — a synonym means one column */
function wrongSynonym(row: Candidate, synonyms: readonly HeaderSynonym[]): Finding[] {
	const problem = synonymProblem(asSynonym(row), synonyms.filter(({ no }) => no !== row.no), knownLayouts());
	return problem === null ? [] : [finding(row, problem.key, 'REFUSED', problem.message)];
}

function unknownRoles(row: Candidate): Finding[] {
	const words = String(row.values['roles'] ?? '').split(/[,，、;；\s]+/).filter((word) => word !== '' && roleOf(word) === null);
	return words.map((word) => finding(row, 'roles', 'NOT_ON_FILE', `没有叫“${word}”的角色，请改为角色表中的名称`));
}

function wrongSetting(row: Candidate): Finding[] {
	const problem = settingProblem(String(row.values['key']), String(row.values['value']));
	return problem === null ? [] : [finding(row, problem.field, 'REFUSED', problem.message)];
}

/** A paper that was already given with other values is not overwritten by sending it again. */
function conflicts(candidates: readonly Candidate[]): Finding[] {
	return candidates.flatMap((row) => {
		const { target } = row.read;
		if (target.gather !== undefined) return [];
		const stored = row.stored;
		if (target.event === 'test' && stored !== null && stored['month'] !== target.fixed['month'])
			return [finding(row, 'repairNo', 'DIFFERS_FROM_STORED', `这件旧件登记在 ${String(stored['month'])}，不是 ${target.fixed['month']}，请核对月份`)];
		if (target.event === null || row.stored === null || isSame(target, row.values, row.stored) || target.event === 'test') return [];
		const differing = Object.keys(target.fields).filter((key) => !sameValue(row.values[key], row.stored?.[key]));
		return differing.map((key) => finding(row, key, 'DIFFERS_FROM_STORED', `该单号和配件已登记为“${String(row.stored?.[key] ?? '空')}”，与本次不同；要更正请联系售后部作废原记录`));
	});
}

const isSame = (target: ImportTarget, values: Readonly<Record<string, unknown>>, stored: Row): boolean =>
	[...Object.keys(target.fields), ...Object.keys(target.fixed)].every((key) => sameValue(values[key], stored[key])) && (target.event !== 'test' || stored['state'] === 'Tested');

const sameValue = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null);

/** Products that come on file with a sheet get their voucher, as those of a sale do. @rule V-020 */
async function openVouchers(store: Store, rows: readonly Candidate[], options: ApplyOptions): Promise<void> {
	const fresh = rows.filter(({ kind, stored }) => kind === 'asset' && stored === null);
	const known = new Set((await store.load('voucher', 'asset', fresh.map(({ no }) => no))).map(({ asset }) => asset));
	const items = fresh.filter(({ no }) => !known.has(no)).map(({ no, values }) => ({ input: { asset: no, customer: values['customer'] } }));
	if (items.length > 0) await apply(store, 'voucher', 'open', items, { ...options, actor: SYSTEM });
}

/** In steps of their own: a refusal starts its step again, not the whole file. */
/** @param repeated takes rows that turn out to have been stored before */
async function storeRows(store: Store, rows: readonly Candidate[], repeated: Set<Candidate>, options: ApplyOptions): Promise<Finding[]> {
	const findings: Finding[] = [];
	const saved = rows.filter(({ read }) => read.target.event === null);
	if (saved.length > 0) {
		const given = await givenFor(store, options);
		for (const [kind, group] of Map.groupBy(saved, ({ kind }) => kind)) await inSteps(group, async (some) => void (await saveRecords(store, kind, some.map(({ no, values: { no: _code, ...values } }) => ({ no, values })), given)));
		await inSteps(saved, (some) => openVouchers(store, some, options));
	}
	for (const [target, group] of Map.groupBy(rows.filter(({ read }) => read.target.event !== null), ({ read }) => read.target)) {
		await inSteps(papersIn(target, group), async (papers) => {
			const items = papers.map((rows) => itemOf(target, rows, options.now.slice(0, 10)));
			const outcomes = await apply(store, target.kind, target.event as string, items, { ...options, mode: 'each' });
			outcomes.forEach((outcome, index) => {
				if (outcome.ok && outcome.repeated) for (const row of papers[index] ?? []) repeated.add(row);
				if (!outcome.ok) findings.push(...(papers[index] ?? []).map((row) => finding(row, null, 'REFUSED', `${outcome.violation.message}；${outcome.violation.way}`)));
			});
		});
	}
	return findings;
}

/** A paper made of several rows is taken whole: half a request would stand in the way of the right one. */
function brokenPapers(candidates: readonly Candidate[], bad: ReadonlySet<string>): Finding[] {
	const gathered = candidates.filter(({ read }) => read.target.gather !== undefined);
	const badSheets = new Set([...bad].map((place) => place.split('\u0000')[0]));
	return gathered.filter((row) => badSheets.has(row.sheet) && !bad.has(placeOf(row))).map((row) => finding(row, null, 'REFUSED', `同一张《${row.read.target.layout.title}》有错误的行，整张没有登记；改正标出的行后重新上传`));
}

/** Rows that make a paper: one each, or all with the same number. */
function* papersIn({ gather }: ImportTarget, rows: readonly Candidate[]): Generator<readonly Candidate[], void, undefined> {
	if (gather !== undefined) yield* Map.groupBy(rows, ({ no }) => no).values();
	else for (const row of rows) yield [row];
}

function itemOf({ kind, gather, once, event }: ImportTarget, rows: readonly Candidate[], day: string): EventItem {
	const [{ no, values, stored }] = rows as [Candidate];
	if (gather === undefined) return { no: event === 'test' ? no : null, input: values, key: once === undefined ? null : `${kind}:${createHash('sha256').update(once(values)).digest('hex')}` };
	const input = gather(rows.map((row) => row.values));
	const from: readonly string[] = documentOf(kind).events[event ?? '']?.from ?? [];
	if (!from.includes('new')) return { no, input };
	// A paper that may be given again, such as one sent back, is; any other one comes into being once with its rows.
	const again = stored !== null && from.includes(String(stored['state']));
	return { no: null, input, key: again ? null : `${kind}:${no === '' ? day : ''}:${createHash('sha256').update(JSON.stringify(input)).digest('hex')}` };
}

function finding(row: Candidate, key: string | null, code: Finding['code'], message: string): Finding {
	const column = row.read.mapping.find((each) => each.key === key);
	return {
		sheet: row.sheet,
		row: row.row,
		column: column === undefined ? null : columnLetter(column.columnIndex),
		header: column?.header ?? null,
		value: key === null ? null : String(row.values[key] ?? ''),
		code,
		level: 'error',
		message,
	};
}

const placeOf = ({ sheet, row }: { readonly sheet: string; readonly row: number | null }): string => `${sheet}\u0000${row}`;

const rowsWithErrors = (findings: readonly Finding[]): Set<string> => new Set(findings.filter(({ level, row }) => level === 'error' && row !== null).map(placeOf));

function rejectedRows(reads: readonly Read[], candidates: readonly Candidate[], findings: readonly Finding[]): (ImportedRow & { reasons: string[] })[] {
	const byPlace = Map.groupBy(findings.filter(({ level, row }) => level === 'error' && row !== null), placeOf);
	if (byPlace.size === 0) return [];
	const unread = reads.flatMap((read) => read.refused.map((row) => ({ row, target: read.target, sheet: read.sheet, values: valuesOf(read, row) })));
	const all = [...unread.map(({ row, target, sheet, values }) => ({ kind: target.kind, sheet, row: row.row, no: target.numberOf(values), values })), ...candidates.map(plain)];
	const rejected = all.flatMap((row) => {
		const reasons = byPlace.get(placeOf(row));
		return reasons === undefined ? [] : [{ ...row, reasons: reasons.map(({ header, message }) => (header === null ? message : `${header}：${message}`)) }];
	});
	const order = new Map(reads.map(({ sheet }, index) => [sheet, index]));
	return rejected.sort((a, b) => (order.get(a.sheet) ?? 0) - (order.get(b.sheet) ?? 0) || a.row - b.row);
}

const plain = ({ kind, sheet, row, no, values }: Candidate): ImportedRow => ({ kind, sheet, row, no, values });
