'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { say } = require('./speak.cjs');

/** Holds a lock file with our process id while `work` runs; waits while another living process holds it. */
async function withLock(file, work) {
	await takeLock(file);
	const release = () => releaseLock(file);
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.removeListener('exit', release);
		release();
	}
}

async function takeLock(file) {
	for (let told = false; !tryLock(file); told = true) {
		if (!told) {
			const holder = lockHolder(file);
			say(`另一个进程（${holder}）正在安装，等待它完成`, `process ${holder} is doing this already, waiting for it`);
		}
		await sleep(1_000);
	}
}

/** @returns false if a living process other than ours holds the lock */
function tryLock(file) {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	try {
		fs.writeFileSync(file, identityOf(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
	}
	if (lockHolder(file)) return false;
	// The holder died (kill -9, power cut). Whoever manages to move its lock away may take the next one.
	try {
		fs.renameSync(file, `${file}.stale.${process.pid}`);
		fs.rmSync(`${file}.stale.${process.pid}`, { force: true });
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
	return tryLock(file);
}

/** @returns id of the living process that holds the lock, or undefined */
function lockHolder(file) {
	try {
		const [pid, birth] = fs.readFileSync(file, 'utf8').split(' ');
		return isAlive(Number(pid), birth) ? Number(pid) : undefined;
	} catch {
		return undefined;
	}
}

function identityOf(pid) {
	return `${pid} ${birthOf(pid) ?? ''}`;
}

/** A process id may be used again (after a restart of the machine), so the time of birth has to agree too. */
function isAlive(pid, birth) {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (error.code !== 'EPERM') return false;
	}
	return !fs.existsSync('/proc/self/stat') || !birth || birthOf(pid) === birth;
}

/** @returns when the process began, in the kernel's ticks; undefined for a dead one (zombie) and where there is no /proc */
function birthOf(pid) {
	try {
		const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
		return fields[0] === 'Z' ? undefined : fields[19];
	} catch {
		return undefined;
	}
}

function releaseLock(file) {
	if (lockHolder(file) === process.pid) fs.rmSync(file, { force: true });
}

module.exports = { identityOf, lockHolder, releaseLock, tryLock, withLock };
