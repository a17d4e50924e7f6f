import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hurriedOutbox } from './hurriedOutbox';

/** A folder with some of the shipped flows, so that a test does not start with all of them; the outbox flow hurries. */
export function someFlows(names: readonly string[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'aftersales-flows-'));
	for (const name of names) {
		if (name === 'outbox') hurriedOutbox(folder);
		else copyFileSync(join(__dirname, '../../workflows', `${name}.json`), join(folder, `${name}.json`));
	}
	return folder;
}
