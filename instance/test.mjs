/**
 * `npm test`: everything, with a real PostgreSQL and a real n8n, under Node 24.
 * Arguments go to jest (`npm test -- test/store`); `--no-e2e` leaves the real n8n out.
 */
import fs from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../test/support/postgres.mjs';
import { build } from './steps/building.cjs';
import { runShown, stopChildrenOnSignals } from './steps/command.cjs';
import { ensureEverything, nodeBinary, withNode24First } from './steps/dependencies.cjs';
import paths from './steps/paths.cjs';
import { checkNodeVersion } from './steps/preflight.cjs';
import { elapsedSeconds, runScript, say } from './steps/speak.cjs';

const results = path.join(paths.cache, 'test-results');
const jest = path.join(paths.repository, 'node_modules', 'jest', 'bin', 'jest.js');

stopChildrenOnSignals();
await runScript(async () => {
	checkNodeVersion();
	await ensureEverything();
	await build();
	const args = process.argv.slice(2).filter((arg) => arg !== '--no-e2e');
	const withE2e = !process.argv.includes('--no-e2e');
	const postgres = await startPostgres();
	say('PostgreSQL 已启动', `PostgreSQL is up: ${postgres.url}`);
	fs.rmSync(results, { recursive: true, force: true });
	try {
		const environment = testEnvironment(postgres.url);
		await runJest('unit', args, environment);
		if (withE2e) await runJest('e2e', ['--runInBand', ...args], environment);
		else say('按要求跳过端到端测试', 'e2e tests left out (--no-e2e)');
	} finally {
		await postgres.stop();
	}
	reportTotals();
});

async function runJest(project, args, env) {
	const startedAt = Date.now();
	const outputFile = path.join(results, `${project}.json`);
	fs.mkdirSync(results, { recursive: true });
	const flags = ['--selectProjects', project, '--json', `--outputFile=${outputFile}`, '--passWithNoTests'];
	const code = await runShown(nodeBinary(), [jest, ...flags, ...args], { cwd: paths.repository, env });
	if (code !== 0) process.exitCode = 1;
	say(`${project} 测试用时 ${elapsedSeconds(startedAt)} 秒`, `${project} tests took ${elapsedSeconds(startedAt)} s`);
}

function testEnvironment(postgresUrl) {
	return { ...process.env, PATH: withNode24First(), TZ: 'UTC', TEST_POSTGRES_URL: postgresUrl, AFTERSALES_RUNTIME: paths.runtime };
}

function reportTotals() {
	const all = fs.existsSync(results) ? fs.readdirSync(results).map((file) => JSON.parse(fs.readFileSync(path.join(results, file), 'utf8'))) : [];
	const sum = (key) => all.reduce((total, result) => total + result[key], 0);
	// A suite that does not even load has no tests that could fail.
	const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
	const passed = sum('numPassedTests');
	if (passed + failed === 0) {
		console.log('没有测试运行 / no tests ran');
		process.exitCode = 1;
	}
	if (failed) process.exitCode = 1;
	console.log(`\n${passed} passed, ${failed} failed`);
}
