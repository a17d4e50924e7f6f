'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { lastLines, runQuietly } = require('./command.cjs');
const { nodeBinary, withNode24First } = require('./dependencies.cjs');
const { runtime } = require('./paths.cjs');
const { SetupProblem } = require('./speak.cjs');

const n8nProgram = path.join(runtime, 'node_modules', 'n8n', 'bin', 'n8n');

/** Features that call n8n's own servers and that nobody needs here; a name n8n does not know would stop it. */
const DISABLED_MODULES = 'mcp-registry,instance-ai,agents,chat-hub,workflow-builder,mcp,insights';

/** The environment of every n8n process (server and command line) of one instance. */
function n8nEnvironment({ userFolder, account, port, brokerPort, listenAddress, timeZone = 'Asia/Shanghai', extra = {} }) {
	return {
		...withoutNpmSettings(process.env),
		PATH: withNode24First(),
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		...(listenAddress ? { N8N_LISTEN_ADDRESS: listenAddress } : {}),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_ENCRYPTION_KEY: account.encryptionKey,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: DISABLED_MODULES,
		N8N_RESTRICT_FILE_ACCESS_TO: path.join(userFolder, 'files'),
		GENERIC_TIMEZONE: timeZone,
		...ownerEnvironment(account),
		...quietEnvironment(),
		...extra,
	};
}

function ownerEnvironment(account) {
	return {
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: account.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'After-sales',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: account.passwordHash,
	};
}

function quietEnvironment() {
	const features = [
		'N8N_DIAGNOSTICS_ENABLED',
		'N8N_VERSION_NOTIFICATIONS_ENABLED',
		'N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED',
		'N8N_TEMPLATES_ENABLED',
		'N8N_DYNAMIC_BANNERS_ENABLED',
		'N8N_HIRING_BANNER_ENABLED',
		'N8N_PERSONALIZATION_ENABLED',
		'N8N_LICENSE_AUTO_RENEW_ENABLED',
		'N8N_AI_GATEWAY_ENABLED',
	];
	return Object.fromEntries(features.map((name) => [name, 'false']));
}

/** `npm start` and jest fill the environment with things that n8n's own processes should not see. */
function withoutNpmSettings(environment) {
	return Object.fromEntries(
		Object.entries(environment).filter(([name]) => !/^(npm_|JEST_|NODE_ENV$|NODE_OPTIONS$|TZ$)/.test(name)),
	);
}

/** Runs one n8n command to its end. Its exit code alone is no proof: n8n sometimes crashes after the work is done. */
async function n8nCommand(args, env) {
	const { output } = await runQuietly(nodeBinary(), [n8nProgram, ...args], { cwd: runtime, env });
	return output;
}

async function importCredentials(file, env, count) {
	const output = await n8nCommand(['import:credentials', `--input=${file}`], env);
	if (output.includes(`Successfully imported ${count} credential`)) return;
	throw new SetupProblem('导入凭据失败', 'n8n could not import the credentials', lastLines(output));
}

/**
 * Starts the n8n server.
 *
 * @returns the child, a promise of its end and the last lines it printed
 */
function startN8n(env, { onLine = () => {}, logFile } = {}) {
	const child = spawn(nodeBinary(), [n8nProgram, 'start'], { cwd: runtime, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const log = logFile ? fs.createWriteStream(logFile, { flags: 'a' }) : undefined;
	const recent = [];
	const keep = (line) => {
		recent.push(line);
		if (recent.length > 200) recent.shift();
		log?.write(`${line}\n`);
		onLine(line);
	};
	eachLine(child.stdout, keep);
	eachLine(child.stderr, keep);
	const ended = new Promise((resolve) => {
		child.once('close', (code, signal) => {
			log?.end();
			resolve({ code, signal });
		});
	});
	return { child, ended, recent };
}

function eachLine(stream, use) {
	let rest = '';
	stream.setEncoding('utf8');
	stream.on('data', (chunk) => {
		const lines = (rest + chunk).split('\n');
		rest = lines.pop();
		for (const line of lines) use(line);
	});
	stream.on('end', () => rest && use(rest));
}

async function waitUntilReady(baseUrl, server, seconds = 180) {
	let end;
	void server.ended.then((result) => (end = result));
	for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(150)) {
		if (end) throw stopped(`n8n 启动后退出（${end.code ?? end.signal}）`, `n8n ended while starting (${end.code ?? end.signal})`, server);
		if (await answers(`${baseUrl}/healthz/readiness`)) return;
	}
	throw stopped(`n8n 在 ${seconds} 秒内没有就绪`, `n8n was not ready within ${seconds} s`, server);
}

function stopped(chinese, english, server) {
	return new SetupProblem(chinese, english, server.recent.slice(-30).join('\n'));
}

async function answers(url) {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status === 200;
	} catch {
		return false;
	}
}

/** Asks n8n to stop and, if it has not after 15 s, ends it. */
async function stopN8n(server) {
	if (server.child.exitCode !== null || server.child.signalCode !== null) return;
	server.child.kill('SIGTERM');
	const timer = setTimeout(() => server.child.kill('SIGKILL'), 15_000);
	await server.ended;
	clearTimeout(timer);
}

module.exports = { importCredentials, n8nCommand, n8nEnvironment, startN8n, stopN8n, waitUntilReady };
