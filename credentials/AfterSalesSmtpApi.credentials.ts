import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class AfterSalesSmtpApi implements ICredentialType {
	name = 'afterSalesSmtpApi';

	displayName = 'After-Sales SMTP API';

	icon = { light: 'file:mail.svg', dark: 'file:mail.dark.svg' } as const;

	documentationUrl = 'https://github.com/aftersales/n8n-nodes-aftersales#mail';

	properties: INodeProperties[] = [
		{ displayName: 'Host', name: 'host', type: 'string', default: '', placeholder: 'smtp.exmail.qq.com', required: true },
		{ displayName: 'Port', name: 'port', type: 'number', default: 465 },
		{ displayName: 'SSL/TLS', name: 'secure', type: 'boolean', default: true, description: 'Whether to use TLS from the start (port 465). Off: STARTTLS when the server offers it.' },
		{ displayName: 'User', name: 'user', type: 'string', default: '', description: 'Leave empty for a server without login' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', description: 'Many Chinese mail providers want an authorisation code (授权码) here' },
		{ displayName: 'From', name: 'from', type: 'string', default: '', placeholder: '售后服务 <service@example.com>', required: true },
	];
}
