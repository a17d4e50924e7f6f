import { fork } from 'node:child_process';
import { storeOn, openStore } from '../../store/openStore';
import { ensureSchema } from '../../store/ensureSchema';
import { openSqlite } from '../../store/sql/sqlite';
import { openPostgres } from '../../store/sql/postgres';
import type { Sql } from '../../store/sql/sql';
import { allTables } from '../../engine/allTables';
import { apply } from '../../engine/engine';
import { settingsAt } from '../../engine/settingsAt';
import { tableOf, type Table } from '../../store/tables';
import { customer } from '../../domain/master/records';
import { newDatabases as databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const row = (no: string, more: object = {}) => ({ no, version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', name: `客户 ${no}`, phone: '1', address: '%_\\', ...more });

async function rawSql({ config }: TestDatabase): Promise<Sql> {
	return config.engine === 'sqlite' ? await openSqlite(config.file) : await openPostgres(config);
}

describe.each(databases)('the store on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
	});
	afterEach(() => database.drop());

	it('gives rows back as they were, whatever their number', async () => {
		const rows = Array.from({ length: 5000 }, (_, index) => row(String(index).padStart(5, '0')));
		await database.store.insert('customer', rows);
		const found = await database.store.load('customer', 'no', rows.map(({ no }) => no));
		expect(found).toHaveLength(5000);
		expect(found[4999]).toMatchObject({ no: '04999', name: '客户 04999', zone: null, mail: null, version: 1 });
	});

	it('replaces by key, inserts only new ones, filters, sorts, escapes', async () => {
		await database.store.insert('customer', [row('1'), row('2', { name: '100%_好' })]);
		await database.store.replace('customer', [row('1', { name: '新' })]);
		expect(await database.store.insertNew('customer', [row('1'), row('3')])).toBe(1);
		expect((await database.store.list('customer', { orderBy: [{ column: 'no', descending: true }], limit: 2 })).map(({ no }) => no)).toEqual(['3', '2']);
		expect((await database.store.list('customer', { where: [{ column: 'name', is: 'like', value: '%\\%\\_%' }] })).map(({ no }) => no)).toEqual(['2']);
		expect(await database.store.list('customer', { where: [{ column: 'no', is: 'in', value: [] }] })).toEqual([]);
		expect((await database.store.load('customer', 'no', ['1']))[0]).toMatchObject({ name: '新' });
	});

	it('takes a failed transaction back whole, numbers included', async () => {
		await expect(
			database.store.transaction(async (transaction) => {
				await transaction.drawNumbers('call:BX', '202506', 3);
				await transaction.insert('customer', [row('1')]);
				throw new Error('stop');
			}),
		).rejects.toThrow('stop');
		expect(await database.store.list('customer', {})).toEqual([]);
		expect(await database.store.drawNumbers('call:BX', '202506', 1)).toBe(1);
	});

	it('does not let a read slip into another\'s open transaction', async () => {
		let release: () => void = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const writing = database.store.transaction(async (transaction) => {
			await transaction.insert('customer', [row('1')]);
			await held;
			throw new Error('taken back');
		});
		const reading = database.store.list('customer', {});
		release();
		await expect(writing).rejects.toThrow('taken back');
		expect(await reading).toEqual([]);
	});

	it('handles 10,000 items of one event in a bounded number of statements per chunk', async () => {
		await loadMasterData(database.store);
		const sql = await rawSql(database);
		let statements = 0;
		const counting = (inner: Sql): Sql => ({ ...inner, query: (text, values) => (statements++, inner.query(text, values)), transaction: (work) => inner.transaction((inside) => work(counting(inside))) });
		const counted = storeOn(counting(sql), allTables);
		const items = (count: number, name: string) => Array.from({ length: count }, (_, index) => ({ input: { customerName: '甲', phone: `${name}${index}`, address: '乙', model: 'M', serial: `${name}${index}`, symptom: '丙' } }));
		await apply(counted, 'call', 'register', items(1000, 'x'), { actor: 'system', now: '2025-06-06T07:00:00.000Z' });
		const perThousand = statements;
		statements = 0;
		await apply(counted, 'call', 'register', items(10_000, 'y'), { actor: 'system', now: '2025-06-06T07:00:00.000Z' });
		expect(statements).toBeLessThanOrEqual(perThousand * 10);
		expect(perThousand).toBeLessThan(70);
		await sql.close();
	});

	it('adds tables, columns and indexes that are new, and keeps what is there', async () => {
		const before = tableOf(customer);
		const after: Table = { ...before, name: 'grown', columns: [...before.columns, { key: 'extra', name: 'extra', type: 'integer' }], indexes: [['extra']] };
		const sql = await rawSql(database);
		await ensureSchema(sql, [{ ...before, name: 'grown' }]);
		await storeOn(sql, [{ ...before, name: 'grown' }]).insert('grown', [row('1')]);
		await ensureSchema(sql, [after]);
		expect(await storeOn(sql, [after]).list('grown', {})).toMatchObject([{ no: '1', extra: null }]);
		await sql.close();
	});

	it('runs a numbered migration once, before the tables are extended, and all of it or nothing', async () => {
		const sql = await rawSql(database);
		const table: Table = { name: 'moved', columns: [{ key: 'no', name: 'no', type: 'text' }, { key: 'newName', name: 'new_name', type: 'text' }], primaryKey: ['no'], indexes: [] };
		await sql.query('CREATE TABLE moved (no TEXT PRIMARY KEY, old_name TEXT)');
		await sql.query("INSERT INTO moved VALUES ('1', 'kept')");
		const rename = { id: '0001-rename', statements: ['ALTER TABLE moved RENAME COLUMN old_name TO new_name', "UPDATE moved SET new_name = new_name || '!'"] };
		await expect(ensureSchema(sql, [table], [{ id: '0001-rename', statements: [...rename.statements, 'NO SUCH STATEMENT'] }])).rejects.toThrow();
		for (let start = 0; start < 2; start++) await ensureSchema(sql, [{ ...table, indexes: start === 0 ? [] : [['newName']] }], [rename]);
		expect(await storeOn(sql, [table]).list('moved', {})).toEqual([{ no: '1', newName: 'kept!' }]);
		await sql.close();
	});

	it('is safe when several start at once', async () => {
		const fresh = await open();
		const sql = await rawSql(fresh);
		await sql.query('DROP TABLE schema_info');
		await sql.close();
		const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(fresh.config, allTables)));
		await Promise.all(stores.map((store, index) => store.insert('customer', [row(String(index))])));
		expect(await fresh.store.list('customer', {})).toHaveLength(4);
		for (const store of stores) await store.close();
		await fresh.drop();
	});

	it('K-034: a setting holds from its day on, and the default before', async () => {
		await database.store.insert('setting', [
			{ ...row('a'), key: 'service.sla.city_hours', value: '4', validFrom: '2025-07-01' },
			{ ...row('b'), key: 'service.sla.city_hours', value: '5', validFrom: '2025-06-01' },
			{ ...row('c'), key: 'no.such.key', value: '1', validFrom: '2025-06-01' },
		]);
		const hours = async (day: string) => (await settingsAt(database.store, day))['service.sla.city_hours'];
		expect([await hours('2025-05-31'), await hours('2025-06-30'), await hours('2025-07-01')]).toEqual([6, 5, 4]);
	});
});

