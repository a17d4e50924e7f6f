import { createHmac } from 'node:crypto';
import type { BodyLine } from './mailBody';

export const robotKinds = { wecom: '企业微信', dingtalk: '钉钉', feishu: '飞书' } as const;
export type RobotKind = keyof typeof robotKinds;
export type Robot = { readonly kind: RobotKind; readonly url: string; /** Signs the message where the robot asks for it. */ readonly secret: string | null };

const hosts: Readonly<Record<string, RobotKind>> = { 'qyapi.weixin.qq.com': 'wecom', 'oapi.dingtalk.com': 'dingtalk', 'open.feishu.cn': 'feishu', 'open.larksuite.com': 'feishu' };

/**
 * A robot as it stands in a person's record: its address, then the signing secret if it has one. An address of the company's own
 * gateway names the kind before it, `dingtalk:https://im.example.cn/…`, and has to be allowed.
 * @param allowed hosts of one's own, `host` or `host:port`
 * @returns null when it is no robot's address
 */
export function readRobot(text: string, allowed: readonly string[]): Robot | null {
	const [address = '', secret = null] = text.normalize('NFKC').trim().split(/\s+/);
	const [, named, url = ''] = /^(?:(wecom|dingtalk|feishu):(?=https?:))?(https?:\/\/\S+)$/.exec(address) ?? [];
	if (!URL.canParse(url)) return null;
	const { hostname, host, protocol } = new URL(url);
	const isOwn = allowed.includes(host) || allowed.includes(hostname);
	const kind = isOwn ? (named as RobotKind | undefined) : protocol === 'https:' && Object.hasOwn(hosts, hostname) ? hosts[hostname] : undefined;
	return kind === undefined ? null : { kind, url, secret };
}

/** What is posted to a robot, and where: a Markdown message, signed where there is a secret. @param at for the signature */
export function robotRequest({ kind, url, secret }: Robot, subject: string, lines: readonly BodyLine[], at: Date): { readonly url: string; readonly body: object } {
	const text = cut(markdown(subject, lines), MAX_BYTES[kind]);
	if (kind === 'wecom') return { url, body: { msgtype: 'markdown', markdown: { content: text } } };
	if (kind === 'dingtalk') {
		const time = String(at.getTime());
		const signed = secret === null ? url : `${url}${url.includes('?') ? '&' : '?'}timestamp=${time}&sign=${encodeURIComponent(createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64'))}`;
		return { url: signed, body: { msgtype: 'markdown', markdown: { title: subject, text } } };
	}
	const time = String(Math.floor(at.getTime() / 1000));
	const sign = secret === null ? {} : { timestamp: time, sign: createHmac('sha256', `${time}\n${secret}`).update('').digest('base64') };
	return { url, body: { ...sign, msg_type: 'interactive', card: { header: { title: { tag: 'plain_text', content: subject } }, elements: [{ tag: 'markdown', content: cut(markdown('', lines), MAX_BYTES[kind]) }] } } };
}

/** Longer messages are refused; some room is left for what stands around the text. */
const MAX_BYTES: Readonly<Record<RobotKind, number>> = { wecom: 4096, dingtalk: 16_000, feishu: 16_000 };

const markdown = (subject: string, lines: readonly BodyLine[]): string =>
	[...(subject === '' ? [] : [`### ${plain(subject)}`]), ...lines.map((line) => (typeof line === 'string' ? plain(line) : 'href' in line ? `[${plain(line.label)}](${line.href})` : `**${plain(line[0])}**：${plain(line[1]).replaceAll('\n', ' ')}`))].join('\n\n');

/** Text of customers is text, not layout or links. */
const plain = (text: string): string => text.replace(/[[\]()*_`#<>]/g, (sign) => ({ '[': '［', ']': '］', '(': '（', ')': '）', '*': '＊', '_': '＿', '`': '｀', '#': '＃', '<': '＜', '>': '＞' })[sign] ?? sign);

/** The links come last and matter most: what is left out is in the middle. */
function cut(text: string, bytes: number): string {
	if (Buffer.byteLength(text) <= bytes) return text;
	const end = text.slice(Math.max(0, text.lastIndexOf('\n\n')));
	const last = end.startsWith('\n\n[') ? end : '';
	const room = bytes - Buffer.byteLength(last) - Buffer.byteLength('…');
	let kept = Buffer.from(text).subarray(0, Math.max(0, room)).toString('utf8');
	if (kept.endsWith('\ufffd')) kept = kept.slice(0, -1);
	return `${kept}…${last}`;
}
