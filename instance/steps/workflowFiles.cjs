'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/** @returns the shipped workflows, those first that others call (n8n publishes callers only after them) */
function readWorkflows(folder) {
	if (!fs.existsSync(folder)) return [];
	const files = fs.readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
	const workflows = files.map((file) => {
		const workflow = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
		return { ...workflow, id: workflow.id ?? idFor(file) };
	});
	return workflows.sort((a, b) => callsOthers(a) - callsOthers(b));
}

/** n8n's ids have up to 21 characters; the same file always gets the same one. */
function idFor(file) {
	return `as${createHash('sha256').update(path.basename(file, '.json')).digest('hex').slice(0, 14)}`;
}

function callsOthers({ nodes, settings }) {
	const calls = nodes.some(({ type }) => type === 'n8n-nodes-base.executeWorkflow');
	return (calls ? 2 : 0) + (settings?.errorWorkflow ? 1 : 0);
}

function workflowHash(workflow) {
	return createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
}

/** @returns name and path of each page that a browser can open without an invitation */
function formsOf(workflows) {
	const byName = [...workflows].sort((a, b) => a.name.localeCompare(b.name, 'zh'));
	return byName.flatMap(({ name, nodes }) =>
		nodes
			.filter(({ type, disabled }) => type === 'n8n-nodes-base.formTrigger' && !disabled)
			.map((node) => ({ workflow: name, path: node.parameters.options?.path || node.parameters.path || node.webhookId })),
	);
}

/** Publishes in rounds: what fails because a workflow it calls is not published yet succeeds in the next one. */
async function publishAll(n8n, workflows) {
	let waiting = workflows;
	for (;;) {
		const failures = [];
		for (const workflow of waiting) {
			try {
				await n8n.publishWorkflow(workflow.id);
			} catch (error) {
				failures.push({ workflow, error });
			}
		}
		if (failures.length === 0) return [];
		if (failures.length === waiting.length) return failures;
		waiting = failures.map(({ workflow }) => workflow);
	}
}

/** Workflows that start by hand or are only called have no trigger that waits for something; publishing them is fine too. */
function canBePublished({ nodes }) {
	return nodes.some(({ type, disabled }) => !disabled && /(trigger|webhook|emailReadImap)$/i.test(type) && type !== 'n8n-nodes-base.manualTrigger');
}

/** @returns names of the credentials it uses that n8n does not have: n8n publishes it only when somebody has made them */
function missingCredentials({ nodes }, present) {
	const used = nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
	return [...new Set(used.filter(({ id }) => !present.some((credential) => credential.id === id)).map(({ name }) => name))];
}

module.exports = { canBePublished, formsOf, missingCredentials, publishAll, readWorkflows, workflowHash };
