import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../domain/organisation';
import { apply } from '../../engine/engine';
import { importSheets } from '../../engine/importSheets';
import { masterData as targets } from '../../engine/importTargets';
import { documentOf, documents } from '../../engine/registry';
import { saveRecords } from '../../engine/saveRecords';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-06-09 10:00');

/** Columns of the matrix; the service manager is the department's or the after-sales manager. */
const columns: Readonly<Record<string, readonly Role[]>> = {
	receptionist: ['receptionist'],
	technician: ['technician'],
	service_director: ['service_director'],
	service_manager: ['dept_manager', 'after_sales_manager', 'service_manager'],
	accountant: ['accountant'],
	gm_office: ['gm_office'],
	sales: ['sales'],
	qa: ['qa'],
	production: ['production'],
	gm: ['general_manager'],
	storekeeper: ['storekeeper'],
	outlet: ['outlet'],
	group_leader: ['group_leader'],
};

const names = Object.keys(columns);
const allBut = (...allowed: readonly string[]) => names.filter((name) => !allowed.includes(name));
const complaint = (family: string) => ({ family, customerName: '刘女士', phone: '136', content: '态度差' });

type Act = readonly [act: string, kind: string, events: readonly string[], denied: readonly string[], input?: Record<string, unknown>];

/** Rows whose papers exist, with the columns that are "-". */
const acts: readonly Act[] = [
	['register a call', 'call', ['register'], ['accountant', 'gm_office', 'sales', 'qa', 'production', 'storekeeper']],
	['dispatch', 'call', ['assign'], allBut('service_director', 'service_manager', 'group_leader')],
	['visit record and sign-off', 'call', ['reportVisit'], ['gm_office', 'sales', 'qa', 'production', 'gm', 'storekeeper']],
	['cancel the register entry', 'call', ['close'], allBut('receptionist', 'service_director', 'service_manager')],
	['repair card', 'repair_card', ['start', 'help', 'finish', 'pass', 'fail', 'deliver'], ['accountant', 'gm_office', 'sales', 'qa', 'production', 'gm', 'outlet', 'group_leader']],
	['take an item in', 'take_in', ['start'], ['accountant', 'gm_office', 'sales', 'qa', 'production', 'gm', 'outlet', 'group_leader']],
	['confirm a payment', 'charge', ['handOver', 'invoice'], allBut('accountant', 'gm')],
	['daily report', 'daily_report', ['save', 'submit', 'sendBack', 'review'], allBut('technician', 'service_director', 'service_manager')],
	['service complaint', 'complaint', ['register'], ['technician', 'accountant', 'production', 'storekeeper', 'outlet'], complaint('service')],
	['close a complaint', 'complaint', ['resolve'], ['technician', 'accountant', 'production', 'storekeeper', 'outlet']],
	['quality complaint', 'complaint', ['register'], ['receptionist', 'technician', 'service_director', 'service_manager', 'storekeeper', 'outlet', 'group_leader'], complaint('quality')],
	['approve a charge far below list', 'quotation', ['approve', 'refuse'], ['receptionist', 'technician', 'service_director', 'gm_office', 'qa', 'production', 'storekeeper', 'outlet', 'group_leader']],
	['decide a penalty', 'penalty_proposal', ['confirm', 'drop'], ['receptionist', 'technician', 'sales', 'qa', 'production', 'storekeeper', 'outlet']],
	['reconciliation', 'reconciliation', ['agree', 'object', 'settle', 'writeOff', 'reopen'], ['receptionist', 'technician', 'service_director', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'gm', 'group_leader']],
	['parts request', 'part_request', ['submit', 'review', 'approve', 'refuse', 'withdraw'], ['receptionist', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'group_leader']],
	['draw up and send a statement', 'reconciliation', ['drawUp', 'send'], ['receptionist', 'technician', 'service_director', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'gm', 'storekeeper', 'outlet', 'group_leader'], { outlet: 'W01', month: '2025-05' }],
	['test old parts', 'old_part', ['test'], allBut('qa', 'service_manager'), { matched: 1, mismatched: 0, noFault: 0 }],
	['move stock', 'goods_issue', ['issue', 'reverse'], allBut('storekeeper')],
	['move stock', 'goods_in', ['deliver', 'book', 'reject', 'takeBack', 'reverse'], allBut('storekeeper')],
	['move stock', 'opening_stock', ['enter', 'void'], allBut('storekeeper')],
	['inspect what came in', 'goods_in', ['inspect'], allBut('qa')],
	['count stock', 'stock_count', ['start', 'enter', 'submit', 'post'], allBut('storekeeper')],
	['approve a count', 'stock_count', ['approve', 'reject', 'recount'], allBut('service_manager', 'gm')],
	['adjust stock', 'stock_adjustment', ['approve', 'refuse'], allBut('service_manager', 'gm', 'accountant')],
	['propose an award', 'award', ['nominate'], ['receptionist', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'gm', 'storekeeper', 'outlet']],
	['review an award', 'award', ['review'], allBut('service_manager')],
	['check an award', 'award', ['check', 'pay'], allBut('accountant')],
	['approve an award', 'award', ['approve'], allBut('gm', 'service_manager')],
	['change the award scheme', 'award_change', ['sign'], allBut('gm')],
	['list scrap', 'scrap_list', ['submit', 'resubmit'], allBut('storekeeper')],
	['give a repair number', 'repair_number', ['give'], allBut('service_manager'), { rma: 'FX1', opinion: '受理' }],
	['confirm the payment of a mail-in repair', 'rma', ['confirmPayment'], allBut('accountant', 'gm'), { amount: 1 }],
	['approve scrap', 'scrap_list', ['approve', 'sendBack'], allBut('service_manager', 'gm')],
];

