import { apply, fireDueClocks } from '../../engine/engine';
import { writeNotices } from '../../engine/notices';
import { saveRecords } from '../../engine/saveRecords';
import { enqueue, sendNotices } from '../../engine/sendNotices';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const text = { family: 'service', customerName: '刘女士', phone: '136', content: '态度差' };

describe.each(databases)('complaints and mails on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const register = async (input: object, when: string) => {
		const [outcome] = await apply(database.store, 'complaint', 'register', [{ input: input as Record<string, unknown> }], { actor: 'system', now: at(when) });
		return (outcome as { document: Record<string, unknown> }).document;
	};

	it('K-012: quality complaints count by month: the third of May is 202505-003, the first of June 202506-001', async () => {
		const numbers = [];
		for (const [index, day] of ['2025-05-05 09:00', '2025-05-06 09:00', '2025-05-31 23:59', '2025-06-01 00:00'].entries()) numbers.push((await register({ ...text, family: 'quality', phone: String(index) }, day))['no']);
		expect(numbers).toEqual(['202505-001', '202505-002', '202505-003', '202506-001']);
	});

	it('K-001 K-003: each goes to its holder with a limit; the mail is in the outbox', async () => {
		expect(await register({ ...text, channel: 'visit' }, '2025-06-06 15:00')).toMatchObject({ state: 'Ordinary', holderRole: 'service_director', dueAt: at('2025-06-10 15:00') });
		expect(await register({ ...text, phone: '137', injury: true }, '2025-06-06 15:00')).toMatchObject({ state: 'Major', holderRole: 'deputy_gm', class: 'major', dueAt: at('2025-06-09 15:00') });
		expect(await register({ ...text, phone: '138', family: 'quality' }, '2025-06-02 09:00')).toMatchObject({ state: 'S2', holderRole: 'gm_office', dueAt: at('2025-06-02 21:00'), totalDueAt: at('2025-06-16 00:00') });
		expect((await database.store.list('notice', {})).map(({ recipients }) => recipients)).toEqual(expect.arrayContaining([['director@test.local'], ['deputy@test.local'], ['gmoffice@test.local']]));
	});

	it('K-003: the same customer complaining again within 90 days is a major matter', async () => {
		await register(text, '2025-06-02 09:00');
		expect(await register(text, '2025-08-31 09:00')).toMatchObject({ class: 'major', classReason: '90 天内重复投诉' });
	});

	it('K-003: a limit that runs into a year without published holidays says so', async () => {
		expect(await register(text, '2026-12-31 15:00')).toMatchObject({ dueNote: expect.stringContaining('2027 年放假安排尚未公布') as string });
		expect((await database.store.list('notice', {}))[0]?.['body']).toContainEqual(['注意', expect.stringContaining('2027')]);
	});

	it('K-003: the newest earlier complaint counts, of whatever family', async () => {
		await register(text, '2025-01-02 09:00');
		await register({ ...text, family: 'quality' }, '2025-06-01 09:00');
		expect(await register(text, '2025-06-10 09:00')).toMatchObject({ classReason: '9 天内重复投诉' });
	});

	it('K-003: only the holder closes a case', async () => {
		const { no } = await register({ ...text, declaredMajor: true }, '2025-06-02 09:00');
		await expect(apply(database.store, 'complaint', 'resolve', [{ no: String(no), input: { verdict: 'upheld', result: '已道歉', informedBy: 'letter' } }], { actor: 'Z01', now: at('2025-06-02 10:00') })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
	});

	it('O-001: people who left get no mail', async () => {
		await database.store.replace('person', (await database.store.load('person', 'no', ['Z01'])).map((person) => ({ ...person, active: false })));
		await register(text, '2025-06-02 09:00');
		expect(await database.store.list('notice', {})).toMatchObject([{ recipients: [], state: 'no_recipient' }]);
	});

	it('K-003: a major case closes with a letter only', async () => {
		const { no } = await register({ ...text, declaredMajor: true }, '2025-06-02 09:00');
		const close = (informedBy: string) => apply(database.store, 'complaint', 'resolve', [{ no: String(no), input: { verdict: 'upheld', result: '已道歉', informedBy } }], { actor: 'F01', now: at('2025-06-02 10:00') });
		await expect(close('phone')).rejects.toMatchObject({ rule: 'K-003' });
		expect(await close('letter')).toMatchObject([{ document: { state: 'Closed', late: false } }]);
	});

	it('K-032: an overdue holder is pressed once', async () => {
		await register(text, '2025-06-06 15:00');
		await fireDueClocks(database.store, at('2025-06-11 00:00'));
		await fireDueClocks(database.store, at('2025-06-12 00:00'));
		expect((await database.store.list('notice', {})).filter(({ subject }) => String(subject).startsWith('催办'))).toHaveLength(1);
		expect(await database.store.list('complaint', {})).toMatchObject([{ late: true, state: 'Ordinary' }]);
	});

	const mail = { key: 'm:1', recipients: ['a@test.local'], subject: 's', body: ['x'], files: [] };
	const clock = () => at('2025-06-06 15:00');

	it('goes to a person\'s robot beside his mail, or instead of it, each once', async () => {
		const robot = 'https://oapi.dingtalk.com/robot/send?access_token=1 SEC1';
		const people = [{ no: 'Z01', values: { robot } }, { no: 'B01', values: { robot, mail: null } }];
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', people, { now: clock(), actor: { code: 'system', name: '', roles: [], unit: null } }));
		const notices = (['service_director', 'dept_manager', 'qa'] as const).map((role) => ({ key: `x:${role}`, to: { role }, subject: 's', rule: 'V-030', body: ['x'] }));
		const write = () => database.store.transaction((transaction) => writeNotices(transaction, notices, clock()));
		expect([await write(), await write()]).toEqual([4, 0]);
		expect((await database.store.list('notice', {})).map(({ key, recipients, state }) => [key, recipients, state])).toEqual([
			['x:dept_manager', [`robot:${robot}`], 'pending'],
			['x:qa', [], 'no_recipient'],
			['x:service_director', ['director@test.local'], 'pending'],
			['x:service_director@Z01', [`robot:${robot}`], 'pending'],
		]);
	});

	it('is not repeated to somebody who gets a robot, a mail address or the role later', async () => {
		const robot = 'https://oapi.dingtalk.com/robot/send?access_token=1 SEC1';
		const person = (no: string, values: object) => database.store.transaction((transaction) => saveRecords(transaction, 'person', [{ no, values: { ...values } }], { now: clock(), actor: { code: 'system', name: '', roles: [], unit: null } }));
		await person('B01', { robot, mail: null });
		const notices = (['service_director', 'dept_manager'] as const).map((role) => ({ key: `x:${role}`, to: { role }, subject: 's', rule: 'V-030', body: ['x'] }));
		const write = () => database.store.transaction((transaction) => writeNotices(transaction, notices, clock()));
		expect(await write()).toBe(2);
		await person('Z01', { robot });
		await person('B01', { mail: 'manager@test.local' });
		await person('N01', { name: '新经理', roles: 'dept_manager', robot, active: true });
		expect(await write()).toBe(0);
		const twice = [...notices, { ...(notices[0] as (typeof notices)[number]), key: 'y' }, { ...(notices[0] as (typeof notices)[number]), key: 'y' }];
		expect(await database.store.transaction((transaction) => writeNotices(transaction, twice, clock()))).toBe(2);
	});

	it('asks who does not answer once in a run, and sends to the others all the same', async () => {
		const to = [['robot:https://a'], ['robot:https://a'], ['x@test.local'], ['robot:https://b'], ['robot:https://a'], ['y@test.local']];
		for (const [index, recipients] of to.entries()) await enqueue(database.store, { ...mail, key: `m:${index}`, recipients }, clock());
		const asked: string[] = [];
		const deliver = async ({ recipients }: { recipients: readonly string[] }) => {
			asked.push(String(recipients[0]));
			if (recipients[0] === 'robot:https://a') throw Object.assign(new Error('没有应答'), { isFinal: false, isDown: true });
			return [];
		};
		const sent = await sendNotices(database.store, deliver, clock);
		expect(asked.toSorted()).toEqual(['robot:https://a', 'robot:https://b', 'x@test.local', 'y@test.local']);
		expect(sent.map(({ key, state, error }) => [key, state, error])).toEqual(expect.arrayContaining([['m:0', 'pending', '没有应答'], ['m:4', 'pending', '没有应答'], ['m:5', 'sent', null]]));
		asked.length = 0;
		await sendNotices(database.store, deliver, clock);
		expect(asked).toEqual(['robot:https://a']);
	});

	it('sends a mail once, however often it is asked for', async () => {
		const delivered: string[] = [];
		const deliver = async ({ key, messageId }: { key: string; messageId: string }) => (delivered.push(`${key} ${messageId}`), []);
		for (let run = 0; run < 3; run++) {
			await enqueue(database.store, mail, clock());
			await sendNotices(database.store, deliver, clock, ['m:1']);
		}
		await Promise.all([sendNotices(database.store, deliver, clock), sendNotices(database.store, deliver, clock)]);
		expect(delivered).toHaveLength(1);
	});

	it('keeps a mail the server refused and sends it when the cause is gone', async () => {
		await enqueue(database.store, mail, clock());
		const refuse = async () => {
			throw Object.assign(new Error('邮件服务器没有应答'), { way: '稍后', isFinal: false });
		};
		expect(await sendNotices(database.store, refuse, clock)).toMatchObject([{ state: 'pending', error: '邮件服务器没有应答' }]);
		expect(await sendNotices(database.store, async () => [], clock)).toMatchObject([{ state: 'sent' }]);
		expect(await database.store.list('notice', {})).toMatchObject([{ state: 'sent', attempts: 2, error: null }]);
	});

	it('does not lose a mail whose process died while sending, and gives it the same id', async () => {
		await enqueue(database.store, mail, clock());
		const ids: string[] = [];
		const die = ({ messageId }: { messageId: string }) => new Promise<string[]>(() => ids.push(messageId));
		void sendNotices(database.store, die, clock);
		await new Promise((resolve) => setTimeout(resolve, 200));
		const deliver = async ({ messageId }: { messageId: string }) => (ids.push(messageId), []);
		expect(await sendNotices(database.store, deliver, () => at('2025-06-06 15:09'))).toMatchObject([{ state: 'already_sent' }]);
		expect(await sendNotices(database.store, deliver, () => at('2025-06-06 15:11'))).toMatchObject([{ state: 'sent' }]);
		expect(new Set(ids).size).toBe(1);
	});

	it('says whom the server refused, and takes a corrected address for a mail it refused whole', async () => {
		await enqueue(database.store, mail, clock());
		expect(await sendNotices(database.store, async () => ['a@test.local'], clock)).toMatchObject([{ state: 'sent', error: expect.stringContaining('a@test.local') as string }]);
		const second = { ...mail, key: 'm:2' };
		await enqueue(database.store, second, clock());
		await sendNotices(database.store, async () => Promise.reject(Object.assign(new Error('550'), { isFinal: true })), clock, ['m:2']);
		await enqueue(database.store, { ...second, recipients: ['right@test.local'] }, clock());
		const to: string[] = [];
		await sendNotices(database.store, async ({ recipients }) => (to.push(...recipients), []), clock, ['m:2']);
		expect(to).toEqual(['right@test.local']);
	});

	it('keeps a notice nobody can receive and shows it', async () => {
		await enqueue(database.store, { ...mail, recipients: [] }, clock());
		expect(await sendNotices(database.store, async () => [], clock, ['m:1'])).toMatchObject([{ state: 'no_recipient' }]);
		expect(await database.store.list('notice', {})).toMatchObject([{ state: 'no_recipient' }]);
	});
});
