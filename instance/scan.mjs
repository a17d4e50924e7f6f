/**
 * `npm run scan`: what n8n's own scanner says about our sources and about the packed tarball.
 * Rules that only matter on n8n Cloud are switched off here, each with its reason; anything else fails.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './steps/building.cjs';
import { runShown, stopChildrenOnSignals } from './steps/command.cjs';
import { ensureNode24, ensureRepository, nodeBinary } from './steps/dependencies.cjs';
import { packPackage, unpack } from './steps/packaging.cjs';
import paths from './steps/paths.cjs';
import { runScript } from './steps/speak.cjs';

stopChildrenOnSignals();
await runScript(async () => {
	await ensureNode24();
	await ensureRepository();
	await build();
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aftersales-scan-'));
	try {
		await unpack(await packPackage(), folder);
		// The scanner is a module of the repository's dependencies and wants Node 24.
		process.exitCode = await runShown(nodeBinary(), [path.join(paths.instance, 'steps', 'scanning.mjs'), folder], { cwd: paths.repository });
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
	}
});
