import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '../..');

function filesUnder(folder: string, suffix: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((name) => name.endsWith(suffix) && statSync(join(root, name)).isFile());
}

const idsIn = (file: string, pattern: RegExp): string[] => [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map((match) => match[1] as string);

const cited = new Map<string, Set<string>>();
for (const file of ['domain', 'engine', 'store', 'spreadsheet', 'pages', 'codes', 'mail', 'nodes'].flatMap((folder) => filesUnder(folder, '.ts')))
	for (const id of idsIn(file, /@rule ([A-Z]-\d{3})/g)) cited.set(id, (cited.get(id) ?? new Set()).add(relative('.', file)));

const listed = new Map(
	[...readFileSync(join(root, 'docs/rules.md'), 'utf8').matchAll(/^\| ([A-Z]-\d{3}) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map((match) => [match[1] as string, [...(match[4] as string).matchAll(/`([^`]+)`/g)].map((place) => place[1] as string)]),
);

/** Ids in the titles of tests, not in their bodies. */
const tested = new Set(filesUnder('test', '.test.ts').flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:it|describe)(?:\.each[^\n]*|\([^\n]*)?\(?\s*['"`]([^\n]*)|\]\)\(\s*['"`]([^\n]*)/g)].flatMap((match) => [...match[0].matchAll(/\b([A-Z]-\d{3})\b/g)].map((id) => id[1] as string))));

describe('docs/rules.md', () => {
	it('lists exactly the rules that the code cites, each with the files that cite it', () => {
		expect(Object.fromEntries(listed)).toEqual(Object.fromEntries([...cited].sort().map(([id, files]) => [id, [...files].sort()])));
	});
	it.each([...listed.keys()])('%s stands in the title of a test', (id) => {
		expect([...tested]).toContain(id);
	});
	it('is named by tests for no rule that is not kept', () => {
		expect([...tested].filter((id) => !listed.has(id))).toEqual([]);
	});
});
