import type { Month } from '../domain/document/fields';
import type { DocumentDeclaration } from '../domain/document/document';
import { caseForms, copiesOf, registerForms, rowForms, type CaseForm, type RowForm } from '../domain/paper/forms';
import { makePaper, type PaperHead } from '../domain/paper/makePaper';
import type { Layout, PaperModel } from '../domain/paper/paperModel';
import { paperOf } from '../domain/paper/paperOf';
import { nothing } from '../domain/paper/serviceCase';
import { shown, type Shown } from '../domain/paper/shown';
import type { TeamWeek } from '../domain/technician/teamWeek';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { addMonths, isDay, localTime, monthOf, readMonth, startOfDay } from '../domain/shared/zonedTime';
import { givenFor, SYSTEM, type Standing } from './engine';
import { codesIn, loadCase, loadCallLines, loadGoodsLines, loadReturnVisits, namesOf, type KnownRow } from './paperRows';
import { documentOf, documents } from './registry';
import type { Row, Store } from './store';
import { mayRead, readable } from './visibility';
import { weekDue, weekEnd, weekRecordFor } from './technicianReports';

export type PrintableForm = { readonly form: string; readonly name: string; readonly kind: string | null };

/** The forms a document of a kind prints as, the usual one first; the standard form goes by the kind. */
export const formsOf = (kind: string): PrintableForm[] => [
	...caseForms.filter(({ kinds }) => kinds.includes(kind)).map(({ form, name }) => ({ form, name, kind })),
	...rowForms.filter((each) => each.kind === kind).map(({ form, name }) => ({ form, name, kind })),
	{ form: kind, name: `${documentOf(kind).label.zh}（标准格式）`, kind },
];

/** Everything that can be printed, also empty: forms with a look of their own, registers, the standard form of other documents. */
export const printableForms: readonly PrintableForm[] = [
	...[...caseForms.map(({ form, name, kinds }) => ({ form, name, kind: kinds[0] ?? null })), ...[...registerForms, ...rowForms].map(({ form, name, kind }) => ({ form, name, kind }))].sort((a, b) => (a.form < b.form ? -1 : 1)),
	...documents.filter(({ kind }) => !caseForms.some(({ kinds }) => kinds[0] === kind) && !rowForms.some((form) => form.kind === kind)).map(({ kind, label }) => ({ form: kind, name: label.zh, kind })),
];

/** Who prints and when: what he may read; flows print everything. @rule O-030 */
export type Asked = { readonly now: string; readonly actor?: string };
/** `period`: the month of the lines that belong to a paper, such as the moves on a stock card; the year that runs when left out. */
type Wanted = Asked & { readonly form?: string | undefined; readonly period?: string | undefined };

/**
 * A stored paper as it is printed, in any state.
 * @rule M-101 — every document prints, with its own form or the standard one
 * @throws RuleViolation NOT_FOUND for an unknown number, FIELD_INVALID for a form that is not of this kind
 */
