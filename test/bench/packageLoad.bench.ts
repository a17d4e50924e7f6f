import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** What the package adds to n8n's start: n8n-core's own loader in a fresh process, with n8n-workflow already there. Median of seven. */
function benchPackageLoad(): void {
	const root = path.resolve(__dirname, '../..');
	const script = `process.env.N8N_USER_FOLDER = ${JSON.stringify(path.join(root, 'instance/.cache/core-test'))};
		require('reflect-metadata'); require('n8n-workflow'); const { PackageDirectoryLoader } = require('n8n-core');
		(async () => { const started = performance.now(); await new PackageDirectoryLoader(${JSON.stringify(root)}).loadAll(); console.log(performance.now() - started); process.exit(); })();`;
	const times = Array.from({ length: 7 }, () => Number(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).trim().split('\n').at(-1))).sort((a, b) => a - b);
	console.log(`loading the package into n8n: ${(times[3] as number).toFixed(0)} ms (${times.map((time) => time.toFixed(0)).join(', ')}; goal at most 200)`);
}

benchPackageLoad();
