import { createHash } from 'node:crypto';
import { formFields, type FormField } from '../../engine/formFields';
import { documentOf } from '../../engine/registry';
import { isSearched } from '../../nodes/shared/fieldProperties';

export type Node = { readonly name: string; readonly type: string; readonly typeVersion: number; readonly parameters: object; readonly position: readonly [number, number]; readonly [key: string]: unknown };

export type Template = {
	readonly file: string;
	readonly workflow: { readonly id: string; readonly name: string; readonly nodes: readonly Node[]; readonly connections: object; readonly active: false; readonly settings: object };
};

const credentials = {
	afterSalesDatabaseApi: { id: 'aftersalesDb00001', name: 'After-Sales Database' },
	afterSalesSmtpApi: { id: 'aftersalesSmtp0001', name: 'After-Sales SMTP' },
};

const uuid = (text: string): string => {
	const hex = createHash('sha256').update(text).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A mail that is only put into the outbox needs no mail server. */
const sendsMail = (type: string, parameters: object): boolean => type.endsWith('serviceNotice') && !('operation' in parameters && parameters.operation === 'queue');

/** Builds one workflow: nodes left to right, a row for what goes wrong, one sticky note. Ids depend on names only. */
export class TemplateBuilder {
	private readonly nodes: Node[] = [];
	private readonly connections: Record<string, { main: { node: string; type: 'main'; index: 0 }[][] }> = {};
	private column = 0;
	private path = '';

	constructor(
		private readonly file: string,
		private readonly id: string,
		private readonly name: string,
		note: string,
	) {
		this.nodes.push({
			id: uuid(`${id} note`),
			name: '说明',
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: [-40, -240],
			parameters: { content: `## ${name}\n${note}`, height: 180, width: 700, color: 4 },
		});
	}

	/** Adds a node; `after` names the node (and output) it follows, the last one by default. */
	add(name: string, type: string, typeVersion: number, parameters: object, more: { after?: [string, number][]; row?: number; extra?: object; stay?: boolean } = {}): this {
		const before = this.nodes.at(-1);
		const isFirst = this.nodes.length === 1;
		const { after = isFirst || before === undefined ? [] : [[before.name, 0] as [string, number]], row = 0, extra = {}, stay = false } = more;
		if (!stay && !isFirst) this.column++;
		const own = type.startsWith('n8n-nodes-aftersales.');
		this.nodes.push({
			id: uuid(`${this.id} ${name}`),
			name,
			type,
			typeVersion,
			position: [this.column * 240, row * 200],
			parameters,
			...(/form(Trigger)?$|wait$|webhook$|servicePagesTrigger$/i.test(type) ? { webhookId: uuid(`${this.id} ${name} webhook`) } : {}),
			...(own ? { credentials: sendsMail(type, parameters) ? credentials : { afterSalesDatabaseApi: credentials.afterSalesDatabaseApi } } : {}),
			...extra,
		});
		for (const [from, output] of after) this.connect(from, output, name);
		return this;
	}

	connect(from: string, output: number, to: string): this {
		const main = (this.connections[from] ??= { main: [] }).main;
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
		return this;
	}

	formTrigger(name: string, path: string, title: string, description: string, fields: readonly FormField[]): this {
		this.path = path;
		return this.add(name, 'n8n-nodes-base.formTrigger', 2.5, {
			formTitle: title,
			formDescription: description,
			formFields: { values: fields },
			responseMode: 'lastNode',
			options: { path, appendAttribution: false, buttonLabel: '提交' },
		});
	}

	/** The second page: its fields come from the node before, and `more` after them. */
	formPage(name: string, buttonLabel: string, more: readonly FormField[] = []): this {
		return this.add(name, 'n8n-nodes-base.form', 2.5, {
			operation: 'page',
			defineForm: 'json',
			jsonOutput: more.length === 0 ? '={{ $json.formFields }}' : `={{ $json.formFields.concat(${JSON.stringify(more)}) }}`,
			options: { formTitle: '={{ $json.formTitle }}', formDescription: '={{ $json.formDescription }}', buttonLabel },
		});
	}

	own(name: string, node: string, parameters: object, more: { after?: [string, number][]; failsTo?: true } = {}): this {
		return this.add(name, `n8n-nodes-aftersales.${node}`, 1, parameters, { ...more, extra: more.failsTo === true ? { onError: 'continueErrorOutput' } : {} });
	}

	formEnd(name: string, title: string, message: string): this {
		return this.add(name, 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'text', completionTitle: title, completionMessage: `${message}${this.link('再填一张')}`, options: { formTitle: title } });
	}

	/** The last page, which hands over a file. */
	formFile(name: string, title: string, message: string, field: string): this {
		return this.add(name, 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'returnBinary', completionTitle: title, completionMessage: `${message}${this.link('再打印一张')}`, inputDataFieldName: field, options: { formTitle: title } });
	}

	/** The page people see when a node of the list refuses; each is named with its error output. */
	formRefusal(from: readonly [string, number][]): this {
		return this.add(
			'未成功',
			'n8n-nodes-base.form',
			2.5,
			{ operation: 'completion', respondWith: 'text', completionTitle: '没有提交成功', completionMessage: `={{ $json.error }}${this.link('重新填写')}`, options: { formTitle: '没有提交成功' } },
			{ after: [...from], row: 1, stay: true },
		);
	}

	/** A way back to the first page; relative, so that it works behind any address. */
	link(label: string): string {
		return `<p><a href="../form/${this.path}">${label}</a></p>`;
	}

	build(settings: object = {}): Template {
		return { file: this.file, workflow: { id: this.id, name: this.name, nodes: this.nodes, connections: this.connections, active: false, settings: { executionOrder: 'v1', timezone: 'Asia/Shanghai', ...settings } } };
	}
}

