import { openPostgres } from '../../store/sql/postgres';
import { postgresConfig } from '../support/databases';

/** A database for one instance alone; it goes with the server that was started for the tests. */
export async function freshDatabase(url: string): Promise<string> {
	const name = `e2e_${process.pid}_${Date.now()}`;
	const admin = await openPostgres(postgresConfig(url, 'public'));
	await admin.query(`CREATE DATABASE ${name}`);
	await admin.close();
	const fresh = new URL(url);
	fresh.pathname = `/${name}`;
	return fresh.href;
}
