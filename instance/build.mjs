/**
 * Builds dist/: TypeScript, icons, codex files, bundles of the library doors, third-party notices.
 * `--workers-only` makes only the bundles (what jest needs), `--force` builds although nothing changed.
 */
import { build } from './steps/building.cjs';
import { stopChildrenOnSignals } from './steps/command.cjs';
import { ensureNode24, ensureRepository } from './steps/dependencies.cjs';
import { withLock } from './steps/lock.cjs';
import { cache } from './steps/paths.cjs';
import { checkNodeVersion } from './steps/preflight.cjs';
import { runScript } from './steps/speak.cjs';

stopChildrenOnSignals();
await runScript(async () => {
	checkNodeVersion();
	await withLock(`${cache}/install.lock`, async () => {
		await ensureNode24();
		await ensureRepository();
	});
	await build({ workersOnly: process.argv.includes('--workers-only'), force: process.argv.includes('--force') });
});
