/**
 * Adds to the lock files the optional packages of other platforms that npm left out, because the registry at hand
 * did not carry them when the lock was written. Without them `npm ci` calls the lock file out of sync.
 * Run it after each `npm install <package>`: node instance/completeLock.mjs
 */
import fs from 'node:fs';
import path from 'node:path';
import paths from './steps/paths.cjs';

for (const folder of [paths.repository, paths.runtime]) {
	const file = path.join(folder, 'package-lock.json');
	const text = fs.readFileSync(file, 'utf8');
	const lock = JSON.parse(text);
	const added = complete(lock.packages);
	const indent = /^\{\n(\s+)/.exec(text)?.[1] ?? '\t';
	if (added.length) fs.writeFileSync(file, `${JSON.stringify(lock, null, indent)}\n`);
	console.log(`${path.relative(paths.repository, file)}: ${added.length} added ${added.join(' ')}`);
}

function complete(packages) {
	const added = [];
	for (const [place, { optionalDependencies = {} }] of Object.entries(packages)) {
		for (const [name, version] of Object.entries(optionalDependencies)) {
			// A range cannot be resolved without the registry; platform packages are always pinned exactly.
			if (!/^\d+\.\d+\.\d+/.test(version) || isResolvable(packages, place, name)) continue;
			packages[`node_modules/${name}`] = { version, optional: true, ...platformOf(name) };
			added.push(`${name}@${version}`);
		}
	}
	return added;
}

function isResolvable(packages, place, name) {
	for (let folder = place; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
		if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
		if (!folder) return false;
	}
}

/** os and cpu keep npm from installing the package where it does not belong. */
function platformOf(name) {
	const os = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony'].find((word) => name.includes(word));
	const words = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32', 'arm'];
	const cpu = words.find((word) => name.includes(`-${word}`));
	return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}) };
}
