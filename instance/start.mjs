/**
 * `npm start`: installs what is missing, builds, and runs n8n with this package, demo data and workflows.
 * Every step can be interrupted and is finished by the next run.
 */
import path from 'node:path';
import { build } from './steps/building.cjs';
import { stopChildrenOnSignals } from './steps/command.cjs';
import { ensureEverything } from './steps/dependencies.cjs';
import { runDemo, stopOrphan } from './steps/demo.cjs';
import { lockHolder, tryLock, releaseLock } from './steps/lock.cjs';
import paths from './steps/paths.cjs';
import { checkNodeVersion, checkPort } from './steps/preflight.cjs';
import { runScript, SetupProblem } from './steps/speak.cjs';

const port = Number(process.env.N8N_PORT || 5678);
const lock = path.join(paths.userFolder, 'running.lock');

stopChildrenOnSignals();
process.on('exit', () => releaseLock(lock));
await runScript(async () => {
	checkNodeVersion();
	if (!tryLock(lock)) {
		throw new SetupProblem(
			`本实例已在运行（进程 ${lockHolder(lock)}），请先在那里按 Ctrl-C 停止`,
			`this instance is running already (pid ${lockHolder(lock)}): stop it there with Ctrl-C first`,
		);
	}
	await stopOrphan(paths.userFolder);
	await checkPort(port, 'N8N_PORT');
	await ensureEverything();
	await build();
	await runDemo({ port, userFolder: paths.userFolder });
});
