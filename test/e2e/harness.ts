import fs from 'node:fs';
import path from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { FormSession, type FormAnswer, type FormFields } from './formSession';

/* eslint-disable @typescript-eslint/no-require-imports -- shared with npm start, which runs before anything is installed or compiled */
const { startTestInstance } = require('../../instance/steps/testInstance.cjs') as { startTestInstance: (options: object) => Promise<TestInstance> };
/* eslint-enable @typescript-eslint/no-require-imports */

export type { FormAnswer, FormFields, FormFile, UploadedFile } from './formSession';

export type WorkflowFile = { id: string; name: string; nodes: Array<{ id: string; name: string; type: string; parameters: Record<string, unknown> }> };

type N8n = {
	runWorkflow(id: string, trigger?: string): Promise<string>;
	execution(id: string): Promise<Execution>;
	executions(workflowId: string, limit?: number): Promise<Execution[]>;
	saveWorkflow(workflow: object): Promise<void>;
	publishWorkflow(id: string): Promise<void>;
	isPublished(id: string): Promise<boolean>;
	updateCredential(credential: object): Promise<unknown>;
	download(id: string): Promise<ArrayBuffer>;
	/** The editor's own interface (owner's cookie), for what the rest does not cover. */
	editor(method: string, path: string, body?: unknown): Promise<{ data: unknown }>;
	publicApi(method: string, path: string, body?: unknown): Promise<unknown>;
};

type TestInstance = {
	baseUrl: string;
	userFolder: string;
	n8n: N8n;
	workflows: WorkflowFile[];
	pid: number;
	log(): string;
	stop(): Promise<void>;
};

export type ExecutionItem = { json: Record<string, unknown>; binary?: Record<string, { fileName?: string; mimeType: string; id?: string }> };
type NodeRun = { error?: { message: string }; data?: { main: Array<ExecutionItem[] | null> } };
export type Execution = {
	id: string;
	status: 'success' | 'error' | 'waiting' | 'running' | 'crashed' | 'canceled' | 'new' | 'unknown';
	mode: string;
	finished: boolean;
	workflowId: string;
	waitTill?: string | null;
	data?: { resultData: { error?: { message: string; description?: string }; lastNodeExecuted?: string; runData: Record<string, NodeRun[]> } };
};

export type Smtp = {
	readonly port: number;
	/** While set, the server answers each mail with this refusal (4xx: later, 5xx: never). */
	refuse: { code: number; message: string } | undefined;
};