/** Something of each kind, so that an act is refused for who does it and not for what is missing. */
const sample = (fields: Readonly<Record<string, { kind: string; choices?: Readonly<Record<string, string>>; optional: boolean }>>) =>
	Object.fromEntries(Object.entries(fields).flatMap(([key, { kind, choices, optional }]) => (optional || kind === 'lines' ? [] : [[key, { integer: 1, fen: 1, instant: now, day: '2025-06-02', month: '2025-06', flag: true, choice: Object.keys(choices ?? {})[0] }[kind] ?? 'x']])));

const cells = acts.flatMap(([act, kind, events, denied, input = {}]) => events.flatMap((event) => denied.flatMap((column) => (columns[column] as readonly Role[]).map((role) => ({ act, kind, event, role, input })))));

describe.each(databases)('permissions on %s', (_name, open) => {
	let database: TestDatabase;
	beforeAll(async () => {
		database = await open();
		await loadMasterData(database.store);
		const people = Object.values(columns).flat().map((role) => ({ no: `P-${role}`, values: { name: role, roles: role, active: true } }));
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', people, { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
	});
	afterAll(() => database.drop());

	const denials = (actor: string) => database.store.list('denial', { where: [{ column: 'actor', is: '=', value: actor }] });

	it.each(cells)('O-030: $act ($kind.$event) is denied to $role, and the attempt kept once', async ({ kind, event, role, input }) => {
		const before = (await denials(`P-${role}`)).length;
		await expect(apply(database.store, kind, event, [{ no: 'X', input }], { actor: `P-${role}`, now })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		const after = await denials(`P-${role}`);
		expect(after).toHaveLength(before + 1);
		expect(after.map((denial) => `${String(denial['kind'])}.${String(denial['event'])}`)).toContain(`${kind}.${event}`);
	});

	it('O-030: a technician acts on work given to him only', async () => {
		const [made] = await apply(database.store, 'call', 'register', [{ input: { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', symptom: 'x' } }], { actor: 'Y01', now });
		const no = String((made as { document: Record<string, unknown> }).document['no']);
		const technicians = (event: string) => { const { by } = documentOf('call').events[event] ?? {}; return Array.isArray(by) && by.includes('technician'); };
		const events = Object.keys(documentOf('call').events).filter(technicians);
		expect(events).toEqual(expect.arrayContaining(['accept', 'leave', 'arrive', 'reportVisit', 'appoint']));
		const act = (event: string, actor: string) => apply(database.store, 'call', event, [{ no, input: {} }], { actor, now });
		await expect(act('accept', 'J02')).rejects.toMatchObject({ rule: 'O-030', message: expect.stringContaining('尚未派给技术员') as string });
		await apply(database.store, 'call', 'assign', [{ no, input: { technician: 'J01' } }], { actor: 'Z01', now });
		for (const event of events) await expect(apply(database.store, 'call', event, [{ no, input: sample(documentOf('call').events[event]?.input ?? {}) }], { actor: 'J02', now })).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'O-030' });
		expect((await denials('J02')).length).toBe(events.length + 1);
		expect(await act('accept', 'J01')).toMatchObject([{ ok: true }]);
	});

	const settings = [{ name: '设置', rows: [['版本号', '设置项', '值', '生效日期'], ['S1', 'service.sla.city_hours', '5', '2025-01-01']].map((cells_, index) => ({ number: index + 1, cells: cells_ })) }];

	it.each(Object.values(columns).flat().filter((role) => role !== 'general_manager'))('O-030: settings are not changed by %s, and the attempt is kept', async (role) => {
		const before = (await denials(`P-${role}`)).length;
		await expect(importSheets(database.store, settings, targets(), 'whole', { actor: `P-${role}`, now })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await denials(`P-${role}`)).toHaveLength(before + 1);
		expect(await database.store.list('setting', {})).toEqual([]);
	});

	it('O-030: the general manager changes settings', async () => {
		expect(await importSheets(database.store, settings, targets(), 'whole', { actor: 'P-general_manager', now })).toMatchObject({ stored: 1 });
	});

	it('O-006: no event is open to everybody, whatever form or node asks for it', async () => {
		expect(documents.flatMap(({ kind, events }) => Object.entries(events).flatMap(([name, { by }]) => (by.length === 0 ? [`${kind}.${name}`] : [])))).toEqual([]);
		const nodes = readdirSync(join(__dirname, '../../nodes'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
		expect(nodes.filter((name) => /store\.(insert|replace|insertNew)\(/.test(readFileSync(join(__dirname, '../../nodes', name), 'utf8')))).toEqual([]);
	});

	it('O-007: the person complained about does not close the case, by name or staff number', async () => {
		for (const [phone, personConcerned] of [['151', 'service_director 那位'], ['152', '工号 P-service_director']] as const) {
			const [made] = await apply(database.store, 'complaint', 'register', [{ input: { ...complaint('service'), phone, personConcerned } }], { actor: 'P-receptionist', now });
			const no = String((made as { document: Record<string, unknown> }).document['no']);
			await expect(apply(database.store, 'complaint', 'resolve', [{ no, input: { verdict: 'not_justified', result: 'x', informedBy: 'phone' } }], { actor: 'P-service_director', now })).rejects.toMatchObject({ rule: 'O-007' });
			expect(await apply(database.store, 'complaint', 'resolve', [{ no, input: { verdict: 'not_justified', result: 'x', informedBy: 'phone' } }], { actor: 'Z01', now })).toMatchObject([{ ok: true }]);
		}
	});
});
