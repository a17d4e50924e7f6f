import { layOut } from '../../domain/paper/layOut';
import type { PaperModel } from '../../domain/paper/paperModel';
import { keepFiles } from '../../engine/attachments';
import { apply } from '../../engine/engine';
import { formsOf, paperFor, printForm, registerPaper } from '../../engine/papers';
import { saveRecords } from '../../engine/saveRecords';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';
import { signaturePng } from '../support/signature';

const JOB = 'BX202506-0001';
const PHONED = 'BX202506-0002';
const OPEN = 'BX202506-0003';
const SENT = `PQ-${JOB}-1`;
const now = at('2025-06-14 09:30');

const textsOf = ({ pages }: PaperModel) => pages.flatMap((page) => layOut(page).rows.flatMap(({ cells }) => cells.map(({ text }) => text)));
const picturesOf = ({ pages }: PaperModel) => pages.flatMap((page) => layOut(page).rows.flatMap(({ cells }) => cells.flatMap(({ picture }) => (picture !== undefined && 'png' in picture ? [picture.png] : []))));
/** The text right of each label. */
const beside = (paper: PaperModel, ...labels: readonly string[]) => {
	const texts = textsOf(paper);
	return labels.map((label) => (texts.includes(label) ? texts[texts.indexOf(label) + 1] : undefined));
};

