/** Runs in Node 24 for instance/scan.mjs: node steps/scanning.mjs <unpacked tarball> */
import fs from 'node:fs';
import path from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import paths from './paths.cjs';

const SELF_HOSTED = 'the package is for self-hosted n8n: it reads files, opens databases and mail servers (ADR on cloud support)';
const BUNDLED = 'stands in a bundled library, not in our code';

/** The scanner takes no configuration, so its findings are sorted out afterwards. */
const SWITCHED_OFF = [
	{ rule: '@n8n/community-nodes/no-restricted-globals', reason: SELF_HOSTED },
	{ rule: '@n8n/community-nodes/no-restricted-imports', reason: SELF_HOSTED },
	{ rule: 'no-console', inBundlesOnly: true, reason: BUNDLED },
	{ rule: '@n8n/community-nodes/no-dangerous-functions', inBundlesOnly: true, reason: BUNDLED },
	{ rule: '@n8n/community-nodes/no-deprecated-workflow-functions', inBundlesOnly: true, reason: BUNDLED },
];

const legs = [
	{ leg: 'source', folder: paths.repository, patterns: SOURCE_FILE_PATTERNS },
	{ leg: 'dist', folder: process.argv[2], patterns: ['**/*.js', 'package.json'] },
];

const bundles = JSON.parse(fs.readFileSync(path.join(paths.instance, 'bundles.json'), 'utf8')).map(({ out }) => out);

for (const { leg, folder, patterns } of legs) {
	const result = await analyzePackage(folder, patterns);
	const { findings, waved } = sortOut(result.details ?? '');
	console.log(`\nscan of the ${leg}: ${findings.length} findings, ${waved.size} rules switched off`);
	for (const [rule, { count, reason }] of waved) console.log(`  off: ${rule} (${count} places): ${reason}`);
	for (const { file, line } of findings) console.log(`  ${file}\n    ${line}`);
	const failedOtherwise = !result.passed && !result.details;
	if (failedOtherwise) console.log(`  ${result.message}`);
	if (findings.length || failedOtherwise) process.exitCode = 1;
}

function isBundle(file) {
	return bundles.some((bundle) => file.trim().endsWith(bundle));
}

/** The scanner reports as text: a file name, then its findings as "line:column  error  message  rule". */
function sortOut(details) {
	const findings = [];
	const waved = new Map();
	let file = '';
	for (const line of details.replace(/\u001b\[\d+m/g, '').split('\n')) {
		if (/^\S/.test(line)) file = line;
		const match = /^\s+\d+:\d+\s+error\s+.*?(\S+)$/.exec(line.trimEnd());
		if (!match) continue;
		const off = SWITCHED_OFF.find(({ rule, inBundlesOnly }) => rule === match[1] && (!inBundlesOnly || isBundle(file)));
		if (off) waved.set(off.rule, { count: (waved.get(off.rule)?.count ?? 0) + 1, reason: off.reason });
		else findings.push({ file, line: line.trim() });
	}
	return { findings, waved };
}
