import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '../../domain/organisation';
import { allTables } from '../../engine/allTables';
import { openStore } from '../../store/openStore';
import { startInstance, type Instance } from './harness';

type Workflow = { readonly name: string; readonly nodes: readonly { readonly type: string; readonly parameters: { readonly options?: { readonly path?: string }; readonly formFields?: { readonly values: readonly { readonly fieldName: string }[] } } }[] };

const folder = join(__dirname, '../../workflows');

/** Forms that first ask for nothing but the staff number: a page made from the declarations follows. */
const staffForms = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.flatMap((name) => {
		const workflow = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
		const fields = trigger?.parameters.formFields?.values.map(({ fieldName }) => fieldName) ?? [];
		return fields.length === 1 && fields[0] === 'actor' ? [[workflow.name, String(trigger?.parameters.options?.path)] as const] : [];
	});

describe('every staff form in a real n8n', () => {
	let instance: Instance;
	beforeAll(async () => {
		instance = await startInstance({ database: 'sqlite' });
		const store = await openStore({ engine: 'sqlite', file: join(instance.userFolder, 'aftersales.sqlite') }, allTables);
		const now = new Date().toISOString();
		await store.insert('person', [{ no: 'ALL', version: 1, createdAt: now, createdBy: 'test', updatedAt: now, name: '多面手', roles: Object.keys(roles).filter((role) => role !== 'system').join(','), active: true }]);
		await store.close();
	});
	afterAll(() => instance.stop());

	it('there are many of them', () => {
		expect(staffForms.length).toBeGreaterThan(90);
	});

	it.each(staffForms)('%s asks for what it needs, or says that nothing is waiting', async (_name, path) => {
		const page = await instance.postForm(path, { actor: 'ALL' });
		if (page.labels.length === 0) expect(page.text).toMatch(/目前没有可以“.+”的/);
		else expect(page.labels.filter((label) => label.trim() === '' || /undefined|\[object/.test(label))).toEqual([]);
	});

	it('a stranger is told who may', async () => {
		const texts: string[] = [];
		for (const [, path] of staffForms.slice(0, 5)) texts.push((await instance.postForm(path, { actor: 'X99' })).text);
		for (const text of texts) expect(text).toContain('没有工号为“X99”的在职人员');
	});
});
