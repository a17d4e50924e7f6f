import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { documentProperties } from '../shared/documentProperties';
import { runDocument } from '../shared/runDocument';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { mailOperation, mailProperties, REGISTER_MAIL, registerMails } from './registerMail';

export class ServiceVoucher implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Service Voucher',
		name: 'serviceVoucher',
		icon: { light: 'file:serviceVoucher.svg', dark: 'file:serviceVoucher.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Repair calls, dispatch, visits, charges and service vouchers (服务凭证)',
		defaults: { name: 'Service Voucher' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: documentProperties(['call', 'dispatch', 'voucher', 'visit', 'charge', 'quotation', 'contact_letter', 'escalation', 'return_visit', 'unsolved_report', 'expense_claim', 'loan', 'attachment', 'take_in', 'repair_card', 'goods_receipt', 'goods_register'], mailProperties, { call: [mailOperation] }),
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isMail = this.getNodeParameter('operation', 0) === REGISTER_MAIL;
		return await runNode(this, async (store) => [await (isMail ? registerMails(this, store) : runDocument(this, store))]);
	}
}
