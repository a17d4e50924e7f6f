import { addressOf, readLink, resolveLinks, signLink } from '../../engine/pageLinks';
import { defaultSettings } from '../../domain/settings';
import { mailHtml, mailText } from '../../mail/mailBody';
import { openStore } from '../../store/openStore';
import { allTables } from '../../engine/allTables';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';

const now = at('2025-06-06 15:00');
const ticket = { page: 'job', no: 'BX202506-0001', person: 'J01', until: at('2025-06-20 15:00') } as const;
const site = { address: 'https://n8n.example.cn/webhook/fuwu', now, settings: defaultSettings };

describe.each(databases)('links of pages on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
	});
	afterEach(() => database.drop());

	it('reads back what was signed, until its time is over', async () => {
		const token = await signLink(database.store, ticket);
		expect(await readLink(database.store, token, now)).toEqual(ticket);
		expect(await readLink(database.store, token, ticket.until)).toEqual(ticket);
		await expect(readLink(database.store, token, at('2025-06-20 15:01'))).rejects.toMatchObject({ code: 'LINK_EXPIRED' });
	});

	it('refuses every changed token', async () => {
		const token = await signLink(database.store, ticket);
		const [content = '', signature = ''] = token.split('.');
		const other = Buffer.from(JSON.stringify(['staff', '', 'Z01', 9_999_999_999])).toString('base64url');
		for (const wrong of ['', 'x', content, `.${signature}`, `${other}.${signature}`, `${content}.${signature.slice(0, -2)}`, `${content}.${'A'.repeat(signature.length)}`]) await expect(readLink(database.store, wrong, now)).rejects.toMatchObject({ code: 'LINK_INVALID' });
	});

	it('signs alike in every process on the database, and differently on another', async () => {
		const token = await signLink(database.store, ticket);
		const second = await openStore(database.config, allTables);
		expect(await readLink(second, token, now)).toEqual(ticket);
		await second.close();
		const strange = await openStore({ engine: 'sqlite', file: ':memory:' }, allTables);
		await expect(readLink(strange, token, now)).rejects.toMatchObject({ code: 'LINK_INVALID' });
		await strange.close();
	});

	it('puts an address into mails: a person\'s own, or the sign-in page for a role', async () => {
		const lines = await resolveLinks(database.store, ['您好', ['叫修编号', ticket.no], { label: '打开工作页', page: 'job', no: ticket.no, person: 'J01' }, { label: '打开派工台', page: 'board', no: '', person: '' }], site);
		const { href } = lines[2] as { href: string };
		expect(await readLink(database.store, href.slice(href.indexOf('?t=') + 3), now)).toMatchObject({ page: 'job', person: 'J01', until: at('2025-06-20 15:00') });
		expect(lines[3]).toEqual({ label: '打开派工台', href: `${site.address}?p=login` });
		expect(mailText(lines)).toContain(`打开工作页：${href}`);
		expect(mailHtml('派工', lines)).toContain(`<a href="${href}"`);
		const staff = await addressOf(database.store, { page: 'staff', no: '', person: 'Y01' }, site);
		expect(await readLink(database.store, staff.slice(staff.indexOf('?t=') + 3), now)).toMatchObject({ until: at('2025-06-07 03:00') });
	});
});