export type Instance = Omit<TestInstance, 'stop'> & {
	smtp: Smtp;
	/** Mails received so far, oldest first. */
	mails: ParsedMail[];
	waitForMails(count: number, seconds?: number): Promise<ParsedMail[]>;
	/** Fills and sends a form page; field names are the workflow's fieldName or the label on the page. */
	postForm(path: string, fields: FormFields): Promise<FormAnswer>;
	/** Opens a form page without sending it, to look at its fields and options. */
	openForm(path: string): Promise<FormSession>;
	/** Posts to a production webhook. */
	postWebhook(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
	/** Runs a workflow by hand and waits for its end (or until it waits for somebody). */
	runWorkflow(id: string, trigger?: string): Promise<Execution>;
	executions(workflowId: string): Promise<Execution[]>;
	/** The newest execution with its data, once it has ended. */
	lastExecution(workflowId: string): Promise<Execution>;
	/** Downloads a file of an execution. */
	binary(id: string): Promise<Buffer>;
	rssMb(): number;
	stop(): Promise<void>;
};

export type InstanceOptions = {
	database: 'sqlite' | 'postgres';
	postgresUrl?: string;
	/** Another folder than the shipped workflows/. */
	workflowFolder?: string;
	timeZone?: string;
	/** A mailbox that the flows read. */
	imap?: { port: number; user: string; password: string };
	env?: Record<string, string>;
};

/** Starts a real n8n with the packed package, the workflows published and a mail server of its own. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
	const mailServer = await startMailServer();
	const { mails, smtp } = mailServer;
	let inner: TestInstance;
	try {
		inner = await startTestInstance({ ...options, credentialsIn: (userFolder: string) => credentialsFor(options, userFolder, smtp.port) });
	} catch (error) {
		await mailServer.stop();
		throw error;
	}
	const { n8n, baseUrl } = inner;
	const openForm = async (place: string) => await FormSession.open(`${baseUrl}/form/${place}`, inner.workflows);
	return {
		...inner,
		smtp,
		mails,
		waitForMails: async (count, seconds = 20) => await until(() => (mails.length >= count ? mails : undefined), `${count} mails`, seconds),
		openForm,
		postForm: async (place, fields) => await (await openForm(place)).send(fields),
		postWebhook: async (place, body) => await postJson(`${baseUrl}/webhook/${place}`, body),
		runWorkflow: async (id, trigger) => await endedExecution(n8n, await n8n.runWorkflow(id, trigger)),
		executions: async (workflowId) => await n8n.executions(workflowId),
		lastExecution: async (workflowId) => await lastExecution(n8n, workflowId),
		binary: async (id) => Buffer.from(await n8n.download(id)),
		rssMb: () => residentMegabytes(inner.pid),
		async stop() {
			await inner.stop();
			await mailServer.stop();
		},
	};
}

function credentialsFor({ database, postgresUrl, imap }: InstanceOptions, userFolder: string, smtpPort: number) {
	return [
		{ id: 'aftersalesDb00001', name: 'After-sales database', type: 'afterSalesDatabaseApi', data: database === 'sqlite' ? { engine: 'sqlite', file: path.join(userFolder, 'aftersales.sqlite') } : postgresData(postgresUrl) },
		{
			id: 'aftersalesSmtp0001',
			name: 'After-sales mail',
			type: 'afterSalesSmtpApi',
			data: { host: '127.0.0.1', port: smtpPort, secure: false, user: '', password: '', from: 'after-sales@demo.local' },
		},
		...(imap === undefined ? [] : ['aftersalesImap0001', 'aftersalesImap0002', 'aftersalesImap0003'].map((id) => ({ id, name: `Mailbox ${id}`, type: 'imap', data: { host: '127.0.0.1', secure: false, allowUnauthorizedCerts: false, ...imap } }))),
	];
}

function postgresData(postgresUrl = process.env.TEST_POSTGRES_URL) {
	if (!postgresUrl) throw new Error('a PostgreSQL instance needs postgresUrl or TEST_POSTGRES_URL');
	const url = new URL(postgresUrl);
	return {
		engine: 'postgres',
		host: url.hostname,
		port: Number(url.port || 5432),
		database: url.pathname.slice(1),
		user: decodeURIComponent(url.username),
		password: decodeURIComponent(url.password),
	};
}

async function startMailServer() {
	const mails: ParsedMail[] = [];
	const smtp: { port: number; refuse: Smtp['refuse'] } = { port: 0, refuse: undefined };
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onAuth: (_auth, _session, done) => done(null, { user: 'test' }),
		onMailFrom(_address, _session, done) {
			done(smtp.refuse ? Object.assign(new Error(smtp.refuse.message), { responseCode: smtp.refuse.code }) : null);
		},
		onData(stream, _session, done) {
			void simpleParser(stream).then((mail) => {
				mails.push(mail);
				done();
			}, done);
		},
	});
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	smtp.port = (server.server.address() as { port: number }).port;
	return { mails, smtp, stop: async () => await new Promise<void>((resolve) => void server.close(resolve)) };
}

async function endedExecution(n8n: N8n, id: string): Promise<Execution> {
	return await until(async () => {
		// The execution is not in the database for its first moments.
		const execution = await n8n.execution(id).catch(() => undefined);
		return execution && !['new', 'running'].includes(execution.status) ? execution : undefined;
	}, `the end of execution ${id}`, 120);
}

async function lastExecution(n8n: N8n, workflowId: string): Promise<Execution> {
	const newest = await until(async () => (await n8n.executions(workflowId, 1))[0], `an execution of ${workflowId}`, 30);
	return await endedExecution(n8n, newest.id);
}

async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string, seconds: number): Promise<T> {
	for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(100)) {
		const found = await look();
		if (found !== undefined) return found;
	}
	throw new Error(`waited ${seconds} s in vain for ${what}`);
}

async function sleep(milliseconds: number) {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function postJson(url: string, body: unknown) {
	const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	const text = await response.text();
	try {
		return { status: response.status, body: JSON.parse(text) as unknown };
	} catch {
		return { status: response.status, body: text };
	}
}

function residentMegabytes(pid: number): number {
	const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
