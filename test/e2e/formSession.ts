import type { WorkflowFile } from './harness';

export type FormFile = { file: Buffer; filename: string; contentType: string };
export type FormFields = Record<string, string | string[] | FormFile | FormFile[]>;
export type UploadedFile = { filename: string; contentType: string; body: Buffer };

/** What n8n showed after a page was sent: the next page or the end. */
export type FormAnswer = {
	/** What a person reads on the page. */
	text: string;
	html: string;
	status: number;
	headers: Headers;
	/** How the workflow stands: `form-waiting` (another page), `success`, `error` … */
	state: string;
	/** Files the page hands to the browser (completion page that returns binaries). */
	files: UploadedFile[];
	/** The first of these files. */
	body: Buffer | undefined;
	executionId: string | undefined;
	/** Labels of the fields on this page, in their order. */
	labels: string[];
	options(field: string): string[];
	next(fields: FormFields): Promise<FormAnswer>;
};

type PageField = { key: string; label: string; kind: 'select' | 'choices' | 'file' | 'input' | 'hidden'; options: string[]; value: string };

/** One person's way through a form of n8n, page after page, as the script in the page would go it. */
export class FormSession {
	readonly fields: PageField[];

	private constructor(
		private readonly url: string,
		readonly html: string,
		private readonly workflows: WorkflowFile[],
	) {
		this.fields = readFields(html);
	}

	static async open(url: string, workflows: WorkflowFile[]): Promise<FormSession> {
		const response = await fetchWhenLive(url);
		const html = await response.text();
		if (response.status !== 200) throw new Error(`GET ${url} → ${response.status}: ${plainText(html)}`);
		return new FormSession(url, html, workflows);
	}

	get labels(): string[] {
		return this.fields.filter(({ kind }) => kind !== 'hidden').map(({ label }) => label);
	}

	options(name: string): string[] {
		return this.field(name).options;
	}

	async send(fields: FormFields): Promise<FormAnswer> {
		const response = await fetch(this.url, { method: 'POST', body: this.multipart(fields), redirect: 'follow' });
		const text = await response.text();
		const waiting = waitingUrlIn(text) ?? (this.url.includes('/form-waiting/') ? this.url : undefined);
		if (response.status >= 400 || !waiting) return this.finalAnswer(response, text);
		return await this.nextPage(waiting);
	}

	private multipart(values: FormFields): FormData {
		const form = new FormData();
		for (const { key, value, kind } of this.fields) if (kind === 'hidden' || (value && kind === 'input')) form.set(key, value);
		for (const [name, value] of Object.entries(values)) appendValue(form, this.field(name), value);
		return form;
	}

	private field(name: string): PageField {
		const position = this.positionOf(name);
		const found = this.fields.find(({ label }) => label === name) ?? this.fields.find(({ key }) => key === `field-${position}`);
		if (!found) throw new Error(`no field "${name}" on this page; it has: ${this.fields.map(({ label }) => label).join(', ')}`);
		return found;
	}

	/** The page shows labels only; field names are looked up in the workflow whose form has just these labels. */
	private positionOf(name: string): number {
		for (const fields of this.workflows.flatMap(({ nodes }) => nodes.map(fieldsOfNode))) {
			const labels = fields.map(({ fieldLabel }) => fieldLabel);
			const shown = this.fields.filter(({ kind }) => kind !== 'hidden').map(({ label }) => label);
			const position = fields.findIndex(({ fieldName }) => fieldName === name);
			if (position >= 0 && shown.every((label) => labels.includes(label))) return position;
		}
		return -1;
	}

	private async nextPage(waitingUrl: string): Promise<FormAnswer> {
		const state = await waitForPage(waitingUrl);
		const response = await fetch(waitingUrl);
		const html = await response.text();
		if (state !== 'form-waiting') return this.finalAnswer(response, html, state, waitingUrl);
		const session = new FormSession(waitingUrl, html, this.workflows);
		// A completion page has no form; its script tells n8n that it was shown, and the workflow goes on.
		const isCompletion = !html.includes("id='n8n-form'");
		const end = isCompletion ? await completeForm(waitingUrl) : state;
		return { ...answerOf(response, html, end, waitingUrl), labels: session.labels, options: (name) => session.options(name), next: async (fields) => await session.send(fields) };
	}

	private finalAnswer(response: Response, html: string, state = response.ok ? 'success' : 'error', url = this.url): FormAnswer {
		return answerOf(response, html, state, url);
	}
}

function answerOf(response: Response, html: string, state: string, url: string): FormAnswer {
	const files = filesIn(html);
	return {
		text: plainText(html),
		html,
		status: response.status,
		headers: response.headers,
		state,
		files,
		body: files[0]?.body,
		executionId: /\/form-waiting\/([^/?]+)/.exec(url)?.[1],
		labels: [],
		options: (name) => {
			throw new Error(`no field "${name}": this is the last page`);
		},
		next: async () => await Promise.reject(new Error(`there is no next page: ${plainText(html)}`)),
	};
}

