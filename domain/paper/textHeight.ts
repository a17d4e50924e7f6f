import { cellStyles, type CellStyle, type StyleName } from './pageStyles';

const MM_PER_POINT = 0.3528;
/** Left and right between the lines and the words, and how much more an indent takes. */
const PADDING = 1.2;
const INDENT = 2.4;
/** Above and below together. */
const LEADING = 1.4;

/** How many lines a text takes in a cell so wide; Chinese characters are square, others about half as wide. */
function linesOf(text: string, style: StyleName, width: number): number {
	const { size, indent }: CellStyle = cellStyles[style];
	const room = Math.max(1, (width - PADDING - (indent === true ? INDENT : 0)) / (size * MM_PER_POINT));
	return text.split('\n').reduce((lines, line) => lines + wrapped(line, room), 0);
}

/** A line breaks before the character that does not fit any more. */
function wrapped(line: string, room: number): number {
	let lines = 1;
	let used = 0;
	for (const character of line) {
		const width = widthOf(character);
		if (used > 0 && used + width > room) {
			lines++;
			used = 0;
		}
		used += width;
	}
	return lines;
}

/** Height of a cell in millimetres. */
export const textHeight = (text: string, style: StyleName, width: number): number => heightOf(linesOf(text, style, width), style);

export const heightOf = (lines: number, style: StyleName): number => lines * cellStyles[style].size * MM_PER_POINT * 1.36 + LEADING;

/** In squares of the size of a Chinese character. */
export const widthOf = (line: string): number => [...line].reduce((width, character) => width + ((character.codePointAt(0) as number) < 0x2000 ? 0.56 : 1), 0);
