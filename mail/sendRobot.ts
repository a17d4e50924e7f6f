import { MailError } from './sendMail';
import type { BodyLine } from './mailBody';
import { robotKinds, robotRequest, type Robot } from './robotMessage';

const TIMEOUT_MS = 15_000;
/** Too many messages a minute: the robot takes them again later. */
const busy: readonly unknown[] = [45009, 130101, 410100, 11232, 9499];

/**
 * Posts one message and waits for the robot to take it.
 * @throws MailError when it refuses, or does not answer
 */
export async function sendRobot(robot: Robot, subject: string, lines: readonly BodyLine[]): Promise<void> {
	const { default: axios } = await import('./axiosDoor');
	const place = `${robotKinds[robot.kind]}机器人`;
	const { url, body } = robotRequest(robot, subject, lines, new Date());
	let answer: { status: number; data: unknown };
	try {
		answer = await axios.post(url, body, { timeout: TIMEOUT_MS, maxRedirects: 0, validateStatus: () => true });
	} catch (error) {
		throw new MailError(`${place}没有应答`, '请检查网络和机器人地址；恢复后会自动补发', false, error, true);
	}
	const { errcode, code, errmsg, msg } = (typeof answer.data === 'object' && answer.data !== null ? answer.data : {}) as { errcode?: unknown; code?: unknown; errmsg?: string; msg?: string };
	const refused = errcode ?? code;
	if (answer.status < 300 && refused === 0) return;
	const isLater = answer.status >= 500 || answer.status === 429 || busy.includes(refused);
	throw new MailError(`${place}拒收：${errmsg ?? msg ?? (answer.status < 300 ? '应答的不是机器人' : `HTTP ${answer.status}`)}`, isLater ? '稍后会自动重发' : '请核对机器人地址、加签密钥和关键词设置', !isLater);
}