describe('two processes on one SQLite file', () => {
	it('both create the tables and write without losing a row', async () => {
		const [[, open]] = databases as unknown as [[string, () => Promise<TestDatabase>]];
		const database = await open();
		const { file } = database.config as { file: string };
		const sql = await openSqlite(file);
		await sql.query('DROP TABLE schema_info');
		await sql.close();
		const child = (name: string) =>
			new Promise<void>((resolve, reject) => {
				const script = `const { openStore } = require(${JSON.stringify(require.resolve('../../dist/store/openStore.js'))}); const { allTables } = require(${JSON.stringify(require.resolve('../../dist/engine/allTables.js'))});
				(async () => { const store = await openStore({ engine: 'sqlite', file: ${JSON.stringify(file)} }, allTables);
				for (let i = 0; i < 50; i++) await store.transaction(async (t) => { await t.drawNumbers('r', 'p', 1); await t.insert('customer', [{ no: '${name}' + i, version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c' }]); });
				await store.close(); })().catch((error) => { console.error(error); process.exit(1); });`;
				const process_ = fork('-e', [script], { execArgv: ['-e', script], stdio: 'inherit' });
				process_.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${name} ended with ${code}`))));
			});
		await Promise.all([child('a'), child('b')]);
		expect(await database.store.list('customer', {})).toHaveLength(100);
		expect(await database.store.drawNumbers('r', 'p', 1)).toBe(101);
		await database.drop();
	});
});
