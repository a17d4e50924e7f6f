/** `npm run bench`: builds, then runs each test/bench/*.bench.ts under Node 24, with a real PostgreSQL at hand. */
import fs from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../test/support/postgres.mjs';
import { build } from './steps/building.cjs';
import { runShown, stopChildrenOnSignals } from './steps/command.cjs';
import { ensureNode24, ensureRepository, nodeBinary } from './steps/dependencies.cjs';
import paths from './steps/paths.cjs';
import { runScript, say } from './steps/speak.cjs';

stopChildrenOnSignals();
await runScript(async () => {
	await ensureNode24();
	await ensureRepository();
	await build();
	const folder = path.join(paths.repository, 'test', 'bench');
	const wanted = process.argv.slice(2);
	const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => /\.bench\.ts$/.test(file)) : [];
	const chosen = files.filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));
	const postgres = await startPostgres();
	try {
		for (const file of chosen) {
			say(file, 'measuring');
			const env = { ...process.env, TEST_POSTGRES_URL: postgres.url, AFTERSALES_RUNTIME: paths.runtime };
			const built = await bundled(path.join(folder, file));
			const code = await runShown(nodeBinary(), ['--no-warnings', built], { cwd: paths.repository, env });
			fs.rmSync(built);
			if (code !== 0) process.exitCode = 1;
		}
	} finally {
		await postgres.stop();
	}
});

/** One file beside its source, so that the scripts it requires are found. */
async function bundled(entry) {
	const { buildSync } = await import('esbuild');
	const outfile = entry.replace(/\.ts$/, '.built.cjs');
	buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile, external: ['pg-native', '../../instance/steps/*'] });
	return outfile;
}
