'use strict';
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { lastLines, runQuietly } = require('./command.cjs');
const { SetupProblem } = require('./speak.cjs');

const GIGABYTE = 1024 ** 3;

function checkNodeVersion() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= 20) return;
	throw new SetupProblem(
		`Node.js 版本过低（${process.versions.node}），请安装 Node.js 20 或更高版本`,
		`Node.js ${process.versions.node} is too old: install Node.js 20 or newer (https://nodejs.org)`,
	);
}

function checkDisk(folder, gigabytes) {
	const { bavail, bsize } = fs.statfsSync(folder);
	const free = (bavail * bsize) / GIGABYTE;
	if (free >= gigabytes) return;
	throw new SetupProblem(
		`磁盘空间不足：${folder} 只剩 ${free.toFixed(1)} GB，需要 ${gigabytes} GB，请清理后重试`,
		`disk too small: ${folder} has ${free.toFixed(1)} GB free, ${gigabytes} GB are needed; free some space and run this again`,
	);
}

async function checkRegistry(folder) {
	const { stdout } = await runQuietly('npm', ['config', 'get', 'registry'], { cwd: folder });
	// A look at one tiny package works on every mirror, which `npm ping` does not.
	const probe = ['view', 'ms', 'version', '--fetch-timeout=15000', '--fetch-retries=1', '--prefer-online'];
	const { code, output } = await runQuietly('npm', probe, { cwd: folder });
	if (code === 0) return;
	throw new SetupProblem(
		`无法访问 npm 源 ${stdout.trim()}，请检查网络或代理，或改用镜像：npm config set registry https://registry.npmmirror.com`,
		`npm registry ${stdout.trim()} cannot be reached: check the network or proxy, or choose a mirror with "npm config set registry <url>"`,
		lastLines(output, 6),
	);
}

async function checkPort(port, variable) {
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new SetupProblem(`端口无效：${variable}=${process.env[variable]}`, `not a port: ${variable}=${process.env[variable]}`);
	}
	if (await isPortFree(port)) return;
	const owner = portOwner(port);
	const suggestion = `${variable}=${(await nextFreePort(port + 1)) ?? port + 1} npm start`;
	throw new SetupProblem(
		`端口 ${port} 已被占用${owner ? `（${owner}）` : ''}，请先停止占用它的程序，或换一个端口：${suggestion}`,
		`port ${port} is taken${owner ? ` by ${owner}` : ''}: stop that program or choose another port: ${suggestion}`,
	);
}

/** n8n listens on all addresses, so a port that is taken on only one of them is not free. */
async function isPortFree(port) {
	for (const host of ['::', '0.0.0.0', '127.0.0.1']) {
		if (!(await canListen(port, host))) return false;
	}
	return true;
}

function canListen(port, host) {
	return new Promise((resolve) => {
		const server = net.createServer();
		// Machines without IPv6 refuse '::' for another reason than the port.
		server.once('error', (error) => resolve(!['EADDRINUSE', 'EACCES'].includes(error.code)));
		server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
	});
}

async function nextFreePort(from) {
	for (let port = from; port < from + 50 && port <= 65_535; port++) if (await isPortFree(port)) return port;
	return undefined;
}

/** @returns a port that was free a moment ago */
function freePort() {
	return new Promise((resolve, reject) => {
		const server = net.createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** Finds the listening process through /proc, which needs no tool; elsewhere the owner stays unknown. */
function portOwner(port) {
	try {
		const inodes = listeningInodes(port);
		for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
			if (holdsSocket(pid, inodes)) return `${processName(pid)}, pid ${pid}`;
		}
	} catch {
		// Not Linux.
	}
	return undefined;
}

function listeningInodes(port) {
	const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
	const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((table) => fs.existsSync(table));
	const rows = tables.flatMap((table) => fs.readFileSync(table, 'utf8').split('\n').slice(1));
	const cells = rows.map((row) => row.trim().split(/\s+/));
	return new Set(cells.filter((cell) => cell[1]?.endsWith(`:${hexPort}`) && cell[3] === '0A').map((cell) => cell[9]));
}

function holdsSocket(pid, inodes) {
	const folder = path.join('/proc', pid, 'fd');
	try {
		return fs.readdirSync(folder).some((fd) => inodes.has(/^socket:\[(\d+)\]$/.exec(readLink(folder, fd))?.[1]));
	} catch {
		return false;
	}
}

function readLink(folder, fd) {
	try {
		return fs.readlinkSync(path.join(folder, fd));
	} catch {
		return '';
	}
}

function processName(pid) {
	return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim().slice(0, 80) || 'unknown';
}

module.exports = { checkDisk, checkNodeVersion, checkPort, checkRegistry, freePort, isPortFree };
