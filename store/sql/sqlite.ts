import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreError } from '../storeError';
import { inSavepoint, type Sql, type SqlRow, type Value } from './sql';

/** How long a writer waits for another process. */
const BUSY_MS = 15_000;
const MAX_STATEMENTS = 300;

/** One queue per file in this process: two handles waiting for each other in one thread would never end. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Opens the embedded database: WAL, every commit forced to disk.
 * A marker beside the file remembers that it existed, so that a lost file is reported instead of silently replaced by an empty one.
 * @throws StoreError DATABASE_GONE, DATABASE_READ_ONLY, DATABASE_DAMAGED
 */
export async function openSqlite(file: string): Promise<Sql> {
	const place = `SQLite ${file}`;
	const { DatabaseSync } = await import('node:sqlite');
	refuseIfGone(file);
	const isNew = file !== ':memory:' && !existsSync(file);
	let database: DatabaseSync;
	try {
		database = new DatabaseSync(file);
		database.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 0;');
	} catch (error) {
		throw explain(error, place);
	}
	if (isNew) writeFileSync(markerOf(file), `${new Date().toISOString()}\n`);
	return handle(database, place, file === ':memory:' ? `:memory:${Math.random()}` : realpathSync(file));
}

const markerOf = (file: string) => join(dirname(file), `.${basename(file)}.created`);

function refuseIfGone(file: string): void {
	if (file === ':memory:') return;
	if (!existsSync(dirname(file)))
		throw new StoreError('DATABASE_GONE', `数据库文件夹 ${dirname(file)} 不存在`, '请检查凭据中的文件路径，或恢复该文件夹后重新运行');
	if (!existsSync(file) && existsSync(markerOf(file)))
		throw new StoreError('DATABASE_GONE', `数据库文件 ${file} 不见了（以前存在过）`, `请从备份恢复该文件后重新运行；确实要重新开始，请先删除 ${markerOf(file)}`);
}

function handle(database: DatabaseSync, place: string, queue: string): Sql {
	const statements = new Map<string, StatementSync>();
	const prepare = (text: string) => {
		let statement = statements.get(text);
		if (statement === undefined) {
			if (statements.size >= MAX_STATEMENTS) statements.clear();
			statements.set(text, (statement = database.prepare(text)));
		}
		return statement;
	};
	const run = (text: string, values: readonly Value[] = []): SqlRow[] => {
		try {
			return prepare(text).all(...(values as readonly (string | number | null)[])) as SqlRow[];
		} catch (error) {
			throw explain(error, place);
		}
	};
	const inside: Sql = {
		dialect: 'sqlite',
		place,
		query: async (text, values) => run(text, values),
		transaction: (work) => inSavepoint(inside, work),
		close: async () => {},
	};
	return {
		dialect: 'sqlite',
		place,
		query: (text, values) => inTurn(queue, async () => await whenFree(() => run(text, values))),
		transaction: (work) =>
			inTurn(queue, async () => {
				await whenFree(() => run('BEGIN IMMEDIATE'));
				try {
					const result = await work(inside);
					await whenFree(() => run('COMMIT'));
					return result;
				} catch (error) {
					if (database.isTransaction) database.exec('ROLLBACK');
					throw error;
				}
			}),
		close: () => inTurn(queue, async () => database.close()),
	};
}

function inTurn<T>(queue: string, work: () => Promise<T>): Promise<T> {
	const turn = (queues.get(queue) ?? Promise.resolve()).then(work, work);
	const settled = turn.catch(() => {});
	queues.set(queue, settled);
	void settled.then(() => queues.get(queue) === settled && queues.delete(queue));
	return turn;
}

/** Waits for another process without blocking this one's event loop. */
async function whenFree<T>(work: () => T): Promise<T> {
	const deadline = Date.now() + BUSY_MS;
	for (let pause = 2; ; pause = Math.min(pause * 2, 100)) {
		try {
			return work();
		} catch (error) {
			if (!(error instanceof StoreError) || error.code !== 'DATABASE_BUSY' || Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}
}

/** Primary result codes: https://sqlite.org/rescode.html */
function explain(error: unknown, place: string): unknown {
	const { errcode, message } = error as { errcode?: number; message?: string };
	if (errcode === undefined) return error;
	switch (errcode & 0xff) {
		case 5:
		case 6:
			return new StoreError('DATABASE_BUSY', `${place} 正被其他程序占用`, '请稍后重新运行；多台机器同时使用请改用 PostgreSQL', error);
		case 19:
			return new StoreError('DATABASE_CONFLICT', `${place}：${message}`, '请重新提交', error);
		case 8:
			return new StoreError('DATABASE_READ_ONLY', `${place} 是只读的，无法保存`, '请让运行 n8n 的用户对该文件和所在文件夹有写权限，然后重新运行', error);
		case 13:
			return new StoreError('DATABASE_FULL', `${place} 所在磁盘已满`, '请清理磁盘后重新运行', error);
		case 14:
			return new StoreError('DATABASE_GONE', `${place} 打不开`, '请检查凭据中的路径以及文件夹的读写权限', error);
		case 11:
		case 26:
			return new StoreError('DATABASE_DAMAGED', `${place} 已损坏或不是数据库文件`, '请从备份恢复', error);
		default:
			return new StoreError('DATABASE_FAILED', `${place}：${message}`, '请把这条信息交给管理员', error);
	}
}
