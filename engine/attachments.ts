import { createHash } from 'node:crypto';
import type { Attachment, purposes } from '../domain/service/attachment';
import { apply, type ApplyOptions } from './engine';
import type { Row, Store } from './store';

export type NewFile = { readonly purpose: keyof typeof purposes; readonly name: string; readonly mimeType: string; readonly content: Buffer };

/**
 * Keeps files of a paper; the same file twice is kept once.
 * @rule V-050 — what a service produced is handed in with it
 * @returns their numbers, in order
 * @throws RuleViolation FIELD_INVALID for one that is too large
 */
export async function keepFiles(store: Store, paper: string, files: readonly NewFile[], by: ApplyOptions): Promise<string[]> {
	const known = (await store.load('attachment', 'paper', [paper])) as unknown as Attachment[];
	const numbers: string[] = [];
	for (const { purpose, name, mimeType, content } of files) {
		const hash = createHash('sha256').update(content).digest('hex');
		const before = known.find((each) => each.hash === hash && each.purpose === purpose && each.state !== 'Removed');
		if (before !== undefined) {
			numbers.push(before.no);
			continue;
		}
		const [outcome] = await apply(store, 'attachment', 'add', [{ input: { paper, purpose, name: name.slice(0, 200), mimeType, size: content.length, hash } }], by);
		const no = String((outcome as { readonly document: Row }).document['no']);
		await store.insert('file', [{ no, content: content.toString('base64') }]);
		numbers.push(no);
	}
	return numbers;
}

/** The bytes of an attachment. */
export async function fileContent(store: Store, no: string): Promise<Buffer | null> {
	const [row] = await store.load('file', 'no', [no]);
	return row === undefined ? null : Buffer.from(String(row['content']), 'base64');
}
