import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTables } from '../../engine/allTables';
import { closePools, openStore } from '../../store/openStore';
import { openPostgres } from '../../store/sql/postgres';
import { postgresConfig } from '../support/databases';

const postgresUrl = process.env['TEST_POSTGRES_URL'];
const row = { no: '1', version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', name: '甲', phone: '1', address: '乙' };

describe('a database in trouble', () => {
	let folder: string;
	let file: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aftersales-'));
		file = join(folder, 'a.sqlite');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('reports a lost file instead of starting an empty one, and goes on when it is back', async () => {
		const store = await openStore({ engine: 'sqlite', file }, allTables);
		await store.insert('customer', [row]);
		await store.close();
		renameSync(file, `${file}.away`);
		await expect(openStore({ engine: 'sqlite', file }, allTables)).rejects.toMatchObject({ code: 'DATABASE_GONE', message: expect.stringContaining(file) as string });
		expect(existsSync(file)).toBe(false);
		renameSync(`${file}.away`, file);
		const again = await openStore({ engine: 'sqlite', file }, allTables);
		expect(await again.list('customer', {})).toHaveLength(1);
		await again.close();
	});

	it('keeps a file open between two uses, notices another one in its place, and leaves nothing open in the end', async () => {
		const config = { engine: 'sqlite', file } as const;
		const [first, second] = [await openStore(config, allTables), await openStore(config, allTables)];
		await first.insert('customer', [row]);
		await first.close();
		expect(await second.list('customer', {})).toHaveLength(1);
		await second.close();
		expect(existsSync(`${file}-wal`)).toBe(true);
		for (const part of ['', '-wal', '-shm']) renameSync(`${file}${part}`, `${file}.away${part}`);
		const other = join(folder, 'other.sqlite');
		const prepared = await openStore({ engine: 'sqlite', file: other }, allTables);
		await prepared.insert('customer', [{ ...row, no: '2' }]);
		await prepared.close();
		for (const part of ['', '-wal', '-shm']) renameSync(`${other}${part}`, `${file}${part}`);
		const again = await openStore(config, allTables);
		expect((await again.list('customer', {})).map(({ no }) => no)).toEqual(['2']);
		await again.close();
		await closePools();
		expect(existsSync(`${file}-wal`)).toBe(false);
	});

	it('names a missing folder and a file that is no database', async () => {
		await expect(openStore({ engine: 'sqlite', file: join(folder, 'no', 'b.sqlite') }, allTables)).rejects.toMatchObject({ code: 'DATABASE_GONE' });
		writeFileSync(file, 'this is not a database, but long enough to be read as one: '.repeat(50));
		await expect(openStore({ engine: 'sqlite', file }, allTables)).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
	});

	it('reports a read-only file with its path, and stores when it may be written again', async () => {
		const store = await openStore({ engine: 'sqlite', file }, allTables);
		await store.close();
		chmodSync(file, 0o444);
		chmodSync(folder, 0o555);
		const script = `const { openStore } = require('${join(__dirname, '../../dist/store/openStore.js')}'); const { allTables } = require('${join(__dirname, '../../dist/engine/allTables.js')}');
			if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
			(async () => { const store = await openStore({ engine: 'sqlite', file: '${file}' }, allTables); await store.insert('customer', [${JSON.stringify(row)}]); })().catch((error) => console.log(error.code + ' ' + error.message));`;
		const said = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
		chmodSync(folder, 0o755);
		chmodSync(file, 0o644);
		const again = await openStore({ engine: 'sqlite', file }, allTables);
		await again.insert('customer', [row]);
		expect(await again.list('customer', {})).toHaveLength(1);
		await again.close();
		expect(said).toMatch(/^DATABASE_(READ_ONLY|GONE) .*a\.sqlite/);
	});

	(postgresUrl === undefined ? it.skip : it)('names a PostgreSQL that is not there, refuses, or is read-only', async () => {
		const config = postgresConfig(postgresUrl as string, 'public');
		await expect(openStore({ ...config, port: 1 }, allTables)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', message: expect.stringContaining(':1/') as string });
		await expect(openStore({ ...config, database: 'no_such_database' }, allTables)).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
		const sql = await openPostgres(config);
		await expect(
			sql.transaction(async (inside) => {
				await inside.query('SET TRANSACTION READ ONLY');
				await inside.query('CREATE TABLE t_read_only (a TEXT)');
			}),
		).rejects.toMatchObject({ code: 'DATABASE_READ_ONLY' });
		await sql.close();
	});
});
