/** A browser without scripts: opens our pages, follows links and redirects, fills forms by their labels' names. */
export type Page = { readonly url: string; readonly status: number; readonly html: string; readonly text: string; readonly headers: Headers };

export async function openPage(url: string): Promise<Page> {
	for (let attempt = 1; ; attempt++) {
		const response = await fetch(url, { redirect: 'follow' });
		const page = await read(response);
		// A webhook answers 404 for a moment after its workflow was published; ours are HTML.
		if (!(page.status === 404 && page.html.includes('not registered')) || attempt >= 40) return page;
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}

/** The address of the link with this text on a page. */
export function linkOn({ html, url }: Page, text: string): string {
	const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)];
	const match = links.find(([, , label = '']) => label === text) ?? links.find(([, , label = '']) => label.includes(text));
	if (match === undefined) throw new Error(`no link "${text}" on ${url}`);
	return new URL(decode(match[1] as string), url).href;
}

export type Upload = { readonly name: string; readonly type: string; readonly content: Buffer };

/** Sends the form of a page that holds `marker` (a value of a hidden field or a field name), with its hidden fields; `files` makes it multipart. */
export async function sendForm(page: Page, marker: string, values: Readonly<Record<string, string>>, files: Readonly<Record<string, readonly Upload[]>> = {}): Promise<Page> {
	const forms = [...page.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
	const form = forms.find(([, , inside = '']) => inside.includes(`value="${marker}"`)) ?? forms.find(([, , inside = '']) => inside.includes(`name="${marker}"`));
	if (form === undefined) throw new Error(`no form with "${marker}" on ${page.url}: ${page.text.slice(0, 400)}`);
	const [, attributes = '', inside = ''] = form;
	const sent = filledIn(inside);
	Object.assign(sent, values);
	const target = new URL(decode(attribute(`<form ${attributes}>`, 'action')) || page.url, page.url).href;
	const isMultipart = attributes.includes('multipart');
	const body = isMultipart ? new FormData() : new URLSearchParams();
	for (const [name, value] of Object.entries(sent)) body.append(name, value);
	if (body instanceof FormData) for (const [name, list] of Object.entries(files)) for (const { name: file, type, content } of list) body.append(name, new Blob([new Uint8Array(content)], { type }), file);
	return await read(await fetch(target, { method: 'POST', body, redirect: 'follow' }));
}

/** What the form holds before anybody types. */
function filledIn(inside: string): Record<string, string> {
	const sent: Record<string, string> = {};
	for (const [tag] of inside.matchAll(/<input\b[^>]*>/g)) {
		const type = attribute(tag, 'type');
		const isKept = type === 'hidden' || (['radio', 'checkbox'].includes(type) ? / checked/.test(tag) : type !== 'file' && attribute(tag, 'value') !== '');
		if (isKept) sent[attribute(tag, 'name')] = attribute(tag, 'value');
	}
	return sent;
}

async function read(response: Response): Promise<Page> {
	const html = await response.text();
	const text = decode(html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ').trim();
	return { url: response.url, status: response.status, html, text, headers: response.headers };
}

const attribute = (tag: string, name: string): string => decode(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
