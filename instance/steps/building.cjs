'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { runQuietly } = require('./command.cjs');
const { withLock } = require('./lock.cjs');
const { thirdPartyNotices } = require('./notices.cjs');
const { cache, dist, instance, repository } = require('./paths.cjs');
const { SetupProblem, elapsedSeconds, say } = require('./speak.cjs');

/** What dist/ is made of; a new top-level source folder is found by itself. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'dist-tools', 'coverage', 'docs', '.git', '.ci', 'test', 'test-results', 'workflows']);
const SOURCE_FILES = /\.(ts|tsx|json|svg|png)$/;
const COPIED_FILES = /\.(svg|png)$|\.node\.json$/;
const buildStamp = path.join(dist, '.build-stamp');
const bundleStamp = path.join(cache, 'bundle-stamp.json');

/** Builds what is out of date; a second call without changes does nothing. */
async function build({ workersOnly = false, force = false } = {}) {
	await withLock(path.join(cache, 'build.lock'), () => (workersOnly ? buildBundles() : buildAll(force)));
}

async function buildAll(force) {
	const fingerprint = sourceFingerprint();
	if (!force && fs.existsSync(buildStamp) && fs.readFileSync(buildStamp, 'utf8') === fingerprint) return;
	const startedAt = Date.now();
	fs.rmSync(dist, { recursive: true, force: true });
	fs.rmSync(bundleStamp, { force: true });
	await compile('tsconfig.json');
	if (fs.existsSync(path.join(repository, 'tsconfig.tools.json'))) await compile('tsconfig.tools.json');
	copyIconsAndCodex();
	await buildBundles();
	fs.writeFileSync(buildStamp, fingerprint);
	say(`构建完成，用时 ${elapsedSeconds(startedAt)} 秒`, `built dist/ in ${elapsedSeconds(startedAt)} s`);
}

async function compile(project) {
	if (!fs.existsSync(path.join(repository, project))) {
		say(`没有 ${project}，跳过编译`, `no ${project} yet, nothing compiled`);
		fs.mkdirSync(dist, { recursive: true });
		return;
	}
	const compiler = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
	const { code, output } = await runQuietly(process.execPath, [compiler, '-p', project], { cwd: repository });
	if (code !== 0) throw new SetupProblem('TypeScript 编译失败', `TypeScript found errors (${project})`, output);
}

function copyIconsAndCodex() {
	for (const folder of ['nodes', 'credentials', 'icons']) {
		for (const file of filesBelow(path.join(repository, folder))) {
			if (!COPIED_FILES.test(file)) continue;
			const target = path.join(dist, path.relative(repository, file));
			fs.mkdirSync(path.dirname(target), { recursive: true });
			fs.copyFileSync(file, target);
		}
	}
}

/**
 * Replaces the modules that import libraries by bundles that contain the libraries, since n8n installs packages
 * without their dependencies being allowed (rule no-runtime-dependencies).
 */
async function buildBundles() {
	const bundles = readBundles();
	if (bundlesAreCurrent(bundles)) return;
	const esbuild = createRequire(path.join(repository, 'package.json'))('esbuild');
	const inputs = new Set();
	for (const bundle of bundles) for (const input of await makeBundle(esbuild, bundle)) inputs.add(input);
	fs.mkdirSync(dist, { recursive: true });
	fs.writeFileSync(path.join(dist, 'THIRD_PARTY_NOTICES.md'), thirdPartyNotices([...inputs]));
	rememberBundles(bundles, [...inputs]);
}

function readBundles() {
	const all = JSON.parse(fs.readFileSync(path.join(instance, 'bundles.json'), 'utf8'));
	return all.filter(({ entry }) => {
		const exists = fs.existsSync(path.join(repository, entry));
		if (!exists) say(`${entry} 尚不存在，跳过`, `${entry} does not exist yet, skipped`);
		return exists;
	});
}

async function makeBundle(esbuild, { entry, out, external = [] }) {
	try {
		const { metafile } = await esbuild.build({
			absWorkingDir: repository,
			entryPoints: [entry],
			outfile: out,
			external: [...external, 'n8n-workflow'],
			bundle: true,
			platform: 'node',
			target: 'node20',
			format: 'cjs',
			minify: true,
			legalComments: 'linked',
			metafile: true,
			allowOverwrite: true,
			logLevel: 'silent',
		});
		return Object.keys(metafile.inputs);
	} catch (error) {
		throw new SetupProblem(`打包 ${entry} 失败`, `bundling ${entry} failed`, error.message);
	}
}

/** Bundles are current while no file that went into them is younger than the bundle. */
function bundlesAreCurrent(bundles) {
	if (!fs.existsSync(bundleStamp)) return false;
	const remembered = JSON.parse(fs.readFileSync(bundleStamp, 'utf8'));
	const outputs = bundles.map(({ out }) => path.join(repository, out));
	return (
		remembered.bundles === JSON.stringify(bundles) &&
		outputs.every((file) => fs.existsSync(file)) &&
		remembered.fingerprint === fingerprintOf(remembered.inputs.map((input) => path.join(repository, input)))
	);
}

function rememberBundles(bundles, inputs) {
	const fingerprint = fingerprintOf(inputs.map((input) => path.join(repository, input)));
	fs.mkdirSync(cache, { recursive: true });
	fs.writeFileSync(bundleStamp, JSON.stringify({ bundles: JSON.stringify(bundles), fingerprint, inputs }));
}

function sourceFingerprint() {
	const entries = fs.readdirSync(repository, { withFileTypes: true });
	const files = entries.flatMap((entry) => {
		if (NOT_SOURCES.has(entry.name) || entry.name.startsWith('.')) return [];
		const place = path.join(repository, entry.name);
		return entry.isDirectory() ? filesBelow(place) : [place];
	});
	const tools = fs.existsSync(path.join(repository, 'tsconfig.tools.json')) ? filesBelow(path.join(repository, 'workflows')) : [];
	const scripts = [__filename, path.join(__dirname, 'notices.cjs')];
	return fingerprintOf([...files.filter((file) => SOURCE_FILES.test(file)), ...tools.filter((file) => file.endsWith('.ts')), ...scripts]);
}

/** Size and time of change say whether a file changed, without reading it. */
function fingerprintOf(files) {
	const hash = createHash('sha256');
	for (const file of [...files].sort()) {
		const stat = fs.statSync(file, { throwIfNoEntry: false });
		hash.update(`${path.relative(repository, file)}:${stat?.size}:${stat?.mtimeMs}\n`);
	}
	return hash.digest('hex');
}

function filesBelow(folder) {
	if (!fs.existsSync(folder)) return [];
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const place = path.join(folder, entry.name);
		if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
		return entry.isDirectory() ? filesBelow(place) : [place];
	});
}

module.exports = { build, filesBelow };
