import { printableForms } from '../../engine/papers';
import type { FormField } from '../../engine/formFields';
import { access, byId, staffNo, TemplateBuilder, type Template } from './template';

const form: FormField = { fieldName: 'form', fieldLabel: '表单', fieldType: 'dropdown', requiredField: true, fieldOptions: { values: printableForms.map((each) => ({ option: `${each.form}｜${each.name}` })) } };
const subject: FormField = { fieldName: 'subject', fieldLabel: '编号或月份', fieldType: 'text', requiredField: false, placeholder: '例如 BX202506-0001；登记簿填 2025-06，周表填 2025-06-13' };

const print = new TemplateBuilder('print-paper', 'aftersalesPrint0001', '售后 8 打印单据', `输入工号、选择表单、填写编号 → 得到可打印的 Excel（A4，带编号和二维码）。编号留空打印空白表单；登记簿填月份，留空为在办。${access}`)
	.formTrigger('选择单据', 'dayin', '打印单据', '编号留空打印空白表单；登记簿填写月份，留空为在办；周报填日报编号，报修记录表填该周任意一天。', [staffNo, form, subject])
	.own('排版', 'serviceRegister', { resource: 'papers', operation: 'printAny', anyForm: '={{ $json.form }}', subject: '={{ $json.subject }}', actor: byId('={{ $json.actor }}'), paperFormat: 'excel' }, { failsTo: true })
	.formFile('取单据', '单据已生成', '={{ $json.fileName }}，共 {{ $json.pages }} 页。', 'paper')
	.formRefusal([['排版', 1]])
	.build();

export const paperTemplates: readonly Template[] = [print];
