export type SmtpConfig = { readonly host: string; readonly port: number; readonly secure: boolean; readonly user: string; readonly password: string; readonly from: string };

export type Mail = {
	readonly to: readonly string[];
	readonly subject: string;
	readonly html: string;
	readonly text: string;
	/** The same mail sent again carries the same id, so that a mailbox shows it once. */
	readonly messageId: string;
	readonly files: readonly { readonly name: string; readonly content: Buffer; readonly mimeType: string }[];
};

/** The server's refusal or silence. `isFinal`: repeating will not help. `isDown`: it takes no other message now either. */
export class MailError extends Error {
	override readonly name = 'MailError';

	constructor(
		message: string,
		readonly way: string,
		readonly isFinal: boolean,
		cause?: unknown,
		readonly isDown = false,
	) {
		super(message, { cause });
	}
}

/**
 * Sends one mail and waits for the server to take it.
 * @returns recipients the server refused although it took the mail for others
 * @throws MailError
 */
export async function sendMail(config: SmtpConfig, mail: Mail): Promise<string[]> {
	const { createTransport } = await import('./nodemailerDoor');
	const transport = createTransport({
		host: config.host,
		port: config.port,
		secure: config.secure,
		...(config.user === '' ? {} : { auth: { user: config.user, pass: config.password } }),
		connectionTimeout: 15_000,
		greetingTimeout: 15_000,
		socketTimeout: 60_000,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	try {
		const { rejected } = await transport.sendMail({
			from: config.from,
			to: [...mail.to],
			subject: mail.subject,
			html: mail.html,
			text: mail.text,
			messageId: mail.messageId,
			// Nobody's absence note need answer it (RFC 3834).
			headers: { 'Auto-Submitted': 'auto-generated' },
			attachments: mail.files.map(({ name, content, mimeType }) => ({ filename: name, content, contentType: mimeType })),
		});
		return (rejected ?? []).map(String);
	} catch (error) {
		throw explain(error, config);
	} finally {
		transport.close();
	}
}

/** Whether the server answers and takes the login. @throws MailError */
export async function checkSmtp(config: SmtpConfig): Promise<void> {
	const { createTransport } = await import('./nodemailerDoor');
	const transport = createTransport({ host: config.host, port: config.port, secure: config.secure, ...(config.user === '' ? {} : { auth: { user: config.user, pass: config.password } }), connectionTimeout: 10_000 });
	try {
		await transport.verify();
	} catch (error) {
		throw explain(error, config);
	} finally {
		transport.close();
	}
}

/** 550 to 553: this mailbox will not take it, whatever happens to the server. */
const isMailboxRefusal = (code: number): boolean => code >= 550 && code <= 553;

function explain(error: unknown, { host, port }: SmtpConfig): MailError {
	const { responseCode, response, code, message } = error as { responseCode?: number; response?: string; code?: string; message: string };
	const place = `邮件服务器 ${host}:${port}`;
	if (code === 'EAUTH') return new MailError(`${place} 不接受登录：${response ?? message}`, '请检查 SMTP 凭据的用户名和密码（多数邮箱要用授权码），改好后重新运行会自动补发', false, error, true);
	if (responseCode !== undefined)
		return new MailError(`${place} 拒收：${response ?? message}`, isMailboxRefusal(responseCode) ? '请检查收件地址后重新发送' : '服务器暂时不收，下次运行会自动重发', isMailboxRefusal(responseCode), error);
	return new MailError(`${place} 没有应答`, '请检查主机、端口和网络；恢复后重新运行，未发的邮件会自动补发', false, error, true);
}
