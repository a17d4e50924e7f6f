import { create } from 'qrcode';

/** The code a scanner reads as `text`, as rows of 0 and 1. */
export function modulesOf(text: string): string[] {
	const { modules } = create(text, { errorCorrectionLevel: 'Q' });
	return Array.from({ length: modules.size }, (_row, row) => Array.from({ length: modules.size }, (_column, column) => modules.get(row, column)).join(''));
}
