import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { requestKinds } from '../../domain/parts/partRequestPaper';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { addMonths, dayOf, monthOf, nextMonth, readMonth } from '../../domain/shared/zonedTime';
import { companyZone } from '../../engine/engine';
import { withCompanySynonyms } from '../../engine/importSynonyms';
import { countSheet, dealerMonth, freightSheets, masterData, openingStockSheet, outletPapers, qaResults, rmaApplications, type ImportTarget, type RequestHead } from '../../engine/importTargets';
import { monthIn } from '../../engine/monthIn';
import type { Row, Store } from '../../engine/store';
import { codeOf } from '../shared/readCode';

/** What the node was told about a file: which tables it should hold, whose they are, and of which month. */
export type Expected = { readonly content: string; readonly targets: readonly ImportTarget[]; readonly outlet: Row | undefined; readonly month: string | null };

const ofOutlet = ['dealerMonth', 'qaResults', 'outletPapers'];
const everything = { show: { content: ['outletPapers'] } };
const byMail = { show: { content: ['outletPapers', 'rmaApplications'] } };

/** Whose file it is, of which month, and what goes with a request. */
export const outletProperties: INodeProperties[] = [
	{
		displayName: 'Outlet',
		name: 'outlet',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		displayOptions: { show: { content: ofOutlet } },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchOutlets', searchable: true } },
			{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'W01' },
		],
	},
	{ displayName: 'Sender', name: 'sender', type: 'string', default: '', placeholder: 'w01@example.com', description: 'Mail address the file came from: names the outlet when none is given above, answers an application without address', displayOptions: byMail },
	{ displayName: 'Month', name: 'month', type: 'string', default: '', placeholder: '2025-05', description: 'For what an outlet sends also a text that names one, such as a subject; empty is last month there', displayOptions: { show: { content: ofOutlet } } },
	{ displayName: 'Request Kind', name: 'requestKind', type: 'options', options: Object.entries({ monthly: 'Monthly 月度', emergency: 'Emergency 紧急', presale: 'Pre-Sale Unit 售前机' }).map(([value, name]) => ({ name, value })), default: 'monthly', displayOptions: everything },
	{ displayName: 'Request Month', name: 'requestMonth', type: 'string', default: '', placeholder: '2025-07', description: 'The month parts are asked for; empty is next month', displayOptions: everything },
	{ displayName: 'Sealed', name: 'sealed', type: 'boolean', default: false, description: 'Whether the request carries the outlet\'s seal', displayOptions: everything },
	{ displayName: 'Signed By Regional Manager', name: 'regionSignedBy', type: 'string', default: '', placeholder: 'R01', description: 'Staff no; for pre-sale units', displayOptions: everything },
	{ displayName: 'Reason', name: 'requestReason', type: 'string', default: '', description: 'Why an emergency cannot wait', displayOptions: everything },
	{ displayName: 'Unit', name: 'serial', type: 'string', default: '', description: 'Serial number of the pre-sale unit', displayOptions: everything },
];

/** @throws RuleViolation for an unknown outlet or month */
export async function expectedIn(context: IExecuteFunctions, store: Store, item: number): Promise<Expected> {
	const content = context.getNodeParameter('content', item) as string;
	const withSynonyms = async (targets: ImportTarget[]) => await withCompanySynonyms(store, targets);
	if (content === 'rmaApplications') return { content, targets: await withSynonyms(rmaApplications(addressIn(textOf(context, item, 'sender')) || null, dayOf(new Date().toISOString(), await companyZone(store)))), outlet: undefined, month: null };
	const general = withoutOutlet[content];
	if (general !== undefined) return { content, targets: await withSynonyms(general()), outlet: undefined, month: null };
	const today = dayOf(new Date().toISOString(), await companyZone(store));
	const month = monthOfFile(context, item, content, today);
	const outlet = await outletOfFile(context, store, item, content);
	const no = String(outlet['no']);
	const targets = content === 'outletPapers' ? outletPapers(no, month, requestMonth(context, item, today), headOf(context, item)) : content === 'qaResults' ? qaResults(no, month) : dealerMonth(no, month);
	return { content, targets: await withSynonyms(targets), outlet, month };
}

