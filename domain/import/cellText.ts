import { normaliseText } from './normaliseText';
import type { CellLike } from './sheetDataLike';

/** Shows a cell as the sender sees it; null when it looks empty. */
export function cellText(cell: CellLike | undefined): string | null {
	if (cell === null || cell === undefined) return null;
	if (typeof cell === 'object') return cell.time === undefined ? cell.day : `${cell.day} ${cell.time}`;
	if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
	const text = String(cell);
	return normaliseText(text) === '' ? null : text;
}
