import type { INodeProperties } from 'n8n-workflow';
import type { Label } from '../../domain/document/fields';
import { registerForms } from '../../domain/paper/forms';
import { formsOf, printableForms } from '../../engine/papers';

export const PRINT = 'printPaper';
export const PRINT_REGISTER = 'printRegister';
export const PRINT_BLANK = 'printBlank';
/** Of the resource Papers: any form by its name. */
export const PRINT_ANY = 'printAny';

export const isPrint = (operation: string): boolean => [PRINT, PRINT_REGISTER, PRINT_BLANK, PRINT_ANY].includes(operation);

const registersOf = (kind: string) => registerForms.filter((form) => form.kind === kind);

type Form = { readonly form: string; readonly name: string };
const optionsOf = (forms: readonly Form[]) => forms.map(({ form, name }) => ({ name: /^M-/.test(form) ? `${name} ${form}` : name, value: form }));

export const printOperations = (kind: string, { en, zh }: Label) => [
	{ name: 'Print Paper', value: PRINT, action: `Print a ${en.toLowerCase()} paper`, description: `把${zh}排成一张 A4：Excel 或打印网页，带编号和二维码` },
	{ name: 'Print Blank Form', value: PRINT_BLANK, action: `Print a blank form ${zh}`, description: '打印空白表单，供手写' },
	...(registersOf(kind).length === 0 ? [] : [{ name: 'Print Register', value: PRINT_REGISTER, action: `Print the register ${zh}`, description: '打印一个月、一周或在办的登记簿' }]),
];

/** Parameters of the printing operations of a kind. */
export function printProperties(kind: string): INodeProperties[] {
	const show = (...operations: string[]) => ({ show: { resource: [kind], operation: operations } });
	const registers = registersOf(kind);
	const [usual = kind] = formsOf(kind).map(({ form }) => form);
	const [register = ''] = registers.map(({ form }) => form);
	return [
		{
			displayName: 'Number',
			name: 'no',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: 'The paper to print, in any state',
			displayOptions: show(PRINT),
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchDocuments', searchable: true } },
				{ displayName: 'By Number', name: 'id', type: 'string', placeholder: 'BX202506-0001' },
			],
		},
		{ displayName: 'Form', name: 'paperForm', type: 'options', options: optionsOf(formsOf(kind)), default: usual, displayOptions: show(PRINT) },
		{ ...blankForm, default: printableForms.find((form) => form.kind === kind)?.form ?? kind, displayOptions: show(PRINT_BLANK) },
		...(registers.length === 0
			? []
			: ([
					{ displayName: 'Register', name: 'registerForm', type: 'options', options: optionsOf(registers), default: register, displayOptions: show(PRINT_REGISTER) },
					{ displayName: 'Month or Day', name: 'period', type: 'string', default: '', placeholder: '2025-05', description: 'A month, or for the table of a week any day in it. Leave empty for what is open now, or the last period.', displayOptions: show(PRINT_REGISTER) },
				] satisfies INodeProperties[])),
		{ ...format, displayOptions: show(PRINT, PRINT_BLANK, ...(registers.length === 0 ? [] : [PRINT_REGISTER])) },
	];
}

const blankForm = { displayName: 'Form', name: 'blankForm', type: 'options', options: optionsOf(printableForms), default: '' } satisfies INodeProperties;

const format: INodeProperties = {
	displayName: 'Format',
	name: 'paperFormat',
	type: 'options',
	options: [
		{ name: 'Excel', value: 'excel', description: 'A workbook with a sheet for each page' },
		{ name: 'Print Page (HTML)', value: 'html', description: 'A web page with a print button' },
	],
	default: 'excel',
	description: 'The file comes in the binary field "paper"',
};

export const PAPERS = 'papers';
const [firstForm = ''] = printableForms.map(({ form }) => form);

/** The resource Papers: any form, chosen by a value, such as from a form page. */
export const paperProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'Print Any Form', value: PRINT_ANY, action: 'Print any form', description: '按表单和编号打印；编号留空为空白表单，登记簿填月份，周表填日期' }],
		default: PRINT_ANY,
		displayOptions: { show: { resource: [PAPERS] } },
	},
	{ displayName: 'Form', name: 'anyForm', type: 'options', options: optionsOf(printableForms), default: firstForm, displayOptions: { show: { resource: [PAPERS] } } },
	{
		displayName: 'Number, Month or Day',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'BX202506-0001',
		description: 'Number of the paper; the month of a register, or any day of the week of a weekly table. Leave empty for a blank form, or the open entries of a register.',
		displayOptions: { show: { resource: [PAPERS] } },
	},
	{
		displayName: 'Acting Person',
		name: 'actor',
		type: 'resourceLocator',
		default: { mode: 'id', value: 'system' },
		description: 'Staff no of who prints; somebody unknown or no longer active is refused',
		modes: [
			{ displayName: 'By Staff No', name: 'id', type: 'string', placeholder: 'J01' },
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchPeople', searchable: true } },
		],
		displayOptions: { show: { resource: [PAPERS] } },
	},
	{ ...format, displayOptions: { show: { resource: [PAPERS] } } },
];
