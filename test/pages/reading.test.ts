import type { Role } from '../../domain/organisation';
import { apply, givenFor } from '../../engine/engine';
import { keepFiles } from '../../engine/attachments';
import { signLink } from '../../engine/pageLinks';
import { documents } from '../../engine/registry';
import { saveRecords } from '../../engine/saveRecords';
import { mayRead, readable } from '../../engine/visibility';
import { answerPage } from '../../pages/site';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';

const now = at('2025-06-06 15:00');
const columns: readonly Role[] = ['receptionist', 'technician', 'service_director', 'dept_manager', 'after_sales_manager', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'general_manager', 'storekeeper', 'outlet', 'group_leader'];
const newCall = (serial: string, phone: string) => ({ customerName: '华联超市', phone, address: '中山路 1 号', model: 'KF-26', serial, symptom: '不制冷' });

/** Papers of a row of the matrix, and whom it shows none. QA answers what is escalated, and so reads calls. */
const denied: readonly (readonly [kind: string, roles: readonly Role[]])[] = [
	['call', ['accountant', 'gm_office', 'sales', 'production', 'storekeeper']],
	['dispatch', ['receptionist', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'general_manager', 'storekeeper']],
	['visit', ['gm_office', 'sales', 'qa', 'production', 'general_manager', 'storekeeper']],
	['repair_card', ['accountant', 'gm_office', 'sales', 'qa', 'production', 'general_manager', 'outlet', 'group_leader']],
	['charge', ['gm_office', 'qa', 'production', 'storekeeper']],
	['daily_report', ['receptionist', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'general_manager', 'storekeeper', 'outlet', 'group_leader']],
	['complaint', ['technician', 'storekeeper', 'outlet']],
	['penalty_proposal', ['receptionist', 'technician', 'sales', 'qa', 'production', 'storekeeper', 'outlet']],
	['reconciliation', ['receptionist', 'technician', 'service_director', 'gm_office', 'sales', 'production', 'general_manager', 'group_leader']],
	['leaving', ['receptionist', 'technician', 'accountant', 'gm_office', 'sales', 'qa', 'production', 'storekeeper', 'outlet', 'group_leader']],
];

