'use strict';
/** What the scripts say: one line in Chinese and English, so that both kinds of readers can act on it. */

const startedAt = Date.now();

function elapsedSeconds(since = startedAt) {
	return Math.round((Date.now() - since) / 1000);
}

function say(chinese, english) {
	console.log(`[${String(elapsedSeconds()).padStart(4)}s] ${chinese} / ${english}`);
}

/** A fault whose text tells the user what to do; printed without a stack trace. */
class SetupProblem extends Error {
	constructor(chinese, english, detail = '') {
		super(`${chinese}\n        ${english}`);
		this.name = 'SetupProblem';
		this.detail = detail;
	}
}

/** Runs a script's main function and turns a SetupProblem into a readable end. */
async function runScript(main) {
	try {
		await main();
	} catch (error) {
		if (!(error instanceof SetupProblem)) throw error;
		if (error.detail) console.error(`\n${error.detail}`);
		console.error(`\n错误 ERROR: ${error.message}\n`);
		process.exitCode = 1;
	}
}

module.exports = { SetupProblem, elapsedSeconds, runScript, say };
