'use strict';
const { setTimeout: sleep } = require('node:timers/promises');

const API_SCOPES = [
	'workflow:list', 'workflow:read', 'workflow:create', 'workflow:update', 'workflow:delete', 'workflow:activate', 'workflow:deactivate',
	'execution:list', 'execution:read', 'credential:create', 'credential:delete',
];

/** Talks to a running n8n as its owner: the editor's own interface (cookie) and the public API (key). */
async function connectToN8n(baseUrl, { email, password }) {
	const cookie = await login(baseUrl, email, password);
	const editor = (method, path, body) => request(`${baseUrl}/rest${path}`, method, { cookie, 'browser-id': 'aftersales' }, body);
	let key;
	const publicApi = async (method, path, body) => {
		key ??= (await editor('POST', '/api-keys', { label: `aftersales ${Date.now()}`, expiresAt: null, scopes: API_SCOPES })).data.rawApiKey;
		return await request(`${baseUrl}/api/v1${path}`, method, { 'x-n8n-api-key': key }, body);
	};
	return {
		saveWorkflow: (workflow) => saveWorkflow(editor, workflow),
		publishWorkflow: (id) => publishWorkflow(editor, id),
		isPublished: async (id) => Boolean((await editor('GET', `/workflows/${id}`)).data.activeVersionId),
		credentials: async () => (await editor('GET', '/credentials')).data,
		updateCredential: (credential) => editor('PATCH', `/credentials/${credential.id}`, credential),
		runWorkflow: (id, trigger) => runWorkflow(editor, id, trigger),
		execution: (id) => publicApi('GET', `/executions/${id}?includeData=true`),
		executions: async (workflowId, limit = 50) => (await publicApi('GET', `/executions?workflowId=${workflowId}&limit=${limit}`)).data,
		download: async (id) => {
			const response = await fetch(`${baseUrl}/rest/binary-data?id=${encodeURIComponent(id)}&action=download`, { headers: { cookie, 'browser-id': 'aftersales' } });
			if (!response.ok) throw new Error(`file ${id} → ${response.status}`);
			return await response.arrayBuffer();
		},
		publicApi,
		editor,
	};
}

/** The first seconds after readiness n8n may still answer "starting"; the owner is written in that time too. */
async function login(baseUrl, email, password) {
	for (let attempt = 1; ; attempt++) {
		const response = await fetch(`${baseUrl}/rest/login`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'browser-id': 'aftersales' },
			body: JSON.stringify({ emailOrLdapLoginId: email, password }),
		});
		if (response.ok) return response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
		if (attempt >= 20) throw new Error(`n8n refuses the owner's login: ${response.status} ${await response.text()}`);
		await sleep(500);
	}
}

async function request(url, method, headers, body) {
	const response = await fetch(url, {
		method,
		headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${url} → ${response.status}: ${text.slice(0, 2_000)}`);
	return text ? JSON.parse(text) : undefined;
}

/** Creates the workflow under its own id, or replaces its content; publishing is another step. */
async function saveWorkflow(editor, workflow) {
	const { id, name, nodes, connections, settings = {}, meta, pinData } = workflow;
	const content = { name, nodes, connections, settings, ...(meta ? { meta } : {}), ...(pinData ? { pinData } : {}) };
	if (await exists(editor, id)) await editor('PATCH', `/workflows/${id}?forceSave=true`, content);
	else await editor('POST', '/workflows', { id, ...content });
}

async function exists(editor, id) {
	const { data } = await editor('GET', `/workflows/${id}/exists`);
	return data.exists ?? data;
}

async function publishWorkflow(editor, id) {
	const { data } = await editor('GET', `/workflows/${id}`);
	await editor('POST', `/workflows/${id}/activate`, { versionId: data.versionId });
}

/** Runs a workflow by hand from its trigger, as the editor's button does. @returns id of the execution */
async function runWorkflow(editor, id, triggerName) {
	const { data: workflowData } = await editor('GET', `/workflows/${id}`);
	const trigger = triggerName ?? workflowData.nodes.find(({ type, disabled }) => !disabled && /trigger$/i.test(type))?.name;
	const { data } = await editor('POST', `/workflows/${id}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
	if (!data.executionId) throw new Error(`n8n did not start ${id}: ${JSON.stringify(data)}`);
	return data.executionId;
}

module.exports = { connectToN8n };
