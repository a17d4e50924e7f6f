import type { InputOf } from '../document/fields';
import { parseDay } from '../import/parseDay';
import type { registration } from './registration';

type Registration = InputOf<typeof registration>;

export type Mail = { readonly from: string; readonly fromName: string | null; readonly subject: string; readonly text: string };

/** What a mail says about a call; what it does not say is missing. */
export type ReadMail = { readonly input: Partial<{ -readonly [K in keyof Registration]: Registration[K] }>; readonly missing: readonly string[] };

const labels: Readonly<Record<string, keyof Registration>> = {
	客户名称: 'customerName', 客户: 'customerName', 姓名: 'customerName', 单位: 'customerName', 联系人: 'customerName',
	电话: 'phone', 手机: 'phone', 联系电话: 'phone', 手机号: 'phone',
	地址: 'address', 联系地址: 'address', 上门地址: 'address',
	型号: 'model', 商品型号: 'model', 产品型号: 'model', 机型: 'model',
	序列号: 'serial', 机号: 'serial', 产品编号: 'serial',
	故障: 'symptom', 故障表现: 'symptom', 故障现象: 'symptom', 问题: 'symptom',
	购买日期: 'purchaseDay',
};
const line = /^[\s>*\-•]*([\u4e00-\u9fa5]{2,5})\s*[:：]\s*(.+?)\s*$/;
const mobile = /(?<!\d)(1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?!\d)/;

/**
 * Reads a customer's mail as a call: labelled lines (`电话：138…`), else a phone number anywhere; subject and free text are the symptom.
 * Quoted earlier mails and signatures end the text.
 * @rule V-015 — mail is one of the channels
 */
export function readMail({ fromName, subject, text }: Mail): ReadMail {
	const input: Record<string, string> = {};
	const free: string[] = [];
	const unread: string[] = [];
	for (const raw of ownText(text).split('\n')) {
		const match = line.exec(raw.normalize('NFKC'));
		const key = match === null ? undefined : labels[match[1] as string];
		// What he complains of stays in his own words and punctuation; codes and numbers become plain.
		if (key === 'purchaseDay') readDay(match?.[2] as string, raw.trim(), input, unread);
		else if (key !== undefined) input[key] ??= (key === 'symptom' ? line.exec(raw)?.[2] : undefined) ?? (match?.[2] as string);
		else if (raw.trim() !== '') free.push(raw.trim());
	}
	Object.assign(input, guessed(input, { fromName, subject, free }));
	if (unread.length > 0) input['symptom'] = [input['symptom'], ...unread].filter((part) => part !== undefined).join('\n');
	const missing = (['customerName', 'phone', 'address', 'model'] as const).filter((key) => input[key] === undefined);
	return { input: { ...input, channel: 'mail' } as ReadMail['input'], missing };
}

/** A purchase date that is none (`2024年7月`) is not worth a refusal: whoever takes the call reads it with the symptom. */
function readDay(written: string, raw: string, input: Record<string, string>, unread: string[]): void {
	const day = parseDay(written, { key: 'purchaseDay', header: '购买日期', type: 'day' });
	if ('value' in day) input['purchaseDay'] ??= day.value;
	else unread.push(raw);
}

/** What nobody labelled: a phone number anywhere, the sender's name, subject and text as the symptom. */
function guessed(input: Readonly<Record<string, string>>, { fromName, subject, free }: { fromName: string | null; subject: string; free: readonly string[] }): Record<string, string> {
	const phone = input['phone'] ?? mobile.exec(`${subject}\n${free.join('\n')}`.normalize('NFKC'))?.[1];
	const name = input['customerName'] ?? fromName?.trim() ?? '';
	const about = [subject.replace(/^((re|fwd?|回复|转发|答复)\s*[:：]\s*)+/i, '').trim(), ...free].filter((part) => part !== '').join('\n');
	const symptom = input['symptom'] ?? about.slice(0, 2000);
	return { ...(phone === undefined ? {} : { phone: phone.replace(/[^\d+]/g, '') }), ...(name === '' ? {} : { customerName: name }), ...(symptom === '' ? {} : { symptom }) };
}

function ownText(text: string): string {
	const lines = text.replaceAll('\r', '').split('\n');
	const end = lines.findIndex((each) => /^(-{2,}\s*$|-{3,}|_{5,}|发件人[:：]|From:|在 .+写道[:：]?$|On .+ wrote:$)/.test(each.trim()));
	return (end === -1 ? lines : lines.slice(0, end)).filter((each) => !each.startsWith('>')).join('\n');
}
