import net from 'node:net';

/** A mail as a mailbox keeps it: header lines (already encoded) and one text, or the same text in several forms. */
export type ServedMail = { readonly headers: Readonly<Record<string, string>>; readonly parts: readonly (Text | Attachment)[] };

type Text = { readonly subtype: 'plain' | 'html'; readonly charset: string; readonly content: Buffer };
type Attachment = { readonly fileName: string; readonly content: Buffer };

export type ImapServer = {
	readonly port: number;
	/** Puts a mail into the mailbox and tells who has it open. @returns its UID */
	deliver(mail: ServedMail): number;
	isSeen(uid: number): boolean;
	/** How many have the mailbox open. */
	readers(): number;
	stop(): Promise<void>;
};

type Account = { readonly user: string; readonly password: string };
type Kept = { readonly uid: number; readonly mail: ServedMail; /** As a server in China dates it. */ readonly day: string; readonly flags: Set<string> };
type Session = { readonly socket: net.Socket; isIn: boolean; hasOpen: boolean; /** Set while the client owes a line: a password, or DONE. */ next: ((line: string) => void) | null };

const CAPABILITIES = 'CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE';
const BOUNDARY = 'aftersales-test';

/** One mailbox over IMAP4rev1, as much of it as n8n's trigger asks for: log in, open, search, fetch, mark, idle. */
export async function startImapServer(account: Account): Promise<ImapServer> {
	const mailbox: Kept[] = [];
	const sessions = new Set<Session>();
	const server = net.createServer((socket) => {
		const session: Session = { socket, isIn: false, hasOpen: false, next: null };
		sessions.add(session);
		socket.on('error', () => undefined);
		socket.on('close', () => sessions.delete(session));
		socket.write(`* OK [${CAPABILITIES}] ready\r\n`);
		eachLine(socket, (line) => {
			const { next } = session;
			session.next = null;
			if (next === null) answer(session, line, account, mailbox);
			else next(line);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as net.AddressInfo).port,
		deliver(mail) {
			const uid = mailbox.length + 1;
			mailbox.push({ uid, mail, day: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), flags: new Set() });
			for (const { socket, hasOpen } of sessions) if (hasOpen) socket.write(`* ${mailbox.length} EXISTS\r\n`);
			return uid;
		},
		isSeen: (uid) => mailbox[uid - 1]?.flags.has('\\SEEN') === true,
		readers: () => [...sessions].filter(({ hasOpen }) => hasOpen).length,
		async stop() {
			for (const { socket } of sessions) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function eachLine(socket: net.Socket, use: (line: string) => void): void {
	let rest = '';
	socket.on('data', (chunk) => {
		const lines = (rest + chunk.toString('utf8')).split('\r\n');
		rest = lines.pop() ?? '';
		for (const line of lines) use(line);
	});
}

function answer(session: Session, line: string, account: Account, mailbox: readonly Kept[]): void {
	const [, tag = '*', command = '', rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/i.exec(line) ?? [];
	const say = (...lines: string[]) => session.socket.write(lines.map((each) => `${each}\r\n`).join(''));
	const act = commands[command.toUpperCase()];
	if (act === undefined) say(`${tag} BAD this server does not know ${command}`);
	else if (!session.isIn && !beforeLogin.has(command.toUpperCase())) say(`${tag} NO log in first`);
	else act({ session, tag, rest, account, mailbox, say });
}

type Asked = { readonly session: Session; readonly tag: string; readonly rest: string; readonly account: Account; readonly mailbox: readonly Kept[]; say(...lines: string[]): void };

const beforeLogin = new Set(['CAPABILITY', 'LOGIN', 'AUTHENTICATE', 'NOOP', 'LOGOUT']);

const commands: Readonly<Record<string, (asked: Asked) => void>> = {
	CAPABILITY: ({ tag, say }) => say(`* ${CAPABILITIES}`, `${tag} OK`),
	LOGIN: (asked) => logIn(asked, [...asked.rest.matchAll(/"((?:\\.|[^"])*)"|(\S+)/g)].map(([, quoted, bare]) => quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '')),
	AUTHENTICATE(asked) {
		const [method = '', first] = asked.rest.split(' ');
		const read = (text: string) => logIn(asked, Buffer.from(text, 'base64').toString('utf8').split('\0').slice(1));
		if (method.toUpperCase() !== 'PLAIN') asked.say(`${asked.tag} NO only PLAIN`);
		else if (first !== undefined) read(first);
		else {
			asked.say('+ ');
			asked.session.next = read;
		}
	},
	NOOP: ({ tag, say }) => say(`${tag} OK`),
	LIST: ({ tag, say }) => say('* LIST () "/" INBOX', `${tag} OK`),
	SELECT({ session, tag, mailbox, say }) {
		session.hasOpen = true;
		say('* FLAGS (\\Seen)', `* ${mailbox.length} EXISTS`, '* 0 RECENT', '* OK [PERMANENTFLAGS (\\Seen)] all kept', '* OK [UIDVALIDITY 1] one', `* OK [UIDNEXT ${mailbox.length + 1}] next`, `${tag} OK [READ-WRITE] open`);
	},
	'UID SEARCH': ({ tag, rest, mailbox, say }) => say(`* SEARCH${mailbox.filter((kept) => meets(kept, rest, mailbox)).map(({ uid }) => ` ${uid}`).join('')}`, `${tag} OK`),
	'UID FETCH'({ session, tag, rest, mailbox, say }) {
		const [, set = '', items = ''] = /^(\S+) (.*)$/.exec(rest) ?? [];
		for (const kept of mailbox) if (isIn(set, kept.uid, mailbox)) session.socket.write(fetched(kept, items));
		say(`${tag} OK`);
	},
	'UID STORE'({ tag, rest, mailbox, say }) {
		const [, set = '', flags = ''] = /^(\S+) \+FLAGS(?:\.SILENT)? \(([^)]*)\)$/i.exec(rest) ?? [];
		for (const kept of mailbox) if (isIn(set, kept.uid, mailbox)) for (const flag of flags.split(' ')) kept.flags.add(flag.toUpperCase());
		say(`${tag} OK`);
	},
	IDLE({ session, tag, say }) {
		say('+ idling');
		session.next = () => say(`${tag} OK`);
	},
	LOGOUT({ session, tag, say }) {
		say('* BYE', `${tag} OK`);
		session.socket.end();
	},
};

function logIn({ session, tag, account, say }: Asked, [user, password]: readonly string[]): void {
	session.isIn = user === account.user && password === account.password;
	say(session.isIn ? `${tag} OK [${CAPABILITIES}] welcome` : `${tag} NO [AUTHENTICATIONFAILED] wrong user or password`);
}

/** `UNSEEN`, `SINCE 22-Nov-2026`, `UID 3:*`; another criterion would be answered wrongly, so it throws. */
function meets({ uid, day, flags }: Kept, criteria: string, mailbox: readonly Kept[]): boolean {
	const unknown = criteria.replace(/UNSEEN|ALL|SINCE \S+|UID \S+|\s/g, '');
	if (unknown !== '') throw new Error(`the test's IMAP server cannot search by "${unknown}"`);
	const since = /SINCE "?([^\s"]+)/.exec(criteria)?.[1];
	const set = /UID (\S+)/.exec(criteria)?.[1];
	return (!criteria.includes('UNSEEN') || !flags.has('\\SEEN')) && (since === undefined || day >= new Date(`${since} UTC`).toISOString().slice(0, 10)) && (set === undefined || isIn(set, uid, mailbox));
}

/** `1,3:*`; a range up to the last one always holds the last one. */
const isIn = (set: string, uid: number, mailbox: readonly Kept[]): boolean =>
	set.split(',').some((range) => {
		const [from = 0, to = from] = range.split(':').map((end) => (end === '*' ? mailbox.length : Number(end)));
		return uid >= Math.min(from, to) && uid <= Math.max(from, to);
	});

function fetched({ uid, mail, flags }: Kept, items: string): Buffer {
	const answers: Buffer[] = [];
	for (const [item, section, start, length] of items.matchAll(/BODY\.PEEK\[([^\]]*)\](?:<(\d+)\.(\d+)>)?|[A-Z0-9.]+/g)) {
		if (item === 'UID') answers.push(Buffer.from(`UID ${uid}`));
		else if (item === 'FLAGS') answers.push(Buffer.from(`FLAGS (${[...flags].join(' ')})`));
		else if (item === 'RFC822.SIZE') answers.push(Buffer.from(`RFC822.SIZE ${headerOf(mail).length + textOf(mail).length}`));
		else if (item === 'BODYSTRUCTURE') answers.push(Buffer.from(`BODYSTRUCTURE ${structureOf(mail)}`));
		else if (section !== undefined) {
			const whole = sectionOf(mail, section.toUpperCase());
			const piece = start === undefined ? whole : whole.subarray(Number(start), Number(start) + Number(length));
			answers.push(Buffer.concat([Buffer.from(`BODY[${section}]${start === undefined ? '' : `<${start}>`} {${piece.length}}\r\n`), piece]));
		} else throw new Error(`the test's IMAP server cannot fetch ${item}`);
	}
	return Buffer.concat([Buffer.from(`* ${uid} FETCH (`), ...answers.flatMap((each, index) => [Buffer.from(index === 0 ? '' : ' '), each]), Buffer.from(')\r\n')]);
}

const sectionOf = (mail: ServedMail, section: string): Buffer => {
	const part = mail.parts[Number.parseInt(section, 10) - 1];
	if (section === 'HEADER') return headerOf(mail);
	if (section === 'TEXT') return textOf(mail);
	if (part === undefined) throw new Error(`the test's IMAP server has no section ${section}`);
	return section.endsWith('MIME') ? Buffer.from(`${mimeOf(part)}\r\n\r\n`) : bodyOf(part);
};

type Part = ServedMail['parts'][number];

const wordOf = (fileName: string): string => `=?UTF-8?B?${Buffer.from(fileName).toString('base64')}?=`;

const mimeOf = (part: Part): string =>
	'fileName' in part
		? `Content-Type: application/octet-stream; name="${wordOf(part.fileName)}"\r\nContent-Disposition: attachment; filename="${wordOf(part.fileName)}"\r\nContent-Transfer-Encoding: base64`
		: `Content-Type: text/${part.subtype}; charset=${part.charset}\r\nContent-Transfer-Encoding: base64`;

const kindOf = ({ parts }: ServedMail): string => (parts.some((part) => 'fileName' in part) ? 'mixed' : 'alternative');
const bodyOf = ({ content }: Part): Buffer => Buffer.from(content.toString('base64').replace(/.{76}/g, '$&\r\n'));

function headerOf(mail: ServedMail): Buffer {
	const { headers, parts } = mail;
	const [only] = parts.length === 1 ? parts : [];
	const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return Buffer.from([...own, 'MIME-Version: 1.0', only === undefined ? `Content-Type: multipart/${kindOf(mail)}; boundary="${BOUNDARY}"` : mimeOf(only), '', ''].join('\r\n'));
}

function textOf({ parts }: ServedMail): Buffer {
	const [only] = parts.length === 1 ? parts : [];
	if (only !== undefined) return bodyOf(only);
	return Buffer.from([...parts.flatMap((part) => [`--${BOUNDARY}`, mimeOf(part), '', bodyOf(part).toString()]), `--${BOUNDARY}--`, ''].join('\r\n'));
}

function structureOf(mail: ServedMail): string {
	const each = mail.parts.map((part) =>
		'fileName' in part
			? `("APPLICATION" "OCTET-STREAM" ("NAME" "${wordOf(part.fileName)}") NIL NIL "BASE64" ${bodyOf(part).length} NIL ("ATTACHMENT" ("FILENAME" "${wordOf(part.fileName)}")) NIL NIL)`
			: `("TEXT" "${part.subtype.toUpperCase()}" ("CHARSET" "${part.charset}") NIL NIL "BASE64" ${bodyOf(part).length} 1 NIL NIL NIL NIL)`);
	return each.length === 1 ? (each[0] as string) : `(${each.join('')} "${kindOf(mail).toUpperCase()}" ("BOUNDARY" "${BOUNDARY}") NIL NIL NIL)`;
}
