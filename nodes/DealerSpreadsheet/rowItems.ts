import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { inSteps } from '../../engine/inSteps';

/** n8n is slower with many items than with the same rows in few (BENCHMARKS.md). */
const itemsAtMost = 1_000;

/** How rows leave the node. */
type Output = 'auto' | 'rows' | 'batches' | 'summary';

/** Rows as the admin wants them: an item each, some in an item, or none. */
export async function rowItems(context: IExecuteFunctions, rows: readonly object[], item: number): Promise<INodeExecutionData[]> {
	const output = context.getNodeParameter('output', item, 'auto') as Output;
	if (output === 'summary') return [];
	const items: INodeExecutionData[] = [];
	const add = (json: object) => items.push({ json: json as IDataObject, pairedItem: { item } });
	if (output === 'rows' || (output === 'auto' && rows.length <= itemsAtMost)) {
		await inSteps(rows, (some) => some.forEach(add));
		return items;
	}
	const size = output === 'auto' ? itemsAtMost : Math.max(1, Math.floor(Number(context.getNodeParameter('batchSize', item, itemsAtMost))));
	for (let start = 0; start < rows.length; start += size) {
		const some = rows.slice(start, start + size);
		add({ batch: start / size + 1, batches: Math.ceil(rows.length / size), count: some.length, rows: some });
	}
	return items;
}
