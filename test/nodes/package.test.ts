import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { ownNodes } from '../support/ownNodes';
import { namedOutputs } from '../../nodes/ComplaintRouting/namedOutputs';
import { toStored } from '../../engine/toStored';
import { documents } from '../../engine/registry';
import { fen, lines, text } from '../../domain/document/fields';

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

describe('the package', () => {
	it('is taken by n8n-core\'s own loader with all nodes and credentials', async () => {
		// n8n-core writes into its user folder when it is loaded.
		process.env['N8N_USER_FOLDER'] = join(root, 'instance/.cache/core-test');
		const { PackageDirectoryLoader } = await import('n8n-core');
		const loader = new PackageDirectoryLoader(root);
		await loader.loadAll();
		expect(Object.keys(loader.nodeTypes).sort()).toEqual(ownNodes.map(([, { description }]) => description.name).sort());
		expect(Object.keys(loader.credentialTypes).sort()).toEqual(['afterSalesDatabaseApi', 'afterSalesSmtpApi']);
	});

	it('has no runtime dependencies, and its code packs to less than 3 MB', () => {
		expect(manifest['dependencies']).toBeUndefined();
		const size = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
			.map((name) => join(root, 'dist', name))
			.filter((name) => statSync(name).isFile())
			.reduce((sum, name) => sum + gzipSync(readFileSync(name)).length, 0);
		expect(size).toBeLessThan(3e6);
	});

	it.each(ownNodes)('%s has icons, a codex file with Chinese words to find it by, and a test of its credentials', (name, { description }) => {
		const icon = description.icon as { light: string; dark: string };
		for (const file of [icon.light, icon.dark]) expect(existsSync(join(root, 'nodes', name, file.replace('file:', '')))).toBe(true);
		const codex = JSON.parse(readFileSync(join(root, 'nodes', name, `${name}.node.json`), 'utf8')) as { alias: string[] };
		expect(codex.alias.join('')).toMatch(/[\u4e00-\u9fff]/);
		for (const credential of description.credentials ?? []) expect(credential.testedBy).toBeDefined();
	});

	it('offers every event of every document as an operation with its fields, but for those that only follow others', () => {
		const register = ownNodes.find(([name]) => name === 'ServiceRegister')?.[1].description.properties ?? [];
		for (const { kind, events } of documents) {
			for (const [event, { input, by }] of Object.entries(events)) {
				const shown = register.filter(({ displayOptions }) => displayOptions?.show?.['resource']?.includes(kind) === true && displayOptions.show['operation']?.includes(event) === true);
				const names = shown.flatMap(({ name, options }) => [name, ...(options ?? []).map((option) => option.name)]);
				if (by === 'consequence') expect(names).toEqual([]);
				else expect(names).toEqual(expect.arrayContaining(Object.keys(input)));
			}
		}
	});

	it('names the outputs of Complaint Routing without anything from outside, since n8n runs it as text', () => {
		// Exactly what n8n does with it.
		const outputs = new Function('parameters', `return (${namedOutputs.toString()})(parameters)`)({ holders: ['deputy_gm', 'x'] }) as { displayName: string }[];
		expect(outputs.map(({ displayName }) => displayName)).toEqual(['副总经理', 'x', '其他']);
	});
});

describe('amounts people enter', () => {
	const fields = { amount: fen({ en: 'Amount', zh: '金额' }), note: text({ en: 'Note', zh: '备注' }) };
	it.each<[unknown, unknown]>([['180.5', 18050], [180.5, 18050], ['1,234.56', 123456], ['￥12', 1200], ['', null], ['12.345', '12.345 元'], ['很多', '很多 元'], ['0.10', 10]])('%p becomes %p', (given, expected) => {
		expect(toStored(fields, { amount: given, note: '1.5' })).toEqual({ amount: expected, note: '1.5' });
	});

	it('money typed in a line of a form is yuan, as in a field of its own', () => {
		const withLines = { costs: lines({ kind: text({ en: 'Kind', zh: '项目' }), amount: fen({ en: 'Amount', zh: '金额' }) }, { en: 'Costs', zh: '费用' }) };
		expect(toStored(withLines, { costs: '地铁 6\n打车 35.50' })).toEqual({ costs: [{ kind: '地铁', amount: 600 }, { kind: '打车', amount: 3550 }] });
		expect(toStored(withLines, { costs: '[{"kind":"地铁","amount":6}]' })).toEqual({ costs: [{ kind: '地铁', amount: 600 }] });
	});
});
