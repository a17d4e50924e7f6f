import { StoreError } from '../storeError';
import type { Pool, PoolClient } from './pgDoor';
import { inSavepoint, type Sql, type SqlRow, type Value } from './sql';

export type PostgresConfig = {
	readonly host: string;
	readonly port: number;
	readonly database: string;
	readonly user: string;
	readonly password: string;
	readonly schema?: string;
	readonly ssl?: boolean;
};

const INT8 = 20;
const NUMERIC = 1700;
const texts = new Map<string, string>();

/** Opens a pool; connections are made at use and given back when idle. */
export async function openPostgres(config: PostgresConfig): Promise<Sql> {
	const { Pool, types } = await import('./pgDoor');
	const place = `PostgreSQL ${config.host}:${config.port}/${config.database}`;
	const pool = new Pool({
		host: config.host,
		port: config.port,
		database: config.database,
		user: config.user,
		password: config.password,
		ssl: config.ssl === true ? { rejectUnauthorized: true } : false,
		max: 5,
		connectionTimeoutMillis: 10_000,
		idleTimeoutMillis: 10_000,
		allowExitOnIdle: true,
		options: `-c search_path=${config.schema ?? 'public'}`,
		types: { getTypeParser: ((oid: number, format?: 'text') => (oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format))) as typeof types.getTypeParser },
	});
	pool.on('error', () => {}); // an idle connection that breaks is replaced at the next use
	return handle(pool, place);
}

function handle(pool: Pool, place: string): Sql {
	return {
		dialect: 'postgres',
		place,
		query: (text, values) => run(pool, place, text, values),
		transaction: (work) => inTransaction(pool, place, work),
		close: () => pool.end(),
	};
}

async function run(client: Pool | PoolClient, place: string, text: string, values: readonly Value[] = []): Promise<SqlRow[]> {
	try {
		return (await client.query(numbered(text), [...values])).rows as SqlRow[];
	} catch (error) {
		throw explain(error, place);
	}
}

async function inTransaction<T>(pool: Pool, place: string, work: (sql: Sql) => Promise<T>): Promise<T> {
	const client = await pool.connect().catch((error: unknown) => {
		throw explain(error, place);
	});
	const inside: Sql = {
		dialect: 'postgres',
		place,
		query: (text, values) => run(client, place, text, values),
		transaction: (nested) => inSavepoint(inside, nested),
		close: async () => {},
	};
	let broken: Error | undefined;
	try {
		await inside.query('BEGIN');
		const result = await work(inside);
		await inside.query('COMMIT');
		return result;
	} catch (error) {
		await client.query('ROLLBACK').catch((lost: Error) => (broken = lost));
		throw error;
	} finally {
		client.release(broken);
	}
}

/** `?` → `$1`, `$2`, … */
function numbered(text: string): string {
	let result = texts.get(text);
	if (result === undefined) {
		let index = 0;
		result = text.replace(/\?/g, () => `$${++index}`);
		if (texts.size < 500) texts.set(text, result);
	}
	return result;
}

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'EHOSTUNREACH', '57P01', '57P02', '57P03', '08006', '08001'];

/** Unique key, serialization, deadlock. */
const conflicts = ['23505', '40001', '40P01'];

function explain(error: unknown, place: string): unknown {
	const { code = '', message = '' } = error as { code?: string; message?: string };
	if (error instanceof StoreError) return error;
	if (unreachable.includes(code) || /timeout|terminated/i.test(message))
		return new StoreError('DATABASE_UNREACHABLE', `${place} 连接不上`, '请检查数据库是否已启动、主机和端口是否正确，恢复后重新运行', error);
	if (code === '25006') return new StoreError('DATABASE_READ_ONLY', `${place} 处于只读状态，无法保存`, '请连接到主库或取消只读后重新运行', error);
	if (code === '53100') return new StoreError('DATABASE_FULL', `${place} 所在磁盘已满`, '请清理磁盘后重新运行', error);
	if (code.startsWith('28') || code === '3D000' || code === '42501')
		return new StoreError('DATABASE_REFUSED', `${place} 拒绝了连接：${message}`, '请检查凭据中的数据库名、用户、密码和权限', error);
	if (conflicts.includes(code)) return new StoreError('DATABASE_CONFLICT', `${place}：同一资料正被同时修改`, '请重新提交', error);
	return code === '' ? error : new StoreError('DATABASE_FAILED', `${place}：${message}`, '请把这条信息交给管理员', error);
}
