import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { files } from '../../workflows/templates/write';

type Node = { id: string; name: string; type: string; webhookId?: string; parameters: Record<string, unknown> };
export type Workflow = { id: string; name: string; nodes: Node[]; connections: Record<string, { main: { node: string }[][] }> };

export const templates = files().map(([, text]) => JSON.parse(text) as Workflow);

const root = join(__dirname, '../..');
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[]; credentials: string[] } };

/** Node classes as the package lists them, from source. */
export const ownNodes: readonly (readonly [string, INodeType])[] = n8n.nodes.map((file) => {
	const name = /(\w+)\.node\.js$/.exec(file)?.[1] as string;
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the list is in package.json
	const classes = require(join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'))) as Record<string, new () => INodeType>;
	return [name, new (classes[name] as new () => INodeType)()] as const;
});

export const type = (fullName: string): INodeType | undefined => ownNodes.find(([, node]) => `n8n-nodes-aftersales.${node.description.name}` === fullName)?.[1];