/** Three jobs with all that was filed about them: served and paid, solved by phone, still open; and the reports of the week. */
describe.each(databases)('papers of real jobs on %s', (_name, open) => {
	let database: TestDatabase;
	beforeAll(async () => {
		database = await open();
		await loadMasterData(database.store);
		await setting(database.store, 'general.company_name', '华东制冷');
		await setting(database.store, 'service.levels', '是');
		await setting(database.store, 'service.ledger', '是');
		await serve();
		await solveByPhone();
		await leaveOpen();
		await reportTime();
	});
	afterAll(() => database.drop());

	const fire = async (kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string, when: string) => {
		const [outcome] = await apply(database.store, kind, event, [{ no, input }], { actor, now: at(when) });
		return String((outcome as { document: Record<string, unknown> }).document['no']);
	};
	const file = async (purpose: 'signature' | 'receipt_slip', name: string, mimeType: string, content: Buffer, when: string) =>
		(await keepFiles(database.store, JOB, [{ purpose, name, mimeType, content }], { actor: 'J01', now: at(when) }))[0];
	const print = (kind: string, no: string, form: string) => paperFor(database.store, kind, no, { form, now });

	async function serve() {
		await fire('call', 'register', null, { customerName: '东郊饭店', phone: '13800000009', address: '苏州市东郊 8 号', model: 'KF-35', serial: 'SN900', symptom: '不启动', faultCause: '受潮', promisedAt: '2025-06-09 10:00' }, 'Y01', '2025-06-06 15:00');
		const letter = await fire('contact_letter', 'write', null, { call: JOB, subject: '空调维修', receivingUnit: '东郊饭店', receiver: '王小姐', sendingUnit: '华东制冷', sender: '客服', copy: '财务', pages: 2, content: '请确认单次服务', amount: 18050 }, 'C01', '2025-06-06 15:10');
		await fire('contact_letter', 'confirmSender', letter, { signedBy: '客服' }, 'C01', '2025-06-06 15:20');
		await fire('contact_letter', 'confirmReceiver', letter, { signedBy: '王小姐', feedback: '同意' }, 'C01', '2025-06-06 15:40');
		const offer = await fire('quotation', 'quote', null, { call: JOB, lines: 'P001 1 3800' }, 'C01', '2025-06-06 15:45');
		await fire('quotation', 'send', offer, {}, 'C01', '2025-06-06 15:46');
		await fire('quotation', 'accept', offer, { consentBy: '王小姐' }, 'C01', '2025-06-06 15:50');
		await fire('call', 'assign', JOB, { technician: 'J01', companions: '赵师傅', plannedAt: '2025-06-09 09:00' }, 'Z01', '2025-06-06 16:00');
		await fire('call', 'accept', JOB, {}, 'J01', '2025-06-09 08:40');
		await fire('call', 'leave', JOB, { appointed: true, tools: true, badge: true }, 'J01', '2025-06-09 09:00');
		await fire('call', 'arrive', JOB, {}, 'J01', '2025-06-09 09:40');
		await fire('call', 'checkOut', JOB, {}, 'J01', '2025-06-09 11:10');
		const signature = await file('signature', '签名.png', 'image/png', Buffer.from(signaturePng(), 'base64'), '2025-06-09 11:20');
		await fire('call', 'reportVisit', JOB, { leftAt: '2025-06-09 11:20', contact: '王小姐', problem: '压缩机卡死', analysis: '缺油', solution: '更换压缩机', parts: 'P001 1', result: 'done', accepted: true, handedOver: 'no_attachment', satisfaction: 'very_satisfied', suggestion: '继续保持', signedBy: '王小姐', signature, chargeLines: 'P001 1', remark: '旧件已带回' }, 'J01', '2025-06-09 11:25');
		await fire('dispatch', 'addCosts', SENT, { costs: '车费 3500\n停车 1000' }, 'J01', '2025-06-09 12:00');
		await file('receipt_slip', '回执.pdf', 'application/pdf', Buffer.from('%PDF'), '2025-06-10 16:00');
		const claim = await fire('expense_claim', 'submit', null, { call: JOB, tickets: '车票 3500 苏州 T1\n住宿 20000 杭州' }, 'J01', '2025-06-10 10:00');
		await fire('expense_claim', 'clear', claim, { reason: '绕道取件' }, 'B01', '2025-06-10 11:00');
		await fire('return_visit', 'record', null, { call: JOB, means: 'phone', result: 'solved', opinion: '很好用' }, 'H01', '2025-06-11 10:00');
		await fire('call', 'close', JOB, { content: '更换压缩机并试机' }, 'Y01', '2025-06-11 10:03');
		await fire('rating', 'give', null, { call: JOB, attitude: '很满意', skill: '满意', arrival: '一般', promise: '满意', remark: '来得晚了点' }, 'H01', '2025-06-11 10:05');
	}

	async function solveByPhone() {
		await fire('call', 'register', null, { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '滴水', channel: 'mail' }, 'Y01', '2025-06-10 09:00');
		await fire('call', 'solveByPhone', PHONED, { solution: '清洗滤网' }, 'Y01', '2025-06-10 09:10');
	}

	async function leaveOpen() {
		await fire('call', 'register', null, { customerName: '郊区饭店', phone: '13800000002', address: '东郊 8 号', siteSituation: '机房漏水', serial: 'SN200', symptom: '停机', channel: 'letter' }, 'Y01', '2025-06-11 09:00');
		await fire('call', 'assign', OPEN, { technician: 'J02' }, 'Z01', '2025-06-11 09:10');
		await fire('call', 'escalate', OPEN, { target: 'qa', reason: '主板批次问题？' }, 'J02', '2025-06-11 11:00');
		await fire('call', 'answerEscalation', OPEN, { answer: '换新批次' }, 'Q01', '2025-06-11 12:00');
		await fire('call', 'reportVisit', OPEN, { arrivedAt: '2025-06-11 10:00', leftAt: '2025-06-11 14:00', problem: '主板损坏', solution: '等待新主板', result: 'not_done', openReason: 'other', remark: '缺件', next: 'appointment', appointTo: '2025-06-16 12:00' }, 'J02', '2025-06-11 14:10');
		await fire('unsolved_report', 'report', null, { call: OPEN, problem: '主板缺货', finishAt: '2025-06-16 12:00', reason: '库存为零', informed: true, agreed: false }, 'J02', '2025-06-11 17:00');
		await fire('call', 'passUp', OPEN, { level: 'hq', reason: '缺件' }, 'Y01', '2025-06-11 17:05');
	}

	async function reportTime() {
		await fire('daily_report', 'submit', null, { technician: 'J01', day: '2025-06-09', lines: `A 100 ${JOB} 换压缩机\nD 60 - 例会` }, 'J01', '2025-06-09 17:00');
		await fire('daily_report', 'review', 'RB-J01-20250609', {}, 'Z01', '2025-06-09 18:00');
		await fire('daily_report', 'submit', null, { technician: 'J01', day: '2025-06-10', lines: 'D 30 - 整理工具' }, 'J01', '2025-06-10 17:00');
		await fire('daily_report', 'submit', null, { technician: 'J01', day: '2025-06-14', lines: 'D 15 - 下一周' }, 'J01', '2025-06-14 09:00');
		await fire('director_report', 'submit', null, { director: 'Z01', day: '2025-06-09' }, 'Z01', '2025-06-09 18:30');
		await fire('director_report', 'send', 'ZB-Z01-20250609', {}, 'Z01', '2025-06-09 18:40');
	}

	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
	const visitOf = async (call: string) => String((await database.store.load('visit', 'call', [call]))[0]?.['no']);
	const only = async (kind: string) => String((await database.store.list(kind, {}))[0]?.['no']);

	it('each document prints with its own form first, the standard one last', () => {
		const first = (kind: string) => formsOf(kind).map(({ form }) => form);
		expect(['dispatch', 'expense_claim', 'contact_letter', 'return_visit', 'unsolved_report', 'quotation', 'daily_report', 'director_report', 'rating'].map((kind) => first(kind).slice(0, -1))).toEqual([['M-112'], ['M-113'], ['M-011'], ['M-013'], ['M-018'], ['M-069'], ['M-006', 'M-007'], ['M-008'], ['M-014', 'M-111']]);
		expect(first('visit')).toEqual(['M-010', 'M-067', 'M-071', 'M-110', 'M-111', 'visit']);
		expect(first('escalation')).toEqual(['escalation']);
	});

	it('V-040 V-044: the slip has what was found, the customer\'s answers and the drawn signature', async () => {
		for (const slip of [await print('visit', await visitOf(JOB), 'M-010'), await print('call', JOB, 'M-010')]) {
			expect(beside(slip, '联系人', '处理方案', '备注', '宝贵意见', '到达时间', '离开时间')).toEqual(['王小姐', '问题：压缩机卡死\n分析：缺油\n处理：更换压缩机', '旧件已带回', '继续保持', '2025-06-09 09:40', '2025-06-09 11:20']);
			expect(beside(slip, '已验收正常', '系统交付确认', '满意', '处理结果', '客户属性').map((text) => text?.match(/☑ [^\s：]+/g))).toEqual([['☑ 是'], ['☑ 没有附件'], ['☑ 很满意'], ['☑ 已完成服务'], ['☑ 《联络函》服务客户']]);
			expect(picturesOf(slip)).toEqual([signaturePng()]);
			expect(textsOf(slip)).toEqual(expect.arrayContaining(['客户签字：王小姐', '2025 年 06 月 09 日']));
		}
		expect(picturesOf(await print('call', JOB, 'M-071'))).toEqual([signaturePng()]);
		expect(picturesOf(await print('call', OPEN, 'M-010'))).toEqual([]);
	});

	it('V-044: a signature that was removed, or is no picture, is not printed', async () => {
		const [signature] = await database.store.load('attachment', 'purpose', ['signature']);
		for (const [key, value, before] of [['state', 'Removed', 'Handed'], ['mimeType', 'image/svg+xml', 'image/png']] as const) {
			await database.store.replace('attachment', [{ ...signature, [key]: value }]);
			expect([key, picturesOf(await print('call', JOB, 'M-010'))]).toEqual([key, []]);
			await database.store.replace('attachment', [{ ...signature, [key]: before }]);
		}
	});

	it('V-043: the slip of a call done by phone ticks that; one left open its reason', async () => {
		expect(beside(await print('call', PHONED, 'M-010'), '处理结果', '处理方案')).toEqual(['☐ 已完成服务　☐ 未完成服务：\n☐ 需返修、更换设备　☐ 其它见备注　☑ 电话回访完成服务', '电话处理：清洗滤网']);
		expect(beside(await print('call', OPEN, 'M-010'), '处理结果', '备注', '待服务内容')).toEqual(['☐ 已完成服务　☑ 未完成服务：\n☐ 需返修、更换设备　☑ 其它见备注　☐ 电话回访完成服务', '缺件', '机房漏水\n停机']);
	});

	it('V-027 V-062: report and receipt slip have diagnosis, parts, the charge and when the slip came in', async () => {
		expect(beside(await print('call', JOB, 'M-071'), '判断', '处理', '配件')).toEqual(['压缩机卡死\n缺油', '更换压缩机', '压缩机×1']);
		const slip = await print('call', JOB, 'M-110');
		expect(beside(slip, '客户名称', '服务内容', '收费', '回传时间', '服务类别')).toEqual(['东郊饭店', '更换压缩机并试机', '38.00 元', '2025-06-10 16:00', 'A 有费服务']);
		expect(textsOf(slip)).toContain('客户签字：王小姐');
		expect(beside(await print('call', PHONED, 'M-110'), '服务内容')).toEqual(['电话处理：清洗滤网']);
	});

	it('T-020: survey card and satisfaction form tick what the customer said', async () => {
		const rating = await only('rating');
		const form = await print('rating', rating, 'M-111');
		expect(beside(form, '态度', '技术', '到达时间', '答应事情的办理', '总体').map((text) => text?.match(/☑ \S+/)?.[0])).toEqual(['☑ 很满意', '☑ 满意', '☑ 一般', '☑ 满意', '☑ 很满意']);
		expect(beside(form, '意见', '客户名称', '技术员')).toEqual(['来得晚了点\n继续保持', '东郊饭店', '李师傅']);
		expect(beside(await print('rating', rating, 'M-014'), '收回', '建议或抱怨')).toEqual(['2025-06-11', '来得晚了点']);
	});

	it('V-024 V-025 V-049: the dispatch record has every time, who went along, what was ticked, the costs and the result', async () => {
		const record = await print('dispatch', SENT, 'M-112');
		expect(beside(record, '人员', '派遣时间', '计划出发', '接受时间', '出发', '到达', '离开', '接受到出发(分)', '请示总部时间')).toEqual(['李师傅、赵师傅', '2025-06-06 16:00', '2025-06-09 09:00', '2025-06-09 08:40', '2025-06-09 09:00', '2025-06-09 09:40', '2025-06-09 11:20', '20', '2025-06-09 11:10']);
		expect(beside(record, '出发准备')).toEqual(['☑ 预约　☑ 工具仪器　☐ 备件　☑ 工作证名片　☐ 着装']);
		expect(beside(record, '车费', '停车', '合计', '结果')).toEqual(['35.00', '10.00', '45.00', '已完成服务\n更换压缩机']);
		expect(beside(await print('dispatch', `PQ-${OPEN}-1`, 'M-112'), '结果')).toEqual(['未完成服务：其它见备注\n等待新主板']);
		expect(beside(await print('dispatch', `PQ-${OPEN}-2`, 'M-112'), '结果', '离开')).toEqual(['', '']);
	});

	it('V-068: the claim lists its tickets with what was found of each', async () => {
		const claim = await print('expense_claim', await only('expense_claim'), 'M-113');
		expect(textsOf(claim)).toEqual(expect.arrayContaining(['车票', 'T1', '35.00', '苏州', '相符', '住宿', '200.00', '杭州', '不符', '235.00', '235.00 元']));
		expect(beside(claim, '报销人', '票据', '出差地', '核准人')).toEqual(['李师傅', '2 张', '苏州市东郊 8 号', '部门经理']);
		expect(textsOf(claim)).toContain('票据地点与出差地不符：杭州\n核准说明：绕道取件');
	});

	it('V-066: the letter is printed as written, with both confirmations; without one, a draft', async () => {
		const letter = await print('contact_letter', await only('contact_letter'), 'M-011');
		expect(beside(letter, '关于', '收件人', '抄送', '页数', '联络内容', '回馈意见', '金额')).toEqual(['空调维修', '王小姐', '财务', '共 2 页', '请确认单次服务', '同意', '180.50 元']);
		expect(textsOf(letter)).toEqual(expect.arrayContaining(['发件方确认签字：客服', '收件方确认签字：王小姐']));
		expect(beside(await print('call', PHONED, 'M-011'), '发件单位', '收件人', '页数')).toEqual(['华东制冷', '', '共 　 页']);
	});

	it('V-082: a return visit prints by itself, and a month of them as a register', async () => {
		const visited = await print('return_visit', await only('return_visit'), 'M-013');
		expect(beside(visited, '回访人', '时间', '意见', '客户')).toEqual(['回访员', '2025-06-11 10:00', '很好用', '东郊饭店']);
		expect(beside(visited, '方式', '结果').map((text) => text?.match(/☑ \S+/)?.[0])).toEqual(['☑ 电话', '☑ 已解决']);
		const texts = textsOf(await printForm(database.store, 'M-013-R', '2025-06', { now }));
		expect(texts).toEqual(expect.arrayContaining([JOB, '东郊饭店', '回访员', '已解决', '很好用', '编号：M-013-R-202506　　　2025 年 06 月']));
		expect(textsOf(await registerPaper(database.store, 'M-013-R', '', { now }))).toContain(JOB);
		expect(textsOf(await registerPaper(database.store, 'M-013-R', '2025-05', { now }))).not.toContain(JOB);
	});

	it('V-035: the unsolved report has problem, reason, finish time and what the customer was told', async () => {
		const report = await print('unsolved_report', await only('unsolved_report'), 'M-018');
		expect(beside(report, '未解决问题', '完成时间', '原因', '报备人', '报备日期', '已告知客户', '客户谅解')).toEqual(['主板缺货', '2025-06-16 12:00', '库存为零', '赵师傅', '2025-06-11', '☑ 是　☐ 否', '☐ 是　☑ 否']);
		expect(beside(await print('call', JOB, 'M-018'), '报备日期', '原因')).toEqual(['', '']);
	});

	it('V-046: the trip record has the work, what was asked and answered, and the result', async () => {
		expect(beside(await print('visit', await visitOf(OPEN), 'M-067'), '人员', '起', '止', '上报及答复', '结果')).toEqual(['赵师傅', '2025-06-11 10:00', '2025-06-11 14:00', '2025-06-11 11:00 问品管部：主板批次问题？\n2025-06-11 12:00 品管答：换新批次', '未完成服务：其它见备注\n缺件']);
	});

	it('V-064 V-065: the quotation lists its lines, both totals, the deviation and the consent', async () => {
		const offer = await print('quotation', await only('quotation'), 'M-069');
		expect(textsOf(offer)).toEqual(expect.arrayContaining(['配件', '压缩机', '40.00', '38.00', '40.00 元', '38.00 元', '5.00%', '报价人：客服']));
		expect(beside(offer, '客户同意人', '客户同意时间')).toEqual(['王小姐', '2025-06-06 15:50']);
	});

	it('T-001 T-002: a day prints with its review, and the week it belongs to without the next one', async () => {
		const day = await print('daily_report', 'RB-J01-20250609', 'M-006');
		expect(textsOf(day)).toEqual(expect.arrayContaining(['A', '100', JOB, '换压缩机', '160', 'A 100　B 0　C 0　D 60', '核阅：王主任']));
		const week = await print('daily_report', 'RB-J01-20250609', 'M-007');
		expect(beside(week, '周', '技术员')).toEqual(['2025-06-07 至 2025-06-13', '李师傅']);
		expect(textsOf(week)).toEqual(expect.arrayContaining(['190', '06-09 A 100 分 BX202506-0001 换压缩机\n06-09 D 60 分 例会\n06-10 D 30 分 整理工具']));
		expect(textsOf(week)).toContain('编号：RB-J01-20250609');
		expect(textsOf(day)).toContain('编号：RB-J01-20250609　　　状态：已核阅');
	});

	it('T-003: the director\'s day has every technician, who is missing and when it was sent', async () => {
		const report = await print('director_report', 'ZB-Z01-20250609', 'M-008');
		expect(beside(report, '缺报人员', '送达时间', '李师傅', '日期')).toEqual(['赵师傅', '2025-06-09 18:40', '100', '2025-06-09']);
		expect(textsOf(report)).toContain('服务主任：王主任');
	});

	it('T-005: the week\'s table is of the week a day is in, or the last one due; a manager sees his own people', async () => {
		const week = await registerPaper(database.store, 'M-009', '2025-06-10', { now });
		expect(week.no).toBe('M-009-20250613');
		expect(beside(week, '周', '李师傅', '赵师傅')).toEqual(['2025-06-07 至 2025-06-13', '0', '1']);
		expect(textsOf(week)).toEqual(expect.arrayContaining(['2（未派工 1）', '190']));
		await save('unit', { A: { name: '甲部', unitKind: 'branch' }, B: { name: '乙部', unitKind: 'branch' } });
		await save('person', { J01: { unit: 'A' }, J02: { unit: 'B' }, B01: { unit: 'B' }, B02: { name: '甲部经理', roles: 'dept_manager', unit: 'A', active: true } });
		const own = await registerPaper(database.store, 'M-009', '2025-06-10', { now, actor: 'B01' });
		expect(beside(own, '李师傅', '赵师傅')).toEqual([undefined, '1']);
		expect((await registerPaper(database.store, 'M-009', '', { now })).no).toBe('M-009-20250613');
		expect((await registerPaper(database.store, 'M-009', '', { now: at('2025-06-13 16:59') })).no).toBe('M-009-20250606');
		await expect(registerPaper(database.store, 'M-009', '2025-06', { now })).rejects.toMatchObject({ code: 'FIELD_INVALID', way: expect.stringContaining('该周的任意一天') as string });
	});

	it('V-012 V-017 V-027: registers have answer and promise, level, site, and what was done', async () => {
		const texts = textsOf(await registerPaper(database.store, 'M-002', '2025-06', { now }));
		expect(texts).toEqual(expect.arrayContaining(['06-09 10:00', '06-06 15:00', '总部', 'KF-35\n机房漏水', '缺油', '停机']));
		const ledger = textsOf(await registerPaper(database.store, 'M-028', '2025-06', { now }));
		expect(ledger).toEqual(expect.arrayContaining(['更换压缩机并试机', '2025-06-11 10:03', '清洗滤网', '处理层级']));
		const letters = textsOf(await registerPaper(database.store, 'M-072', '2025-06', { now }));
		expect([JOB, PHONED, OPEN].filter((no) => letters.includes(no))).toEqual([JOB, OPEN]);
	});

	it('O-030: people print what they may read, registers show only that', async () => {
		await expect(paperFor(database.store, 'call', JOB, { now, actor: 'K01' })).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'O-030' });
		expect((await paperFor(database.store, 'call', JOB, { now, actor: 'J01' })).no).toBe(JOB);
		await expect(paperFor(database.store, 'call', JOB, { now, actor: 'J02' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await expect(registerPaper(database.store, 'M-009', '2025-06-10', { now, actor: 'K01' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		const text = async (actor: string) => JSON.stringify((await registerPaper(database.store, 'M-002', '2025-06', { now, actor })).pages);
		expect(await text('K01')).not.toContain(JOB);
		expect(await text('Y01')).toContain(JOB);
	});
});