describe.each(databases)('who reads what on %s', (_name, open) => {
	let database: TestDatabase;
	beforeAll(async () => {
		database = await open();
		await loadMasterData(database.store);
		const people = columns.map((role) => ({ no: `P-${role}`, values: { name: role, roles: role, active: true } }));
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', people, { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		await fire('call', 'register', null, newCall('SN100', '13800000001'), 'Y01');
		await fire('call', 'register', null, newCall('SN900', '13900000009'), 'P-outlet');
		await fire('call', 'assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		for (const [family, phone, by] of [['service', '1', 'Y01'], ['quality', '2', 'Q01']] as const) await fire('complaint', 'register', null, { family, customerName: '刘女士', phone, content: '差' }, by);
	});
	afterAll(() => database.drop());

	const fire = async (kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string) => await apply(database.store, kind, event, [{ no, input }], { actor, now });
	const documentOf = (kind: string) => documents.find((each) => each.kind === kind) as (typeof documents)[number];
	const actorOf = async (code: string) => (await givenFor(database.store, { actor: code, now })).actor;
	const listed = async (kind: string, code: string) => (await database.store.list(kind, { where: await readable(database.store, documentOf(kind), await actorOf(code)), orderBy: [{ column: 'no' }] })).map(({ no }) => String(no));
	/** A paper that belongs to nobody asked. */
	const strange = { no: 'X', createdBy: 'system', technician: 'J99', person: 'J99', holder: 'J99', outlet: 'W99', unit: null, family: 'service' };
	const see = async (kind: string, code: string, row: object = {}) => await mayRead(database.store, documentOf(kind), await actorOf(code), { ...strange, ...row });

	it.each(denied)('O-030: %s papers are not read by roles the matrix denies', async (kind, roles) => {
		const read: Role[] = [];
		for (const role of columns) if (await see(kind, `P-${role}`)) read.push(role);
		expect(read.filter((role) => roles.includes(role))).toEqual([]);
		expect(columns.filter((role) => !roles.includes(role) && !read.includes(role) && !['technician', 'outlet', 'production', 'accountant', 'qa'].includes(role))).toEqual([]);
		for (const role of roles) expect(await database.store.list(kind, { where: await readable(database.store, documentOf(kind), await actorOf(`P-${role}`)) })).toEqual([]);
	});

	it('O-030: every kind has somebody who reads it, and nobody without a role does', async () => {
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', [{ no: 'N01', values: { name: '新人', roles: '', active: true } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		for (const { kind } of documents) expect([kind, await see(kind, 'B01'), await see(kind, 'N01'), await see(kind, 'system')]).toEqual([kind, true, false, true]);
	});

	it('O-030: outlets and technicians list their own calls, others all or none', async () => {
		expect(await listed('call', 'P-outlet')).toEqual(['BX202506-0002']);
		expect(await listed('call', 'J01')).toEqual(['BX202506-0001']);
		expect(await listed('call', 'J02')).toEqual([]);
		expect(await listed('call', 'Y01')).toHaveLength(2);
	});

	it('O-030: the person concerned reads a penalty proposal, his colleague does not', async () => {
		expect([await see('penalty_proposal', 'J01', { person: 'J01' }), await see('penalty_proposal', 'J02', { person: 'J01' }), await see('penalty_proposal', 'Y01', { person: 'Y01' })]).toEqual([true, false, true]);
		expect([await see('reconciliation', 'P-outlet', { outlet: 'P-outlet' }), await see('reconciliation', 'P-outlet')]).toEqual([true, false]);
	});

	it('O-030: reception reads service complaints, accountant and production quality ones, QA both', async () => {
		expect([await listed('complaint', 'Y01'), await listed('complaint', 'K01'), await listed('complaint', 'P-production')].map((papers) => papers.length)).toEqual([1, 1, 1]);
		expect((await listed('complaint', 'Y01'))[0]).not.toBe((await listed('complaint', 'K01'))[0]);
		expect(await listed('complaint', 'Q01')).toHaveLength(2);
	});

	it('O-030: who dispatches by setting reads dispatchers\' papers', async () => {
		expect(await see('call', 'P-sales')).toBe(false);
		await setting(database.store, 'service.dispatcher_role', 'sales');
		expect(await see('call', 'P-sales')).toBe(true);
		await setting(database.store, 'service.dispatcher_role', 'service_director');
	});

	const visit = async (person: string, query: Record<string, string>, page: 'staff' | 'job' = 'staff', no = '') => {
		const t = await signLink(database.store, { page, no, person, until: at('2025-06-07 15:00') });
		const { status, body } = await answerPage(database.store, { method: 'GET', query: { ...query, t }, fields: {}, files: [] }, { now, address: 'https://n8n.example.cn/fuwu' });
		return { status, body: String(body) };
	};

	it('O-030: pages refuse papers the person does not read', async () => {
		const [complaint = ''] = await listed('complaint', 'Y01');
		const call = { kind: 'call', no: 'BX202506-0001' };
		for (const p of ['work', 'print']) {
			expect((await visit('P-storekeeper', { p, ...call })).status).toBe(403);
			expect((await visit('J01', { p, kind: 'complaint', no: complaint })).status).toBe(403);
			expect((await visit('Y01', { p, ...call })).status).toBe(200);
		}
		expect((await visit('Y01', { p: 'work', kind: 'complaint', no: complaint })).status).toBe(200);
	});

	it('O-030: an outlet registers at the desk, but finds no customer and no other\'s call there', async () => {
		const search = await visit('P-outlet', { p: 'desk', q: '华联' });
		expect([search.status, search.body.includes('登记叫修'), search.body.includes('13800000001')]).toEqual([200, true, false]);
		const form = await visit('P-outlet', { p: 'desk', new: '1', customer: 'C001', asset: 'SN100' });
		expect([form.status, form.body.includes('中山路'), form.body.includes('BX202506-0001')]).toEqual([200, false, false]);
		expect((await visit('P-outlet', { p: 'desk', registered: 'BX202506-0001' })).body).not.toContain('已登记');
		expect((await visit('P-outlet', { p: 'desk', registered: 'BX202506-0002' })).body).toContain('BX202506-0002 已登记');
		expect((await visit('P-outlet', { p: 'desk', diagnose: 'BX202506-0001' })).status).toBe(403);
		expect((await visit('Y01', { p: 'desk', q: '华联' })).body).toContain('13800000001');
	});

	it('O-030: a job that went to somebody else takes its papers and files along', async () => {
		const no = 'BX202506-0001';
		const [file = ''] = await keepFiles(database.store, no, [{ purpose: 'photo', name: '铭牌.png', mimeType: 'image/png', content: Buffer.from('x') }], { actor: 'J01', now });
		const all = async () => [(await visit('J01', { p: 'print', kind: 'call', no }, 'job', no)).status, (await visit('J01', { p: 'file', no: file }, 'job', no)).status];
		expect(await all()).toEqual([200, 200]);
		await fire('call', 'assign', no, { technician: 'J02' }, 'Z01');
		expect(await all()).toEqual([403, 403]);
		expect((await visit('J01', { p: 'file', no: file })).status).toBe(403);
	});
});
