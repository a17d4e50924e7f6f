'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { filesBelow } = require('./building.cjs');
const { lastLines, runQuietly } = require('./command.cjs');
const { withLock } = require('./lock.cjs');
const { cache, dist, packageName, repository } = require('./paths.cjs');
const { SetupProblem } = require('./speak.cjs');

const KEPT_TARBALLS = 3;
const folder = path.join(cache, 'package');

/**
 * Packs the package as npm would publish it.
 *
 * @returns the tarball, named after the content it was made of
 */
async function packPackage() {
	return await withLock(path.join(cache, 'pack.lock'), async () => {
		const tarball = path.join(folder, `${contentHash()}.tgz`);
		if (!fs.existsSync(tarball)) await makeTarball(tarball);
		return tarball;
	});
}

async function makeTarball(tarball) {
	const scratch = path.join(folder, `scratch-${process.pid}`);
	fs.mkdirSync(scratch, { recursive: true });
	const args = ['pack', '--ignore-scripts', '--silent', `--pack-destination=${scratch}`];
	const { code, output } = await runQuietly('npm', args, { cwd: repository });
	const made = fs.readdirSync(scratch).find((file) => file.endsWith('.tgz'));
	if (code !== 0 || !made) throw new SetupProblem('npm pack 失败', 'npm pack failed', lastLines(output));
	fs.renameSync(path.join(scratch, made), tarball);
	fs.rmSync(scratch, { recursive: true, force: true });
	dropOldTarballs();
}

function dropOldTarballs() {
	const tarballs = fs.readdirSync(folder).filter((file) => file.endsWith('.tgz')).map((file) => path.join(folder, file));
	const newestFirst = tarballs.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
	for (const file of newestFirst.slice(KEPT_TARBALLS)) fs.rmSync(file, { force: true });
}

function contentHash() {
	const hash = createHash('sha256');
	const texts = ['package.json', 'README.md', 'LICENSE', 'LICENSE.md'].map((file) => path.join(repository, file));
	for (const file of [...texts.filter((text) => fs.existsSync(text)), ...filesBelow(dist).sort()]) {
		hash.update(path.relative(repository, file)).update('\0').update(fs.readFileSync(file));
	}
	return hash.digest('hex').slice(0, 16);
}

/**
 * Installs the package into an n8n user folder with the steps that n8n itself takes for a community package.
 *
 * @returns true if something changed
 */
async function installPackage(userFolder, tarball) {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	const target = path.join(nodes, 'node_modules', packageName);
	const stamp = path.join(nodes, '.aftersales-tarball');
	if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === path.basename(tarball)) return false;
	fs.rmSync(stamp, { force: true });
	fs.rmSync(target, { recursive: true, force: true });
	await unpack(tarball, target);
	await installDependencies(target);
	fs.writeFileSync(stamp, path.basename(tarball));
	return true;
}

async function unpack(tarball, target) {
	fs.mkdirSync(target, { recursive: true });
	const { code, output } = await runQuietly('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	if (code !== 0) throw new SetupProblem(`无法解压 ${tarball}`, `cannot unpack ${tarball}`, output);
}

async function installDependencies(target) {
	const file = path.join(target, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = JSON.parse(fs.readFileSync(file, 'utf8'));
	fs.writeFileSync(file, JSON.stringify(manifest, null, 2));
	// n8n runs npm even when there is nothing to install; that would only cost time and need the network.
	if (Object.keys(manifest.dependencies ?? {}).length === 0) return;
	const args = ['install', '--audit=false', '--fund=false', '--bin-links=false', '--install-strategy=shallow', '--ignore-scripts=true', '--package-lock=false'];
	const { code, output } = await runQuietly('npm', args, { cwd: target });
	if (code !== 0) throw new SetupProblem('安装本节点包失败', 'installing the package failed', lastLines(output));
}

module.exports = { installPackage, packPackage, unpack };
