import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, ICredentialTestFunctions, IExecuteFunctions, ILoadOptionsFunctions, INodeCredentialTestResult, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { allTables } from '../../engine/allTables';
import type { Store } from '../../engine/store';
import { checkSmtp, type SmtpConfig } from '../../mail/sendMail';
import { openStore, type StoreConfig } from '../../store/openStore';

export const DATABASE = 'afterSalesDatabaseApi';
export const SMTP = 'afterSalesSmtpApi';

/** Opens the database of the node's credential for the time of `work`. */
export async function withStore<T>(context: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions, work: (store: Store) => Promise<T>): Promise<T> {
	const store = await openStore(storeConfig(await context.getCredentials(DATABASE)), allTables);
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}

/** Reads the credential. */
export function storeConfig(data: ICredentialDataDecryptedObject): StoreConfig {
	if (data['engine'] !== 'postgres') return { engine: 'sqlite', file: String(data['file']) };
	const { host, port, database, user, password, schema, ssl } = data;
	return {
		engine: 'postgres',
		host: String(host),
		port: Number(port),
		database: String(database),
		user: String(user),
		password: String(password),
		schema: schema ? String(schema) : 'public',
		ssl: ssl === true,
	};
}

export async function smtpOf(context: IExecuteFunctions): Promise<SmtpConfig> {
	const data = await context.getCredentials(SMTP);
	if (!data['from']) throw new NodeOperationError(context.getNode(), 'The SMTP credential has no sender address', { description: 'Fill in "From" in the After-Sales SMTP credential' });
	return data as unknown as SmtpConfig;
}

/** Opens the database and brings its tables up to date, as the nodes do. */
export async function testDatabase(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const store = await openStore(storeConfig(credential.data ?? {}), allTables);
		await store.close();
		return { status: 'OK', message: `Connected to ${store.place}` };
	} catch (error) {
		const { message, way } = error as { message: string; way?: string };
		return { status: 'Error', message: way === undefined ? message : `${message} — ${way}` };
	}
}

export async function testSmtp(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		await checkSmtp(credential.data as unknown as SmtpConfig);
		return { status: 'OK', message: 'The mail server answers' };
	} catch (error) {
		const { message, way } = error as { message: string; way?: string };
		return { status: 'Error', message: way === undefined ? message : `${message} — ${way}` };
	}
}
