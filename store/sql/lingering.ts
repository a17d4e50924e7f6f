import { statSync } from 'node:fs';
import type { Sql } from './sql';
import { openSqlite } from './sqlite';

/** How long a file stays open after its last use: the next node of a flow comes sooner, a hand that replaces the file later. */
const LINGER_MS = 300;

type Open = { readonly sql: Sql; /** Which file it was when opened. */ readonly identity: string };
type Shared = { readonly open: Promise<Open>; users: number; timer?: NodeJS.Timeout };

const files = new Map<string, Shared>();

/**
 * The embedded database for one user of several in this process. Opening it and above all closing it (the disk is forced twice)
 * cost more than the work of a node, so it is closed when nobody has used it for a moment.
 * @throws StoreError as `openSqlite` does, also when the file was taken away meanwhile
 */
export async function borrowSqlite(file: string): Promise<Sql> {
	const known = files.get(file);
	if (known !== undefined && (await known.open).identity !== identityOf(file) && files.get(file) === known) {
		files.delete(file);
		closeWhenUnused(known);
	}
	const shared = files.get(file) ?? start(file);
	shared.users++;
	clearTimeout(shared.timer);
	const { sql } = await shared.open;
	return { ...sql, close: async () => void (--shared.users === 0 && closeLater(file, shared)) };
}

/** Closes what nobody uses any more: for command line tools. */
export async function closeFiles(): Promise<void> {
	const unused = [...files].filter(([, { users }]) => users === 0);
	for (const [file, { open, timer }] of unused) {
		clearTimeout(timer);
		files.delete(file);
		await (await open).sql.close();
	}
}

function start(file: string): Shared {
	const open = openSqlite(file).then((sql) => ({ sql, identity: identityOf(file) }));
	const shared: Shared = { open, users: 0 };
	files.set(file, shared);
	open.catch(() => files.delete(file));
	return shared;
}

function closeLater(file: string, shared: Shared): void {
	if (files.get(file) !== shared) return closeWhenUnused(shared);
	shared.timer = setTimeout(() => {
		files.delete(file);
		closeWhenUnused(shared);
	}, LINGER_MS).unref();
}

function closeWhenUnused({ open, users, timer }: Shared): void {
	if (users > 0) return;
	clearTimeout(timer);
	open.then(({ sql }) => sql.close()).catch(() => {}); // what cannot be closed ends with the process; every commit is on the disk already
}

/** Another file under the same name has another identity; a lost one has none. */
function identityOf(file: string): string {
	const found = statSync(file, { throwIfNoEntry: false });
	return found === undefined ? 'lost' : `${found.dev} ${found.ino}`;
}