const withoutOutlet: Readonly<Record<string, () => ImportTarget[]>> = { masterData, openingStock: openingStockSheet, stockCount: countSheet, freight: freightSheets };

function monthOfFile(context: IExecuteFunctions, item: number, content: string, today: string): string {
	const entered = textOf(context, item, 'month');
	const month = content === 'outletPapers' ? monthSent(entered, today, textOf(context, item, 'sender') !== '') : readMonth(entered);
	if (month === null) throw new RuleViolation('FIELD_INVALID', `月份“${entered}”无法识别`, '请按 2025-05 的格式填写');
	if (month > monthOf(today)) throw new RuleViolation('FIELD_INVALID', `月份 ${month} 还没有到`, '请核对月份');
	return month;
}

/** Last month, unless another is named; a mail's subject need not name one, what somebody fills in must. */
const monthSent = (entered: string, today: string, isMail: boolean): string | null =>
	monthIn(entered, today) ?? (entered.trim() === '' || isMail ? monthOf(addMonths(`${monthOf(today)}-01`, -1)) : null);

async function outletOfFile(context: IExecuteFunctions, store: Store, item: number, content: string): Promise<Row> {
	const code = codeOf(String(context.getNodeParameter('outlet', item, '', { extractValue: true }))).normalize('NFKC').trim();
	const sender = content === 'outletPapers' ? addressIn(textOf(context, item, 'sender')) : '';
	if (code === '' && sender !== '') {
		const [outlet] = await store.load('outlet', 'mail', [sender]);
		if (outlet === undefined) throw new RuleViolation('NOT_FOUND', `没有邮箱为“${sender}”的服务网点`, '请用网点登记的邮箱发送，或联系售后部登记邮箱');
		return outlet;
	}
	const found = await store.load('outlet', 'no', [code, code.toUpperCase()]);
	const outlet = found.find(({ no }) => no === code) ?? found[0];
	if (outlet === undefined) throw new RuleViolation('NOT_FOUND', `没有编码为“${code}”的服务网点`, '请核对网点编码（在网点协议或对帐单上），或联系售后部登记');
	return outlet;
}

/** What was filled in; forms give null for what was not. */
const textOf = (context: IExecuteFunctions, item: number, name: string): string => String(context.getNodeParameter(name, item, '') ?? '').trim();

/** `城北网点 <w01@x.cn>` → the address. */
const addressIn = (from: string): string => (/<([^>]+)>/.exec(from)?.[1] ?? from).trim().toLowerCase();

function requestMonth(context: IExecuteFunctions, item: number, today: string): string {
	const entered = textOf(context, item, 'requestMonth');
	if (entered === '') return nextMonth(monthOf(today));
	const month = readMonth(entered);
	if (month === null) throw new RuleViolation('FIELD_INVALID', `申请月份“${entered}”无法识别`, '请按 2025-07 的格式填写，空白为下月', 'P-021');
	return month;
}

function headOf(context: IExecuteFunctions, item: number): RequestHead {
	const text = (name: string) => textOf(context, item, name) || null;
	const asked = text('requestKind') ?? 'monthly';
	const requestKind = (Object.keys(requestKinds) as (keyof typeof requestKinds)[]).find((kind) => kind === asked || requestKinds[kind] === asked) ?? 'monthly';
	const sealed = context.getNodeParameter('sealed', item, false) as unknown;
	return { requestKind, sealed: sealed === true || sealed === '是' || (Array.isArray(sealed) && sealed.length > 0), regionSignedBy: codeOf(text('regionSignedBy') ?? '') || null, reason: text('requestReason'), serial: text('serial') };
}
