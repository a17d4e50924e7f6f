import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { companyZone } from '../../engine/engine';
import { identityOf, takeMail, type MailIntake } from '../../engine/mailIntake';
import { present } from '../../engine/present';
import { documentOf } from '../../engine/registry';
import type { Store } from '../../engine/store';
import { failedItem, toNodeError } from '../shared/toNodeError';

export const REGISTER_MAIL = 'registerMail';

export const mailOperation = {
	name: 'Register From Mail',
	value: REGISTER_MAIL,
	action: 'Register a call from a mail',
	description: '把客户邮件登记为叫修；资料不全时给出回信内容',
};

const displayOptions = { show: { resource: ['call'], operation: [REGISTER_MAIL] } };

export const mailProperties: INodeProperties[] = [
	{ displayName: 'From', name: 'mailFrom', type: 'string', default: '={{ $json.from }}', required: true, description: 'Sender, as name and address or the address alone', displayOptions },
	{ displayName: 'Subject', name: 'mailSubject', type: 'string', default: '={{ $json.subject }}', displayOptions },
	{ displayName: 'Text', name: 'mailText', type: 'string', typeOptions: { rows: 4 }, default: '={{ $json.textPlain }}', displayOptions },
	{ displayName: 'Message ID', name: 'messageId', type: 'string', default: "={{ $json.metadata['message-id'] }}", required: true, description: 'The same mail twice registers one call', displayOptions },
	{ displayName: 'Auto-Submitted', name: 'autoSubmitted', type: 'string', default: "={{ $json.metadata['auto-submitted'] }}", description: 'Header that programs put on what nobody wrote; such a mail is neither registered nor answered', displayOptions },
];

/** Registers a call for each mail; `replyTo` says to whom the answer goes, and is empty for mails nobody wrote. */
export async function registerMails(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const zone = await companyZone(store);
	const results: INodeExecutionData[] = [];
	for (const [item] of context.getInputData().entries()) {
		try {
			const text = (name: string) => String(context.getNodeParameter(name, item, '') ?? '');
			const { address, name } = senderOf(text('mailFrom'));
			if (isAutomatic(address, text('mailSubject').trim(), text('autoSubmitted').trim())) results.push({ json: { registered: false, ignored: true, replyTo: '' }, pairedItem: { item } });
			else {
				const mail = { from: address, fromName: name, subject: text('mailSubject'), text: text('mailText'), messageId: text('messageId') };
				const taken = await takeMail(store, mail, new Date().toISOString());
				results.push({ json: { ...answerOf(taken, zone), replyTo: address, messageId: identityOf(mail) }, pairedItem: { item } });
			}
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

/** Answering what a program sent would end in mails without end. */
const isAutomatic = (address: string, subject: string, autoSubmitted: string): boolean =>
	!/^(no)?$/i.test(autoSubmitted) || /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i.test(address) || /^(自动回复|auto(matic)?[ -]?reply|out of office|undeliverable)/i.test(subject);

function answerOf(taken: MailIntake, zone: string): IDataObject {
	if (taken.call === null)
		return {
			registered: false,
			ignored: false,
			missing: taken.missing as string[],
			replySubject: '报修资料不全，请补充',
			replyText: `您的报修邮件已收到，还缺：${taken.missing.join('、')}。\n请直接回复本邮件，每行写一项，例如：\n电话：13800000000\n地址：中山路 1 号\n型号：KF-26GW`,
		};
	const call = present(documentOf('call'), taken.call, zone);
	return {
		...(call as IDataObject),
		registered: true,
		ignored: false,
		repeated: taken.repeated,
		replySubject: `报修已受理 ${String(call['no'])}`,
		replyText: `报修编号：${String(call['no'])}\n服务类别：${String(call['typeLabel'])}\n安排：${String(call['promise'])}\n为什么：${String(call['dueWhy'])}\n查询进度请用报修编号和电话后四位。`,
	};
}

/** `王女士 <a@b.cn>` → name and address. */
function senderOf(from: string): { address: string; name: string | null } {
	const match = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from);
	return match === null ? { address: from.trim().toLowerCase(), name: null } : { address: (match[2] as string).trim().toLowerCase(), name: (match[1] as string).trim() || null };
}
