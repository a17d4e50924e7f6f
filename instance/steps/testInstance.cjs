'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { build } = require('./building.cjs');
const { ensureEverything } = require('./dependencies.cjs');
const { makeAccount } = require('./account.cjs');
const { withLock } = require('./lock.cjs');
const { connectToN8n } = require('./n8nApi.cjs');
const { importCredentials, n8nEnvironment, startN8n, stopN8n, waitUntilReady } = require('./n8nProcess.cjs');
const { installPackage, packPackage } = require('./packaging.cjs');
const paths = require('./paths.cjs');
const { freePort } = require('./preflight.cjs');
const { canBePublished, missingCredentials, publishAll, readWorkflows } = require('./workflowFiles.cjs');

const TEST_SECRETS = { encryptionKey: 'aftersales-tests-only-key', password: 'TestOwner1' };

/**
 * Starts an n8n of its own in a temporary folder for the e2e tests.
 *
 * @param credentialsIn makes the credentials for the instance in that folder: [{id, name, type, data}]
 */
async function startTestInstance({ credentialsIn, workflowFolder = paths.workflows, timeZone, env: extra = {} }) {
	await ensureEverything();
	await build();
	const account = makeAccount(TEST_SECRETS);
	const userFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'aftersales-n8n-'));
	const credentials = credentialsIn(userFolder);
	fs.mkdirSync(path.join(userFolder, 'files'));
	fs.cpSync(await preparedFolder(account, credentials), userFolder, { recursive: true });
	await installPackage(userFolder, await packPackage());
	const port = await freePort();
	const env = n8nEnvironment({
		userFolder, account, port, timeZone, brokerPort: await freePort(), listenAddress: '127.0.0.1', extra: { N8N_DISABLE_UI: 'true', ...extra },
	});
	const server = startN8n(env, { logFile: path.join(userFolder, 'n8n.log') });
	const killServer = () => server.child.kill('SIGKILL');
	process.once('exit', killServer);
	const stop = async () => {
		await stopN8n(server);
		process.removeListener('exit', killServer);
		if (!process.env.AFTERSALES_KEEP) fs.rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const baseUrl = `http://127.0.0.1:${port}`;
		await waitUntilReady(baseUrl, server);
		const n8n = await connectToN8n(baseUrl, account);
		const workflows = await provide(n8n, { credentials, workflowFolder });
		return { baseUrl, userFolder, n8n, workflows, pid: server.child.pid, log: () => server.recent.join('\n'), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function provide(n8n, { credentials, workflowFolder }) {
	// Before the workflows: a trigger that polls does so at once.
	for (const credential of credentials) await n8n.updateCredential(credential);
	const workflows = readWorkflows(workflowFolder);
	for (const workflow of workflows) await n8n.saveWorkflow(workflow);
	const ready = workflows.filter((workflow) => canBePublished(workflow) && missingCredentials(workflow, credentials).length === 0);
	const failures = await publishAll(n8n, ready);
	if (failures.length) throw new Error(failures.map(({ workflow, error }) => `${workflow.name}: ${error.message}`).join('\n'));
	return workflows;
}

/**
 * n8n's empty database and the credentials under their fixed ids take 5 to 15 s to make, so they are made once
 * and copied for each instance.
 */
async function preparedFolder(account, credentials) {
	const shape = JSON.stringify([credentials.map(({ id, name, type }) => [id, name, type]), TEST_SECRETS]);
	const lockFile = fs.readFileSync(path.join(paths.runtime, 'package-lock.json'));
	const key = createHash('sha256').update(shape).update(lockFile).digest('hex').slice(0, 12);
	const folder = path.join(paths.cache, 'e2e', key);
	return await withLock(path.join(paths.cache, 'e2e.lock'), async () => {
		if (!fs.existsSync(folder)) await prepareFolder(folder, account, credentials);
		return folder;
	});
}

async function prepareFolder(folder, account, credentials) {
	const scratch = `${folder}.part`;
	fs.rmSync(scratch, { recursive: true, force: true });
	fs.mkdirSync(scratch, { recursive: true });
	const file = path.join(scratch, 'credentials.json');
	fs.writeFileSync(file, JSON.stringify(credentials));
	const env = n8nEnvironment({ userFolder: scratch, account, port: await freePort(), brokerPort: await freePort() });
	await importCredentials(file, env, credentials.length);
	fs.rmSync(file);
	fs.renameSync(scratch, folder);
}

module.exports = { startTestInstance };
