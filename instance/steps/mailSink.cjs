'use strict';
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { repository } = require('./paths.cjs');

/**
 * A mail server for the demonstration: it delivers nothing, each mail becomes a file that a mail program opens.
 *
 * @returns a function that closes it
 */
async function startMailSink({ port, folder, onMail }) {
	const load = createRequire(path.join(repository, 'package.json'));
	const { SMTPServer } = load('smtp-server');
	const { simpleParser } = load('mailparser');
	fs.mkdirSync(folder, { recursive: true });
	let count = 0;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onAuth: (_auth, _session, done) => done(null, { user: 'demo' }),
		onData(stream, session, done) {
			const chunks = [];
			stream.on('data', (chunk) => chunks.push(chunk));
			stream.on('end', async () => {
				const file = path.join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${++count}.eml`);
				const source = Buffer.concat(chunks);
				fs.writeFileSync(file, source);
				done();
				const { subject } = await simpleParser(source);
				onMail({ to: session.envelope.rcptTo.map(({ address }) => address), subject, file });
			});
		},
	});
	// A client that breaks off must not end the demonstration.
	server.on('error', () => {});
	await new Promise((resolve, reject) => {
		server.server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return () => new Promise((resolve) => server.close(resolve));
}

module.exports = { startMailSink };