/** A form answers 404 for a moment after its workflow was published. */
async function fetchWhenLive(url: string): Promise<Response> {
	for (let attempt = 1; ; attempt++) {
		const response = await fetch(url);
		if (response.status !== 404 || attempt >= 40) return response;
		await pause(250);
	}
}

/** @returns 'form-waiting' when there is a page to show, else how the workflow ended */
async function waitForPage(waitingUrl: string, seconds = 120): Promise<string> {
	const url = new URL(waitingUrl);
	url.pathname += '/n8n-execution-status';
	for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await pause(100)) {
		const state = (await (await fetch(url)).text()).trim();
		if (['form-waiting', 'canceled', 'crashed', 'error', 'success', 'null'].includes(state)) return state;
	}
	throw new Error(`no further page within ${seconds} s: ${waitingUrl}`);
}

async function completeForm(waitingUrl: string): Promise<string> {
	await (await fetch(waitingUrl, { method: 'POST' })).text();
	return await waitForPage(waitingUrl, 30);
}

async function pause(milliseconds: number) {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function waitingUrlIn(text: string): string | undefined {
	try {
		return (JSON.parse(text) as { formWaitingUrl?: string }).formWaitingUrl;
	} catch {
		return undefined;
	}
}

function appendValue(form: FormData, { key, kind, options, label }: PageField, value: FormFields[string]) {
	if (typeof value === 'string' && kind === 'select' && !options.includes(value)) {
		throw new Error(`"${value}" is not among the options of "${label}": ${options.join(', ')}`);
	}
	if (kind === 'choices') return form.set(key, JSON.stringify([value].flat()));
	for (const one of [value].flat()) {
		if (typeof one === 'string') form.append(key, one);
		else form.append(key, new Blob([new Uint8Array(one.file)], { type: one.contentType }), one.filename);
	}
}

function fieldsOfNode({ parameters }: WorkflowFile['nodes'][number]): Array<{ fieldName?: string; fieldLabel?: string }> {
	const given = (parameters.formFields as { values?: Array<{ fieldName?: string; fieldLabel?: string }> } | undefined)?.values;
	if (given) return given;
	try {
		return JSON.parse(String(parameters.jsonOutput)) as Array<{ fieldName?: string; fieldLabel?: string }>;
	} catch {
		return [];
	}
}

function readFields(html: string): PageField[] {
	const body = html.slice(html.indexOf('inputs-wrapper'), html.indexOf("id='submit-btn'"));
	const starts = [...body.matchAll(/<(select|textarea|input|div)\b[^>]*\bid=["'](field-\d+)["'][^>]*>/g)];
	return starts.map((start, position) => {
		const [tag = '', element = '', key = ''] = start;
		const before = body.slice(position ? (starts[position - 1]?.index ?? 0) : 0, start.index);
		const after = body.slice(start.index, starts[position + 1]?.index);
		return { key, label: labelIn(before, key), kind: kindOf(element, tag), options: optionsIn(element, after), value: attribute(tag, 'value') };
	});
}

function labelIn(before: string, key: string): string {
	const labels = [...before.matchAll(/<label class=['"]form-label[^>]*>([\s\S]*?)<\/label>/g)];
	return decode(labels.at(-1)?.[1] ?? key).trim();
}

function kindOf(element: string, tag: string): PageField['kind'] {
	if (element === 'select') return 'select';
	if (element === 'div') return 'choices';
	const type = attribute(tag, 'type');
	return type === 'file' || type === 'hidden' ? type : 'input';
}

function optionsIn(element: string, after: string): string[] {
	if (element === 'select') return [...after.matchAll(/<option value=(["'])([\s\S]*?)\1/g)].map(([, , value = '']) => decode(value)).filter(Boolean);
	if (element === 'div') return [...after.matchAll(/multiselect-checkbox' id='[^']*' value='([^']*)'/g)].map(([, value = '']) => decode(value));
	return [];
}

function attribute(tag: string, name: string): string {
	return decode(new RegExp(`\\b${name}=(["'])([\\s\\S]*?)\\1`).exec(tag)?.[2] ?? '');
}

/** The page carries its files as URL-encoded JSON and makes downloads of them. */
function filesIn(html: string): UploadedFile[] {
	const encoded = /const binaries = "([^"]*)"/.exec(html)?.[1];
	if (!encoded) return [];
	const binaries = JSON.parse(decodeURIComponent(encoded)) as Array<{ data: { data: number[] } | string; fileName: string; type: string }>;
	return binaries.map(({ data, fileName, type }) => ({
		filename: fileName,
		contentType: type,
		body: typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data),
	}));
}

function plainText(html: string): string {
	const visible = html.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<!--[\s\S]*?-->/g, ' ');
	return decode(visible.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ').trim();
}

function decode(text: string): string {
	const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', times: '×' };
	return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, code: string) => {
		if (code.startsWith('#x')) return String.fromCodePoint(Number.parseInt(code.slice(2), 16));
		return code.startsWith('#') ? String.fromCodePoint(Number(code.slice(1))) : (names[code] ?? whole);
	});
}
