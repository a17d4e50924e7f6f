import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from './templates';

/** The text of each shipped file, by name. */
export const files = (): [string, string][] => templates.map(({ file, workflow }) => [`${file}.json`, `${JSON.stringify(workflow, null, '\t')}\n`]);

if (require.main === module) for (const [name, text] of files()) writeFileSync(join('workflows', name), text);
