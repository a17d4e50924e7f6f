import { escapeHtml } from './escapeHtml';

/** Text that is HTML already. */
export class Html {
	constructor(readonly text: string) {}
}

type Piece = string | number | Html | null | undefined | false | readonly Piece[];

/** HTML from a template: every value is escaped unless it is HTML itself; lists are joined, empty values vanish. */
export const html = (strings: TemplateStringsArray, ...values: readonly Piece[]): Html => new Html(strings.map((text, index) => text + (index < values.length ? render(values[index]) : '')).join(''));

function render(value: Piece): string {
	if (value === null || value === undefined || value === false) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
	return value.map(render).join('');
}
