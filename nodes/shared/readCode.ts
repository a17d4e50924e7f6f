import type { IExecuteFunctions } from 'n8n-workflow';
import { SYSTEM } from '../../engine/engine';

export const actorOf = (context: IExecuteFunctions, index: number): string => codeOf(context.getNodeParameter('actor', index, SYSTEM, { extractValue: true })) || SYSTEM;

/** `J01｜李师傅`, as a form's drop-down gives it → `J01`. */
export const codeOf = (value: unknown): string => (String(value ?? '').split('｜')[0] ?? '').normalize('NFKC').trim();
