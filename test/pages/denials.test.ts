import { apply } from '../../engine/engine';
import { signLink } from '../../engine/pageLinks';
import { saveRecords } from '../../engine/saveRecords';
import { answerPage, type PageRequest } from '../../pages/site';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-06-06 15:00');
const no = 'BX202506-0001';
const call = { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷' };

describe.each(databases)('what pages refuse on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await fire('register', null, call, 'Y01');
	});
	afterEach(() => database.drop());

	const fire = async (event: string, paper: string | null, input: Record<string, unknown>, actor: string) => await apply(database.store, 'call', event, [{ no: paper, input }], { actor, now });
	const answer = async (person: string, query: Record<string, string>, fields: PageRequest['fields'] | null = null, ticket: { page: 'staff' | 'job'; no: string } = { page: 'staff', no: '' }) => {
		const t = await signLink(database.store, { ...ticket, person, until: at('2025-06-07 15:00') });
		const request = { method: fields === null ? 'GET' : 'POST', query: { ...query, t }, fields: fields ?? {}, files: [] } as const;
		const { status, body, headers, changed } = await answerPage(database.store, request, { now, address: 'https://n8n.example.cn/fuwu' });
		return { status, body: String(body), goesTo: new URLSearchParams(headers['location']?.split('?')[1] ?? ''), changed };
	};
	const onCall = (person: string, fields: PageRequest['fields']) => answer(person, { p: 'work', kind: 'call', no }, fields);
	const denials = async () => (await database.store.list('denial', {})).map(({ actor, kind, no: paper, event }) => [actor, kind, paper, event]);
	const audited = async () => (await database.store.list('audit', { where: [{ column: 'no', is: '=', value: no }] })).map(({ event }) => event);

	it('O-030: an act without the role is refused as such by name, and kept once with its paper', async () => {
		const refused = await onCall('Y01', { event: 'assign', technician: 'J01', key: 'k1' });
		expect([refused.status, refused.body.includes('没有权限：小陈（Y01）不能“派工”'), refused.body.includes('刚刚变了')]).toEqual([200, true, false]);
		expect(await denials()).toEqual([['Y01', 'call', no, 'assign']]);
		expect(await audited()).toEqual(['register']);
	});

	it('O-030: a consequence is not fired from outside, and the attempt is kept', async () => {
		expect((await onCall('Z01', { event: 'void', reason: '重复', key: 'k1' })).goesTo.get('done')).toBe('void');
		expect((await answer('Y01', { p: 'work', kind: 'call', no }, { event: 'constructor' })).status).toBe(404);
		expect(await denials()).toEqual([]);
		const [voucher] = await database.store.list('voucher', {});
		const paper = String(voucher?.['no']);
		expect((await answer('Y01', { p: 'work', kind: 'voucher', no: paper }, { event: 'assign', technician: 'J01' })).body).toContain('没有权限：');
		expect(await denials()).toEqual([['Y01', 'voucher', paper, 'assign']]);
	});

	it('O-030: a job act by somebody who lost the role takes nothing and is kept', async () => {
		await fire('assign', no, { technician: 'J01' }, 'Z01');
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', [{ no: 'J01', values: { roles: 'sales' } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		const photo = { field: 'photos', name: '铭牌.png', mimeType: 'image/png', content: Buffer.from('x') };
		const t = await signLink(database.store, { page: 'job', no, person: 'J01', until: at('2025-06-07 15:00') });
		const send = async (event: string, files: PageRequest['files']) => String((await answerPage(database.store, { method: 'POST', query: { t }, fields: { event, key: event }, files }, { now, address: 'x' })).body);
		expect(await send('accept', [])).toContain('没有权限：');
		expect(await denials()).toEqual([['J01', 'call', no, 'accept']]);
		expect(await send('photos', [photo])).toContain('没有权限：');
		expect((await denials()).sort()).toEqual([['J01', 'attachment', no, 'add'], ['J01', 'call', no, 'accept']]);
		expect(await database.store.list('attachment', {})).toEqual([]);
	});

	it('says that the paper changed only to whom the act is allowed', async () => {
		await fire('void', no, { reason: '重复登记' }, 'Z01');
		const late = await onCall('Z01', { event: 'assign', technician: 'J01', key: 'k1' });
		expect([late.body.includes('刚刚变了'), late.body.includes('没有权限')]).toEqual([true, false]);
		expect(await denials()).toEqual([]);
	});

	it('answers a double tap as done though the paper moved on, on the paper and at the desk', async () => {
		const tap = () => onCall('Z01', { event: 'void', reason: '重复登记', key: 'k1' });
		expect((await tap()).goesTo.get('done')).toBe('void');
		const second = await tap();
		expect([second.status, second.goesTo.get('done'), second.changed]).toEqual([303, 'void', []]);
		expect((await answer('Z01', Object.fromEntries(second.goesTo))).body).toContain('“作废”已完成');
		expect(await audited()).toEqual(['register', 'void']);
		const register = async () => (await answer('Y01', { p: 'desk', new: '1' }, { ...call, serial: 'SN7', phone: '1390', zone: 'city', channel: 'phone', key: 'k2' })).goesTo.get('registered');
		expect([await register(), await register()]).toEqual(['BX202506-0002', 'BX202506-0002']);
	});

	it('O-030: pages that are not opened are kept: board, desk, a paper, another technician\'s job, a page beside the job', async () => {
		await fire('assign', no, { technician: 'J01' }, 'Z01');
		const job = { page: 'job', no } as const;
		const statuses = [
			await answer('Y01', { p: 'board' }),
			await answer('J01', { p: 'desk' }),
			await answer('K01', { p: 'work', kind: 'call', no }),
			await answer('J02', { p: 'job', no }),
			await answer('J02', {}, null, job),
			await answer('J01', { p: 'board', no: 'x'.repeat(99) }, null, job),
		].map(({ status }) => status);
		expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
		const expected = [['Y01', 'board', '', 'open'], ['J01', 'desk', '', 'open'], ['K01', 'call', no, 'open'], ['J02', 'job', no, 'open'], ['J02', 'job', no, 'open'], ['J01', 'board', 'x'.repeat(30), 'open']];
		expect((await denials()).sort()).toEqual(expected.sort());
		expect((await answer('J01', {}, null, job)).status).toBe(200);
		expect(await denials()).toHaveLength(6);
	});
});