/** The fields of an event as a form shows them. */
export const fieldsOf = (kind: string, event: string, only?: readonly string[]): FormField[] =>
	formFields(documentOf(kind).events[event]?.input ?? {}).filter(({ fieldName }) => only === undefined || only.includes(fieldName));

/** Parameters of one of our nodes that take every field of an event from the form before it. */
export function eventParameters(kind: string, event: string, more: Readonly<Record<string, unknown>> = {}, only?: readonly string[]): object {
	const declared = documentOf(kind).events[event];
	if (declared === undefined) throw new Error(`"${kind}" has no event "${event}"`);
	const from = (key: string) => more[key] ?? `={{ $json.${key} }}`;
	const entries = Object.entries(declared.input).filter(([key]) => only === undefined || only.includes(key) || key in more);
	const optional = entries.filter(([, field]) => field.optional);
	return {
		resource: kind,
		operation: event,
		...(declared.from.includes('new') ? {} : { no: byId('={{ $json.no }}') }),
		...Object.fromEntries(entries.filter(([, field]) => !field.optional).map(([key, field]) => [key, isSearched(field) ? byId(String(from(key))) : from(key)])),
		...(optional.length === 0 ? {} : { additionalFields: Object.fromEntries(optional.map(([key]) => [key, from(key)])) }),
		actor: more['actor'] ?? byId('system'),
		options: more['options'] ?? {},
	};
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const textField = (fieldName: string, fieldLabel: string, placeholder: string): FormField => ({ fieldName, fieldLabel, fieldType: 'text', requiredField: true, placeholder });
export const fileField = (fieldName: string, fieldLabel: string): FormField => ({ fieldName, fieldLabel, fieldType: 'file', requiredField: true, acceptFileTypes: '.xlsx,.xlsm,.xls,.csv', multipleFiles: false });

export const staffNo = textField('actor', '工号', '例如 Z01');
/** Ends the note of a flow with forms. */
export const access = '\n\n**请设置**：两个凭据（数据库、SMTP）；对外开放前，在表单触发器的 Authentication 中要求登录。';

export const schedule = (expression: string) => ({ rule: { interval: [{ field: 'cronExpression', expression }] } });

/** Of an If or Filter node: an expression that is true or false. */
export const condition = (leftValue: string) => ({ conditions: { options: { caseSensitive: true, typeValidation: 'loose', version: 2 }, combinator: 'and', conditions: [{ id: 'is', leftValue, rightValue: '', operator: { type: 'boolean', operation: 'true', singleValue: true } }] }, options: {} });

/** What the admin may leave empty. */
export const optionalText = (fieldName: string, fieldLabel: string, placeholder: string): FormField => ({ ...textField(fieldName, fieldLabel, placeholder), requiredField: false });

/** A staff page in one line of a table. */
export type Page = readonly [file: string, id: string, name: string, path: string, resource: string, event: string, title: string, note: string, done?: string];

/** The flow of such a page, on the node of parts and warehouse or another; `prefix` numbers the area. */
export const partsPage = (prefix: string, node = 'partsReconciliation') => ([file, id, name, path, resource, event, title, note, done = '={{ $json.no }}：{{ $json.stateLabel }}。']: Page): Template =>
	staffFlow(file, id, `售后 ${prefix}-${name}`, note, { path, title, resource, event, button: title, node, done });

/** A page for staff: who are you → what is waiting → act on it → outbox → done. */
export function staffFlow(file: string, id: string, name: string, note: string, page: { path: string; title: string; resource: string; event: string; button: string; done: string; node?: string }): Template {
	const node = page.node ?? 'serviceVoucher';
	return new TemplateBuilder(file, id, name, `${note}${access}`)
		.formTrigger('填写工号', page.path, page.title, '请输入工号，下一页列出待办。', [staffNo])
		.own('列出待办', node, { resource: page.resource, operation: 'prepareForm', formEvent: page.event, actor: byId('={{ $json.actor }}'), options: {} }, { failsTo: true })
		.formPage('选择并填写', page.button)
		.own(page.title, node, eventParameters(page.resource, page.event, { seenAt: "={{ $('列出待办').item.json.preparedAt }}", actor: byId("={{ $('填写工号').item.json.actor }}"), options: { requestKey: '={{ $execution.id }}' } }), { failsTo: true })
		.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
		.formEnd('完成', `${page.title}完成`, page.done)
		.formRefusal([['列出待办', 1], [page.title, 1]])
		.build();
}
