import { saveRecords } from '../../engine/saveRecords';
import { signLink } from '../../engine/pageLinks';
import { documentOf } from '../../engine/registry';
import { steps } from '../../pages/queues';
import { answerPage, type PageRequest } from '../../pages/site';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';

const now = at('2025-06-06 15:00');

it('what waits for somebody is a step that exists, in states it starts from', () => {
	for (const [kind, event, , states] of steps) {
		const declared = documentOf(kind).events[event];
		expect([kind, event, states.filter((state) => !(declared?.from as readonly string[] | undefined)?.includes(state))]).toEqual([kind, event, []]);
	}
});

describe.each(databases)('opening and finding papers on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await setting(database.store, 'staff.meetings', '是');
	});
	afterEach(() => database.drop());

	const answer = async (person: string, query: Record<string, string>, fields: PageRequest['fields'] | null = null) => {
		const t = await signLink(database.store, { page: 'staff', no: '', person, until: at('2025-06-07 15:00') });
		const request = { method: fields === null ? 'GET' : 'POST', query: { ...query, t }, fields: fields ?? {}, files: [] } as const;
		const { status, body, changed } = await answerPage(database.store, request, { now, address: 'https://n8n.example.cn/fuwu' });
		return { status, body: String(body), changed };
	};
	const suggestion = { p: 'new', kind: 'suggestion', event: 'make' };

	it('lists the kinds of papers a person works on, and what he may open', async () => {
		const { body } = await answer('J01', { p: 'papers' });
		expect(body).toContain('＋提出建议');
		expect(body).toContain('＋填写工作日志');
		expect(body).not.toContain('＋登记培训');
		expect((await answer('K01', { p: 'papers' })).body).not.toContain('＋提出建议');
		expect(body).not.toContain('kind=outlet_fee&');
	});

	it('opens a paper by a form, once for each form, and says its number', async () => {
		const form = await answer('J01', suggestion);
		expect(form.body).toContain('建议内容');
		const sent = await answer('J01', suggestion, { content: '备件柜按机型分层', key: 'k1' });
		expect(sent).toMatchObject({ status: 200, changed: [{ kind: 'suggestion', event: 'make', no: 'JY2025-0001' }] });
		expect(sent.body).toContain('JY2025-0001 已登记');
		expect((await answer('J01', suggestion, { content: '备件柜按机型分层', key: 'k1' })).body).toContain('没有重复登记');
		expect(await database.store.list('suggestion', {})).toMatchObject([{ person: 'J01', content: '备件柜按机型分层' }]);
	});

	it('keeps what was filled in when it is refused, and gives one\'s own number and today at first', async () => {
		const refused = await answer('J01', { p: 'new', kind: 'custody', event: 'issue' }, null);
		expect(refused.status).toBe(403);
		expect((await answer('J01', { p: 'new', kind: 'work_log', event: 'write' })).body).toMatch(/value="J01" selected/);
		const log = await answer('J01', { p: 'new', kind: 'work_log', event: 'write' }, { person: 'J01', day: '2025-06-06', work: '巡检两处', key: 'k2' });
		expect(log.body).toContain('改为“是”');
		expect(log.body).toContain('巡检两处');
	});

	it('S-033: the operator has the hotline guide beside the form', async () => {
		const asSystem = { now, actor: { code: 'system', name: '', roles: [], unit: null } };
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', [{ no: 'P01', values: { name: '话务员', roles: 'operator', active: true } }], asSystem));
		const page = async () => (await answer('P01', { p: 'new', kind: 'hotline_call', event: 'take' })).body;
		expect(await page()).toContain('还没有咨询操作指引');
		await database.store.transaction((transaction) => saveRecords(transaction, 'hotline_guide', [{ no: 'ZN1', values: { question: '遥控器失灵', answer: '更换电池', forwardTo: '客服部' } }], asSystem));
		expect(await page()).toMatch(/遥控器失灵<\/summary><p>更换电池<\/p><p class="soft">转交：客服部/);
	});

	it('finds papers by number, words of the title and state, of those the person may read', async () => {
		await answer('J01', suggestion, { content: '备件柜按机型分层', key: 'k1' });
		await answer('J02', suggestion, { content: '增设晚班', key: 'k2' });
		const list = async (query: Record<string, string>, person = 'B01') => [...(await answer(person, { p: 'list', kind: 'suggestion', ...query })).body.matchAll(/JY2025-\d{4}(?=<\/a>)/g)].map(([no]) => no);
		expect(await list({})).toEqual(['JY2025-0002', 'JY2025-0001']);
		expect(await list({ q: '分层' })).toEqual(['JY2025-0001']);
		expect(await list({ q: '0002' })).toEqual(['JY2025-0002']);
		expect(await list({ q: '100%' })).toEqual([]);
		expect(await list({ state: 'Adopted' })).toEqual([]);
		expect((await answer('B01', { p: 'list', kind: 'suggestion', q: '没有的' })).body).toContain('请换一个条件');
		expect((await answer('K01', { p: 'list', kind: 'suggestion' })).status).toBe(403);
		expect((await answer('B01', { p: 'list', kind: 'constructor' })).status).toBe(404);
	});
});
