import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class AfterSalesDatabaseApi implements ICredentialType {
	name = 'afterSalesDatabaseApi';

	displayName = 'After-Sales Database API';

	icon = { light: 'file:database.svg', dark: 'file:database.dark.svg' } as const;

	documentationUrl = 'https://github.com/aftersales/n8n-nodes-aftersales#database';

	properties: INodeProperties[] = [
		{
			displayName: 'Engine',
			name: 'engine',
			type: 'options',
			options: [
				{ name: 'Embedded File (SQLite)', value: 'sqlite', description: 'One file on this machine; several n8n processes on the same machine may share it' },
				{ name: 'PostgreSQL', value: 'postgres', description: 'Needed for queue mode and several machines' },
			],
			default: 'sqlite',
		},
		{
			displayName: 'File',
			name: 'file',
			type: 'string',
			default: '',
			placeholder: '/home/node/.n8n/aftersales.sqlite',
			description: 'Absolute path of the database file; created at first use. Never put it on a network drive.',
			displayOptions: { show: { engine: ['sqlite'] } },
			required: true,
		},
		{ displayName: 'Host', name: 'host', type: 'string', default: 'localhost', displayOptions: { show: { engine: ['postgres'] } } },
		{ displayName: 'Port', name: 'port', type: 'number', default: 5432, displayOptions: { show: { engine: ['postgres'] } } },
		{ displayName: 'Database', name: 'database', type: 'string', default: 'aftersales', displayOptions: { show: { engine: ['postgres'] } } },
		{ displayName: 'Schema', name: 'schema', type: 'string', default: 'public', displayOptions: { show: { engine: ['postgres'] } } },
		{ displayName: 'User', name: 'user', type: 'string', default: '', displayOptions: { show: { engine: ['postgres'] } } },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', displayOptions: { show: { engine: ['postgres'] } } },
		{ displayName: 'SSL', name: 'ssl', type: 'boolean', default: false, displayOptions: { show: { engine: ['postgres'] } } },
	];
}
