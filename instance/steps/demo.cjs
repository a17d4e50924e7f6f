'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { instanceAccount, saveAccount } = require('./account.cjs');
const { lastLines, runQuietly } = require('./command.cjs');
const { nodeBinary } = require('./dependencies.cjs');
const { startMailSink } = require('./mailSink.cjs');
const { connectToN8n } = require('./n8nApi.cjs');
const { importCredentials, n8nEnvironment, startN8n, stopN8n, waitUntilReady } = require('./n8nProcess.cjs');
const { installPackage, packPackage } = require('./packaging.cjs');
const { dist, instance, workflows: workflowFolder } = require('./paths.cjs');
const { freePort, isPortFree } = require('./preflight.cjs');
const { SetupProblem, say } = require('./speak.cjs');
const { canBePublished, formsOf, missingCredentials, publishAll, readWorkflows, workflowHash } = require('./workflowFiles.cjs');

/** Brings the demonstration instance up and stays until it is stopped. */
async function runDemo({ port, userFolder }) {
	const database = path.join(userFolder, 'aftersales.sqlite');
	const account = instanceAccount(userFolder);
	account.smtpPort = await keptPort(account.smtpPort);
	saveAccount(userFolder, account);
	if (await installPackage(userFolder, await packPackage())) say('已安装节点包', 'package installed into n8n');
	await loadDemoData(userFolder, database);
	const env = n8nEnvironment({ userFolder, account, port, brokerPort: await freePort() });
	await importOwnCredentials(userFolder, { database, account, env });
	fs.mkdirSync(path.join(userFolder, 'files'), { recursive: true });
	await serve({ port, userFolder, database, account, env });
}

/** The mail port is part of a credential, so it stays the same as long as it is free. */
async function keptPort(port) {
	return port && (await isPortFree(port)) ? port : await freePort();
}

async function loadDemoData(userFolder, database) {
	const loader = path.join(dist, 'instance', 'demo', 'loadDemo.js');
	if (!fs.existsSync(loader)) return say('尚无演示数据', 'no demo data yet (instance/demo)');
	const remembered = memory(userFolder, 'demo-data');
	const wanted = hashOf(fs.readFileSync(loader, 'utf8'));
	if (fs.existsSync(database) && remembered.get() === wanted) return;
	say('载入演示数据', 'loading demo data');
	const { code, output } = await runQuietly(nodeBinary(), [loader, '--sqlite', database], { cwd: path.dirname(loader) });
	if (code !== 0) throw new SetupProblem('载入演示数据失败', 'the demo data could not be loaded', lastLines(output, 30));
	remembered.set(wanted);
}

async function importOwnCredentials(userFolder, { database, account, env }) {
	const credentials = ownCredentials({ database, smtpPort: account.smtpPort });
	const remembered = memory(userFolder, 'credentials');
	const wanted = hashOf(JSON.stringify(credentials));
	if (remembered.get() === wanted) return;
	say('设置 n8n 数据库并导入凭据，约 15 秒', 'preparing the n8n database and importing the credentials, about 15 s');
	const file = path.join(userFolder, 'credentials-to-import.json');
	fs.writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
	await importCredentials(file, env, credentials.length);
	fs.rmSync(file);
	remembered.set(wanted);
}

function ownCredentials({ database, smtpPort }) {
	const [forDatabase, forMail] = JSON.parse(fs.readFileSync(path.join(instance, 'credentials.json'), 'utf8'));
	return [
		{ ...forDatabase, data: { ...forDatabase.data, file: database } },
		{ ...forMail, data: { ...forMail.data, port: smtpPort } },
	];
}

async function serve({ port, userFolder, database, account, env }) {
	const mail = path.join(userFolder, 'mail');
	const closeMail = await startMailSink({ port: account.smtpPort, folder: mail, onMail: tellMail });
	const logFile = path.join(userFolder, 'n8n.log');
	let isUp = false;
	say('启动 n8n', 'starting n8n');
	const server = startN8n(env, { logFile, onLine: (line) => isUp && console.log(line) });
	fs.writeFileSync(path.join(userFolder, 'n8n.pid'), String(server.child.pid));
	const stopping = stopOnSignals(server);
	try {
		await waitUntilReady(`http://127.0.0.1:${port}`, server);
		const workflows = await bringWorkflows(port, userFolder, account);
		isUp = true;
		printSummary({ port, account, workflows, mail, database, logFile });
		await server.ended;
	} catch (error) {
		if (!stopping.asked) throw error;
	} finally {
		await stopN8n(server);
		await closeMail();
		fs.rmSync(path.join(userFolder, 'n8n.pid'), { force: true });
	}
	say('n8n 已停止', 'n8n has stopped');
	if (!stopping.asked) process.exitCode = 1;
}

