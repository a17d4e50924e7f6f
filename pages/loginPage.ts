import { ROBOT } from '../engine/notices';
import { enqueue } from '../engine/sendNotices';
import type { Row } from '../engine/store';
import { html } from './html';
import { note } from './layout';
import type { Shown, Visit } from './site';

/** A link is sent at most once in this time to the same person. */
const PAUSE_MS = 60_000;

/** Staff sign in with a link that goes to the mail address on file; the answer does not tell whether a staff number exists. */
export async function loginPage({ store, request, given, changed }: Visit): Promise<Shown> {
	if (request.method === 'GET') return form();
	const code = String(request.fields['person'] ?? '').normalize('NFKC').trim();
	const found = await store.load('person', 'no', [code, code.toUpperCase()]);
	const person = found.find((row): row is Row => row['active'] === true && (row['mail'] !== null || row['robot'] !== null));
	if (person !== undefined) {
		const key = `staff.link:${String(person['no'])}:${Math.floor(Date.parse(given.now) / PAUSE_MS)}`;
		const address = person['mail'] === null ? `${ROBOT}${String(person['robot'])}` : String(person['mail']);
		await enqueue(store, { key, recipients: [address], subject: '售后服务登录链接', body: [`${String(person['name'])}，您好：`, `请在 ${given.settings['service.staff_link_hours']} 小时内使用这个链接；不要转发给他人。`, { label: '打开工作页', page: 'staff', no: '', person: String(person['no']) }], files: [] }, given.now);
		changed.push({ kind: 'person', event: 'signIn', no: String(person['no']) });
	}
	return { title: '请查收邮件', body: html`${note('如果工号正确且登记了邮箱，登录链接已发到该邮箱。', 'ok')}<p class="soft">没有收到？请等一分钟再试，或请售后经理核对人员资料中的邮箱。</p>` };
}

const form = (): Shown => ({
	title: '员工登录',
	body: html`<div class="card"><form method="post"><label class="field"><span>工号</span><input name="person" required autocomplete="username" autofocus></label><button>把登录链接发到我的邮箱</button></form></div><p class="soft">客户请到 <a href="?p=status">报修进度查询</a>。</p>`,
});
