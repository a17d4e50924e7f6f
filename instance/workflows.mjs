/** Writes workflows/*.json from workflows/templates (forms and parameters come from the declarations). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'aftersales-workflows-'));
const outfile = join(folder, 'write.cjs');
buildSync({ entryPoints: ['workflows/templates/write.ts'], bundle: true, platform: 'node', format: 'cjs', outfile });
execFileSync(process.execPath, [outfile], { stdio: 'inherit' });
rmSync(folder, { recursive: true });