/** Ctrl-C reaches n8n by itself; a `kill` of this script alone has to be passed on. n8n ignores the second one. */
function stopOnSignals(server) {
	const stopping = { asked: false };
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.removeAllListeners(signal);
		process.on(signal, () => {
			stopping.asked = true;
			server.child.kill('SIGTERM');
		});
	}
	return stopping;
}

/** Ends an n8n whose start script was killed with -9: it would hold the port and the database. */
async function stopOrphan(userFolder) {
	const file = path.join(userFolder, 'n8n.pid');
	if (!fs.existsSync(file)) return;
	const pid = Number(fs.readFileSync(file, 'utf8'));
	if (isOurN8n(pid, userFolder)) {
		say(`结束上次遗留的 n8n（进程 ${pid}）`, `ending the n8n that an earlier run left behind (pid ${pid})`);
		process.kill(pid, 'SIGKILL');
		for (let wait = 0; wait < 50 && isOurN8n(pid, userFolder); wait++) await sleep(100);
	}
	fs.rmSync(file);
}

/** Process ids are used again, so only a process with our user folder in its environment is ours. */
function isOurN8n(pid, userFolder) {
	try {
		return fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`N8N_USER_FOLDER=${userFolder}`);
	} catch {
		return false;
	}
}

async function bringWorkflows(port, userFolder, account) {
	const n8n = await connectToN8n(`http://127.0.0.1:${port}`, account);
	const workflows = readWorkflows(workflowFolder);
	const changed = workflows.filter((workflow) => memory(userFolder, `workflow-${workflow.id}`).get() !== workflowHash(workflow));
	if (changed.length) say(`导入 ${changed.length} 个工作流`, `importing ${changed.length} workflows`);
	for (const workflow of changed) await n8n.saveWorkflow(workflow);
	const credentials = await n8n.credentials();
	const failures = await publishAll(n8n, changed.filter((workflow) => canBePublished(workflow) && missingCredentials(workflow, credentials).length === 0));
	const failed = new Set(failures.map(({ workflow }) => workflow.id));
	for (const { workflow, error } of failures) console.error(`  ! ${workflow.name}: ${error.message}`);
	for (const workflow of changed) if (!failed.has(workflow.id)) memory(userFolder, `workflow-${workflow.id}`).set(workflowHash(workflow));
	await tellWaiting(n8n, workflows, credentials);
	return workflows;
}

/** A flow that reads the company's own mailbox cannot start before somebody says which. */
async function tellWaiting(n8n, workflows, credentials) {
	for (const workflow of workflows) {
		const missing = missingCredentials(workflow, credentials).join('、');
		if (missing === '' || (await n8n.isPublished(workflow.id))) continue;
		say(`“${workflow.name}”等待凭据 ${missing}：在编辑器中设置后发布`, `this flow waits for the credential ${missing}: make it in the editor, then publish the flow`);
	}
}

function tellMail({ to, subject, file }) {
	console.log(`  邮件 MAIL → ${to.join(', ')}  「${subject ?? ''}」  ${file}`);
}

function printSummary({ port, account, workflows, mail, database, logFile }) {
	const url = `http://localhost:${port}`;
	const forms = formsOf(workflows).map(({ workflow, path: place }) => `    ${url}/form/${place}   ${workflow}`);
	console.log(`
  n8n 已就绪 / n8n is ready
    编辑器 editor     ${url}
    账号 account      ${account.email}   密码 password: ${account.password}
  表单 forms
${forms.join('\n') || '    (none yet)'}
  文件 files
    邮件 mails        ${mail}
    数据库 database   ${database}
    日志 n8n log      ${logFile}
  按 Ctrl-C 停止 / press Ctrl-C to stop
`);
}

/** What was done last time, so that it is done again only when its source changed. */
function memory(userFolder, name) {
	const file = path.join(userFolder, 'stamps', name);
	return {
		get: () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined),
		set(value) {
			fs.mkdirSync(path.dirname(file), { recursive: true });
			fs.writeFileSync(file, value);
		},
	};
}

function hashOf(text) {
	return createHash('sha256').update(text).digest('hex');
}

module.exports = { runDemo, stopOrphan };
