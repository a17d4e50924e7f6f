'use strict';
const { randomBytes } = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { runtime } = require('./paths.cjs');

/**
 * The secrets of one n8n instance: made once, kept in its user folder, readable by its owner only.
 * Losing the encryption key would make all stored credentials unreadable, so the file is written in one step.
 */
function instanceAccount(userFolder) {
	const file = path.join(userFolder, 'instance.json');
	if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
	const account = makeAccount({ encryptionKey: randomBytes(24).toString('hex'), password: randomPassword() });
	saveAccount(userFolder, account);
	return account;
}

function saveAccount(userFolder, account) {
	const file = path.join(userFolder, 'instance.json');
	fs.mkdirSync(userFolder, { recursive: true });
	fs.writeFileSync(`${file}.part`, JSON.stringify(account, null, '\t'), { mode: 0o600 });
	fs.renameSync(`${file}.part`, file);
}

function makeAccount({ encryptionKey, password }) {
	const bcrypt = createRequire(path.join(runtime, 'package.json'))('bcryptjs');
	return { encryptionKey, email: 'owner@aftersales.local', password, passwordHash: bcrypt.hashSync(password, 10) };
}

/** n8n asks for 8 characters with a digit and a capital letter. */
function randomPassword() {
	return `As${randomBytes(6).toString('hex')}9`;
}

module.exports = { instanceAccount, makeAccount, saveAccount };
