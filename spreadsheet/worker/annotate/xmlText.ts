/** Excel's own limit is 32,767. */
const longest = 30_000;
// eslint-disable-next-line no-control-regex -- these are what XML cannot hold
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in XML, without what XML and Excel cannot hold. */
export function xmlText(text: string): string {
	return text
		.slice(0, longest)
		.replace(forbidden, '')
		.replace(/[&<>"]/g, (mark) => escapes[mark] as string);
}

/** Replaces or adds one attribute of a tag. */
export function withAttribute(tag: string, name: string, value: string): string {
	const found = new RegExp(`(\\s${name}\\s*=\\s*)("[^"]*"|'[^']*')`);
	return found.test(tag) ? tag.replace(found, `$1"${value}"`) : tag.replace(/(\s*\/?>)/, ` ${name}="${value}"$1`);
}
