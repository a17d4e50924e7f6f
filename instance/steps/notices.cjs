'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { repository } = require('./paths.cjs');

/** Lists the libraries inside the bundles with the licence texts that their licences ask to keep. */
function thirdPartyNotices(inputs) {
	const packages = new Map();
	for (const input of inputs) {
		const folder = packageFolder(input);
		if (folder) packages.set(folder, describePackage(folder));
	}
	const all = [...packages.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
	const intro = 'The bundles in this package contain the following libraries.';
	return `# Third-party notices\n\n${intro}\n\n${all.map(({ title, text }) => `## ${title}\n\n${text}\n`).join('\n')}`;
}

/** @returns `node_modules/a` for `node_modules/a/lib/x.js`, the innermost one when nested */
function packageFolder(input) {
	const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll('\\', '/'));
	return match?.[1];
}

function describePackage(folder) {
	const place = path.join(repository, folder);
	const { name, version, license, licenses } = JSON.parse(fs.readFileSync(path.join(place, 'package.json'), 'utf8'));
	const short = typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(', ') ?? 'see package');
	const files = fs.readdirSync(place).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
	const texts = files.filter((file) => fs.statSync(path.join(place, file)).isFile()).map((file) => fs.readFileSync(path.join(place, file), 'utf8'));
	const body = texts.length ? `\`\`\`\`text\n${texts.join('\n').trim()}\n\`\`\`\`` : 'The package carries no licence file.';
	return { title: `${name} ${version} (${short})`, text: body };
}

module.exports = { thirdPartyNotices };