export async function paperFor(store: Store, kind: string, no: string, { form, period = '', ...asked }: Wanted): Promise<PaperModel> {
	const document = documentOf(kind);
	const [row] = await store.load(kind, 'no', [no]);
	if (row === undefined) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的${document.label.zh}`, '请核对编号');
	const wanted = formsOf(kind).find((each) => form === undefined || each.form === form);
	if (wanted === undefined) throw unknownForm(form ?? '', formsOf(kind));
	const known = caseForms.find((each) => each.form === wanted.form);
	const standing = await standingOf(store, asked);
	if (!(await mayRead(store, document, standing.actor, row))) throw mayNot(standing, `${document.label.zh} ${no}`);
	const own = rowForms.find((each) => each.form === wanted.form);
	if (own !== undefined) return await rowPaper(store, own, row, { period, standing });
	return known === undefined ? await standardPaper(store, document, row, standing) : await casePaper(store, known, kind, row, standing);
}

async function casePaper(store: Store, form: CaseForm, kind: string, row: Row, standing: Standing): Promise<PaperModel> {
	const data = await loadCase(store, kind, row, standing.settings);
	const print = await printing(store, data.rows, standing);
	return print.paper(form.form, form.layOut(data.case, print.shown, standing.settings['general.company_name']), headOf(documentOf(kind), row, print.shown));
}

async function rowPaper(store: Store, { form, kind, lines, layOut }: RowForm, row: Row, { period, standing }: { period: string; standing: Standing }): Promise<PaperModel> {
	const month = period === '' ? null : readMonth(period);
	if (period !== '' && month === null) throw new RuleViolation('FIELD_INVALID', `月份“${period}”无法识别`, '请按“编号 2025-05”的格式填写，不填月份为本年');
	const during = month ?? standing.today.slice(0, 4);
	const { before, rows } = lines === undefined ? { before: null, rows: [] } : await belongingTo(store, lines, String(row[lines.key]), during);
	const print = await printing(store, [[kind, row], ...rows.map((line): KnownRow => [lines?.kind ?? kind, line])], standing);
	return print.paper(form, layOut(row as never, print.shown, { period: during, before, rows } as never), headOf(documentOf(kind), row, print.shown));
}

/** In the order they were written. */
async function belongingTo(store: Store, { kind, by }: NonNullable<RowForm['lines']>, value: string, during: string): Promise<{ before: Row | null; rows: Row[] }> {
	const own = { column: by, is: '=', value } as const;
	const [before] = await store.list(kind, { where: [own, { column: 'day', is: '<', value: during }], orderBy: [{ column: 'createdAt', descending: true }, { column: 'no', descending: true }], limit: 1 });
	return { before: before ?? null, rows: await store.list(kind, { where: [own, { column: 'day', is: 'like', value: `${during}%` }], orderBy: [{ column: 'createdAt' }, { column: 'no' }] }) };
}

async function standardPaper(store: Store, document: DocumentDeclaration, row: Row, standing: Standing): Promise<PaperModel> {
	const print = await printing(store, [[document.kind, row]], standing);
	const copies = copiesOf(document.form, row);
	return print.paper(document.kind, { ...paperOf(document, row, print.shown), ...(copies === undefined ? {} : { copies }) }, headOf(document, row, print.shown));
}

const headOf = ({ states }: DocumentDeclaration, row: Row, { name, time }: Shown) => ({
	no: String(row['no']),
	remark: `状态：${states[String(row['state'])] ?? String(row['state'])}`,
	madeBy: `${row['createdBy'] === SYSTEM ? '系统' : name('person', String(row['createdBy']))} ${time(String(row['createdAt']))}`,
});

const mayNot = ({ actor }: Standing, what: string): RuleViolation => new RuleViolation('NOT_ALLOWED', `${actor.name}（${actor.code}）不能打印${what}`, '只能打印自己有权查看的单据', 'O-030');

const standingOf = async (store: Store, { now, actor = SYSTEM }: Asked): Promise<Standing> => await givenFor(store, { actor, now });

/** What all papers printed now share, with the names these rows speak of. */
async function printing(store: Store, rows: readonly KnownRow[], { now, settings, calendar }: Standing) {
	const common = { company: settings['general.company_name'], printedAt: localTime(now, calendar.zone) };
	return {
		shown: shown(calendar.zone, await namesOf(store, codesIn(rows))),
		paper: (form: string, layout: Layout, head: Omit<PaperHead, 'form' | 'company' | 'printedAt'>): PaperModel => makePaper(layout, { form, ...common, ...head }),
	};
}

/**
 * The register of a month, or of what is open now when none is given; the week's table of the week a day is in; as many pages as it takes.
 * @throws RuleViolation FIELD_INVALID for a form that is no register, or a month or day that is none
 */
export async function registerPaper(store: Store, form: string, period: string, asked: Asked): Promise<PaperModel> {
	const register = registerForms.find((each) => each.form === form);
	if (register === undefined) throw unknownForm(form, registerForms);
	const standing = await standingOf(store, asked);
	const limits = await readable(store, documentOf(register.kind), standing.actor);
	if (register.kind === 'daily_report') {
		if (limits.length > 0) throw mayNot(standing, register.name);
		return await weekPaper(store, register, period.trim(), standing);
	}
	const month = monthAsked(register.kind, period.trim(), standing);
	const { zone } = standing.calendar;
	const during = month === null ? null : { from: startOfDay(`${month}-01`, zone), to: startOfDay(addMonths(`${month}-01`, 1), zone) };
	const { lines, rows } = await loaders[register.kind](store, during, limits);
	const print = await printing(store, rows, standing);
	const head = { no: `${form}-${(month ?? standing.today).replaceAll('-', '')}`, remark: month === null ? '在办' : `${month.replace('-', ' 年 ')} 月`, madeBy: '' };
	return print.paper(form, register.layOut(lines as never[], print.shown), head);
}

const loaders = { call: loadCallLines, goods_register: loadGoodsLines, return_visit: loadReturnVisits } as const;

/** Null for what is open now; a register in which nothing stays open has the month that runs. */
function monthAsked(kind: keyof typeof loaders, period: string, { today }: Standing): Month | null {
	if (period === '') return kind === 'return_visit' ? monthOf(today) : null;
	const month = readMonth(period);
	if (month === null) throw new RuleViolation('FIELD_INVALID', `月份“${period}”无法识别`, '请按 2025-05 的格式填写，空白为在办');
	return month;
}

/** @rule T-005 — the week of a day, or the last one that is due */
async function weekPaper(store: Store, { form, layOut }: { form: string; layOut: (weeks: readonly TeamWeek[]) => Layout }, day: string, standing: Standing): Promise<PaperModel> {
	if (day !== '' && !isDay(day)) throw new RuleViolation('FIELD_INVALID', `日期“${day}”无法识别`, '周表请填写该周的任意一天，例如 2025-05-16；空白为最近一周');
	const last = day === '' ? weekDue(standing) : weekEnd(day, standing.settings);
	const print = await printing(store, [], standing);
	return print.paper(form, layOut([await weekRecordFor(store, last, standing)]), { no: `${form}-${last.replaceAll('-', '')}`, remark: '', madeBy: '' });
}

/**
 * A form to be filled in by hand: no number, no code.
 * @throws RuleViolation NOT_FOUND for a form that is not in the list
 */
export async function blankPaper(store: Store, form: string, asked: Asked): Promise<PaperModel> {
	const print = await printing(store, [], await standingOf(store, asked));
	const layout = blankLayout(form, print.shown);
	if (layout === null) throw unknownForm(form, printableForms);
	return print.paper(form, layout, { no: '', remark: '', madeBy: '' });
}

function blankLayout(form: string, shownAs: Shown): Layout | null {
	const own = caseForms.find((each) => each.form === form);
	if (own !== undefined) return own.layOut(nothing, shownAs, '');
	const ofRow = rowForms.find((each) => each.form === form);
	if (ofRow !== undefined) return ofRow.layOut(null as never, shownAs, { period: '', before: null, rows: [] });
	const register = registerForms.find((each) => each.form === form);
	if (register !== undefined) return register.layOut([], shownAs);
	const document = documents.find(({ kind }) => kind === form);
	if (document === undefined) return null;
	const copies = copiesOf(document.form, null);
	return { ...paperOf(document, null, shownAs), ...(copies === undefined ? {} : { copies }) };
}

/**
 * What somebody asks for by form alone: a register of the month `subject` (empty: what is open), the paper numbered `subject`, or a blank form.
 * @throws RuleViolation as the three
 */
export async function printForm(store: Store, form: string, subject: string, asked: Asked): Promise<PaperModel> {
	if (registerForms.some((each) => each.form === form)) return await registerPaper(store, form, subject, asked);
	if (subject === '') return await blankPaper(store, form, asked);
	const ofRow = rowForms.find((each) => each.form === form);
	const kinds = ofRow !== undefined ? [ofRow.kind] : caseForms.find((each) => each.form === form)?.kinds ?? documents.filter(({ kind }) => kind === form).map(({ kind }) => kind);
	if (kinds.length === 0) throw unknownForm(form, printableForms);
	const [no = '', period] = ofRow?.lines === undefined ? [subject] : subject.split(/\s+/);
	for (const kind of kinds) {
		if ((await store.load(kind, 'no', [no])).length > 0) return await paperFor(store, kind, no, { form, period, ...asked });
	}
	throw new RuleViolation('NOT_FOUND', `没有编号为“${subject}”的${kinds.map((kind) => documentOf(kind).label.zh).join('或')}`, '请核对编号和表单');
}

const unknownForm = (form: string, list: readonly { readonly form: string; readonly name: string }[]): RuleViolation =>
	new RuleViolation('FIELD_INVALID', `没有可打印的表单“${form}”`, `请选择：${list.map((each) => `${each.form} ${each.name}`).join('、')}`);
