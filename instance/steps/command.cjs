'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { identityOf, lockHolder } = require('./lock.cjs');
const { cache } = require('./paths.cjs');
const { elapsedSeconds, say } = require('./speak.cjs');

const PROGRESS_EVERY_MS = 15_000;
const onWindows = process.platform === 'win32';
const running = new Set();

/**
 * Runs a command to its end with its output in a log file and a progress line every 15 s.
 *
 * @returns exit code, the output and the place of the log
 */
async function runLogged(command, args, { cwd, env = process.env, log, chinese, english }) {
	const logFile = path.join(cache, 'logs', `${log}.log`);
	fs.mkdirSync(path.dirname(logFile), { recursive: true });
	await endOrphan(pidFile(log));
	const startedAt = Date.now();
	const ticker = setInterval(
		() => say(`${chinese}……已 ${elapsedSeconds(startedAt)} 秒`, `${english}, ${elapsedSeconds(startedAt)} s so far`),
		PROGRESS_EVERY_MS,
	);
	try {
		const result = await runQuietly(command, args, { cwd, env, onStart: ({ pid }) => pid && fs.writeFileSync(pidFile(log), identityOf(pid)) });
		fs.writeFileSync(logFile, result.output);
		return { ...result, logFile };
	} finally {
		fs.rmSync(pidFile(log), { force: true });
		clearInterval(ticker);
	}
}

function pidFile(log) {
	return path.join(cache, 'logs', `${log}.pid`);
}

/** A script that was killed with -9 leaves its npm behind; two of them in one folder would spoil it. */
async function endOrphan(file) {
	const pid = lockHolder(file);
	if (!pid) return;
	process.kill(pid, 'SIGKILL');
	while (lockHolder(file) === pid) await sleep(100);
}

/** Runs a command to its end and keeps what it printed. */
function runQuietly(command, args, { cwd, env = process.env, onStart = () => {} } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: onWindows });
		follow(child);
		onStart(child);
		let output = '';
		let stdout = '';
		child.stdout.on('data', (chunk) => {
			output += chunk;
			stdout += chunk;
		});
		child.stderr.on('data', (chunk) => (output += chunk));
		child.on('error', (error) => resolve({ code: 127, output: String(error), stdout }));
		child.on('close', (code, signal) => resolve({ code: code ?? 1, signal, output, stdout }));
	});
}

/** Runs a command in front of the user. */
function runShown(command, args, { cwd, env = process.env } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd, env, stdio: 'inherit', shell: onWindows && command === 'npm' });
		follow(child);
		child.on('error', (error) => {
			console.error(String(error));
			resolve(127);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/** A child must not outlive the script that was stopped (a `kill`, a CI time limit). */
function follow(child) {
	running.add(child);
	child.once('close', () => running.delete(child));
}

function stopChildrenOnSignals() {
	for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
		process.once(signal, () => {
			for (const child of running) child.kill(signal);
			process.exit(code);
		});
	}
}

function lastLines(text, count = 15) {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

module.exports = { follow, lastLines, runLogged, runQuietly, runShown, stopChildrenOnSignals };
