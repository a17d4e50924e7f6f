import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INode, type INodeParameters, type INodeType } from 'n8n-workflow';
import { files } from '../../workflows/templates/write';
import { templates, type } from '../support/ownNodes';

const folder = join(__dirname, '../../workflows');

/* eslint-disable @typescript-eslint/no-require-imports -- shared with npm start, which runs before anything is compiled */
const { missingCredentials } = require('../../instance/steps/workflowFiles.cjs') as { missingCredentials(workflow: object, present: readonly { readonly id: string }[]): string[] };
/* eslint-enable @typescript-eslint/no-require-imports */

describe('the shipped templates', () => {
	it('wait for no credential that npm start does not make, but for the mailboxes', () => {
		const present = JSON.parse(readFileSync(join(__dirname, '../../instance/credentials.json'), 'utf8')) as { id: string }[];
		const waiting = templates.flatMap((workflow) => missingCredentials(workflow, present).map((name) => [workflow.id, name]));
		expect(waiting.sort()).toEqual([['aftersalesMailIn01', 'After-Sales IMAP'], ['aftersalesOutMail01', 'After-Sales Outlet IMAP'], ['aftersalesRmaMail01', 'After-Sales RMA IMAP']]);
	});

	it('need two credentials at most', () => {
		const kinds = templates.map(({ id, nodes }) => [id, [...new Set(nodes.flatMap((node) => Object.keys((node as { credentials?: object }).credentials ?? {})))]] as const);
		expect(kinds.filter(([, names]) => names.length > 2)).toEqual([]);
		expect(kinds.find(([id]) => id === 'aftersalesMailIn01')?.[1].toSorted()).toEqual(['afterSalesDatabaseApi', 'imap']);
	});

	it('are exactly what workflows/templates writes (npm run workflows)', () => {
		expect(readdirSync(folder).filter((name) => name.endsWith('.json')).sort()).toEqual(files().map(([name]) => name).sort());
		for (const [name, text] of files()) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
	});

	it('have ids of their own, in workflows, nodes and web addresses', () => {
		const nodes = templates.flatMap(({ nodes: all }) => all);
		const paths = nodes.flatMap(({ type: name, parameters }) => (name.endsWith('.formTrigger') ? [(parameters['options'] as { path: string }).path] : []));
		for (const ids of [templates.map(({ id }) => id), nodes.map(({ id }) => id), nodes.flatMap(({ webhookId }) => webhookId ?? []), paths]) expect(new Set(ids).size).toBe(ids.length);
	});

	it('have a number of their own, by which mails and notes name them', () => {
		const numbers = templates.map(({ name }) => /^售后 [\da-z-]+/.exec(name)?.[0] ?? name);
		expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
	});

	it('P-041 O-030: QA hands in results in its own name; the statement is drawn up and sent by the flow', () => {
		const nodes = templates.find(({ id }) => id === 'aftersalesQaState01')?.nodes ?? [];
		const actorOf = (operation: string, value: string) => (nodes.find(({ parameters }) => parameters[operation] === value)?.parameters['actor'] as { value: string } | undefined)?.value;
		expect([actorOf('content', 'qaResults'), actorOf('operation', 'makeStatement')]).toEqual(['={{ $json.actor }}', 'system']);
	});

	it.each([['aftersalesQaState01', '网点有邮箱'], ['aftersalesReconAll1', '已经传出']])('P-041: %s mails a statement only where the outlet has an address; the others go on at “%s”', (id, condition) => {
		const flow = templates.find((workflow) => workflow.id === id);
		expect(JSON.stringify(flow?.nodes.find(({ name }) => name === condition)?.parameters)).toContain('!!$json.outletMail');
		const [withMail, without] = (flow?.connections[condition]?.main ?? []).map((targets) => targets.map(({ node }) => node));
		expect(withMail).toEqual(['传给网点']);
		expect(without).toEqual(flow?.connections['传给网点']?.main[0]?.map(({ node }) => node));
	});

	it.each([
		['P-041', 'reconciliation', 'reopen'], ['P-040', 'usage_line', 'void'], ['P-043', 'old_part', 'void'], ['P-049', 'repair_record', 'void'], ['P-049', 'install_record', 'void'],
		['P-020', 'outlet_count', 'void'], ['P-022', 'part_request', 'withdraw'], ['P-033', 'part_transfer', 'refuse'], ['P-002', 'outlet_setup', 'refuse'], ['P-050', 'outlet_fee', 'pay'],
	])('M-105 %s: there is one page for %s.%s', (_rule, kind, event) => {
		const pages = templates.filter(({ nodes }) => nodes.some(({ parameters }) => parameters['resource'] === kind && parameters['formEvent'] === event));
		expect(pages.map(({ nodes }) => nodes.filter(({ type: name, parameters }) => name.startsWith('n8n-nodes-aftersales.') && parameters['operation'] === event).length)).toEqual([1]);
	});

	describe.each(templates.map((workflow) => [workflow.name, workflow] as const))('%s', (_name, workflow) => {
		const names = workflow.nodes.map(({ name }) => name);

		it('connects nodes that exist, uses n8n\'s and our nodes only, no code, and has one note', () => {
			expect(new Set(names).size).toBe(names.length);
			for (const [from, { main }] of Object.entries(workflow.connections)) expect(names).toEqual(expect.arrayContaining([from, ...main.flat().map(({ node }) => node)]));
			for (const { type: name } of workflow.nodes) expect(name).toMatch(/^(n8n-nodes-base\.(?!code)|n8n-nodes-aftersales\.)/);
			expect(workflow.nodes.filter(({ type: name }) => name.endsWith('stickyNote'))).toHaveLength(1);
			expect(JSON.stringify(workflow)).not.toContain('pinData');
		});

		it('gives our nodes parameters they know and all they need', () => {
			for (const node of workflow.nodes.filter(({ type: name }) => name.startsWith('n8n-nodes-aftersales.'))) {
				const { description } = type(node.type) as INodeType;
				const known = new Set(description.properties.map(({ name }) => name));
				expect(Object.keys(node.parameters).filter((name) => !known.has(name))).toEqual([]);
				// n8n drops what it would not show, and the "=" where an expression may not stand.
				expect([node.name, NodeHelpers.getNodeParameters(description.properties, node.parameters as INodeParameters, true, false, node as unknown as INode, description)]).toEqual([node.name, expect.objectContaining(node.parameters)]);
				expect([node.name, NodeHelpers.getNodeParametersIssues(description.properties, node as unknown as INode, description)]).toEqual([node.name, null]);
			}
		});
	});
});
