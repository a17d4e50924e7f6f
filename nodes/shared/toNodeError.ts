import type { INode, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

type Explained = Error & { readonly way?: string; readonly description?: string; readonly code?: string };

/** Any error as n8n shows it: what is wrong as message, what to do as description, the item at fault. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const { message, way, description } = error as Explained;
	return new NodeOperationError(node, error as Error, { message, description: way ?? description ?? '', ...(itemIndex === undefined ? {} : { itemIndex }) });
}

/**
 * The output of an item that failed under Continue On Fail; `error` is what sends it to the error output,
 * where n8n keeps the message only: so that holds what to do as well.
 */
export function failedItem(node: INode, error: unknown, item: number): INodeExecutionData {
	const { message, way, description, code } = error as Explained;
	const advice = way ?? description ?? '';
	const whole = advice === '' ? message : `${message}。${advice}`;
	return { json: { error: whole, code: code ?? null }, error: new NodeOperationError(node, error as Error, { message: whole, description: advice, itemIndex: item }), pairedItem: { item } };
}
