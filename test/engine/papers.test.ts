import { apply } from '../../engine/engine';
import { blankPaper, formsOf, paperFor, printableForms, printForm, registerPaper } from '../../engine/papers';
import { documents } from '../../engine/registry';
import { layOut } from '../../domain/paper/layOut';
import type { PaperModel } from '../../domain/paper/paperModel';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const NO = 'BX202506-0001';
const now = at('2025-06-11 09:30');
const visit = { arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 11:30', problem: '漏冷媒', solution: '补充冷媒', result: 'done', satisfaction: 'satisfied', signedBy: '王小姐', chargeLines: [{ item: 'GS01', quantity: 18050 }] };

const textsOf = ({ pages }: PaperModel) => pages.flatMap((page) => layOut(page).rows.flatMap(({ cells }) => cells.map(({ text }) => text)));
/** The text right of a label. */
const beside = (paper: PaperModel, label: string) => {
	const texts = textsOf(paper);
	return texts[texts.indexOf(label) + 1];
};

describe.each(databases)('printed papers on %s', (_name, open) => {
	let database: TestDatabase;
	beforeAll(async () => {
		database = await open();
		await loadMasterData(database.store);
		await database.store.insert('setting', [{ no: 'n1', version: 1, createdAt: now, createdBy: 'system', updatedAt: now, key: 'general.company_name', value: '华东制冷', validFrom: '2025-01-01' }]);
		await fire('call', 'register', null, { customerName: '郊区饭店', phone: '13800000009', address: '东郊 8 号', model: 'KF-35', serial: 'SN900', symptom: '不启动', purchaseDay: '2024-03-01' }, 'Y01', '2025-06-06 15:00');
		await fire('call', 'assign', NO, { technician: 'J01' }, 'Z01', '2025-06-06 15:30');
		await fire('take_in', 'start', null, { call: NO, arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 10:30', problem: '压缩机卡死', plannedFinish: '2025-06-11 12:00', accessories: '遥控器', countersignedBy: '王小姐' }, 'J01', '2025-06-09 11:00');
		await fire('repair_card', 'start', `XH-${NO}`, {}, 'J01', '2025-06-09 13:00');
		await fire('repair_card', 'note', `XH-${NO}`, { note: '已拆机' }, 'J01', '2025-06-09 14:00');
		await fire('repair_card', 'finish', `XH-${NO}`, { actualMinutes: 90, parts: 'P001 1', readings: '压力 0.45 MPa' }, 'J01', '2025-06-10 09:00');
		await fire('repair_card', 'report', `XH-${NO}`, { faultFound: '转子卡死', cause: '缺油', workDone: '换压缩机', testResult: '制冷正常' }, 'J01', '2025-06-10 09:30');
		await fire('call', 'register', null, { customerName: '夜宵店', phone: '13911112222', address: '南门 2 号', model: 'BC-1', serial: 'SN901', symptom: '结霜', channel: 'letter' }, 'Y01', '2025-06-07 15:00');
		await fire('call', 'assign', 'BX202506-0002', { technician: 'J02' }, 'Z01', '2025-06-07 15:30');
		await fire('call', 'agree', 'BX202506-0002', { amount: 18050, consentBy: '王小姐' }, 'J02', '2025-06-09 09:30');
		await fire('call', 'reportVisit', 'BX202506-0002', visit, 'J02', '2025-06-09 14:00');
		await fire('call', 'close', 'BX202506-0002', {}, 'Y01', '2025-06-09 15:00');
	});
	afterAll(() => database.drop());

	const fire = (kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string, when: string) => apply(database.store, kind, event, [{ no, input }], { actor, now: at(when) });

	it('M-101: every document of the register prints, with each of its forms, its number and the company', async () => {
		for (const { kind } of documents) {
			const [row] = await database.store.list(kind, { limit: 1 });
			for (const { form } of row === undefined ? [] : formsOf(kind)) {
				const paper = await paperFor(database.store, kind, String(row?.['no']), { form, now });
				expect([paper.form, paper.no]).toEqual([form, row?.['no']]);
				expect(textsOf(paper)).toContain('华东制冷');
			}
		}
	});

	it('R-004: the repair card comes with product, customer, people by name and a large code', async () => {
		const paper = await paperFor(database.store, 'repair_card', `XH-${NO}`, { now });
		expect(textsOf(paper)).toEqual(expect.arrayContaining([`XH-${NO}\nKF-35\nSN900\n郊区饭店`, '李师傅', '2025-06-11 12:00', '压缩机', 'P001']));
		expect(['实际修护使用时间(分)', '读数', '维修进度'].map((label) => beside(paper, label))).toEqual(['90', '压力 0.45 MPa', '2025-06-09 14:00 李师傅：已拆机']);
		const code = layOut(paper.pages[0]!).rows.flatMap(({ cells }) => cells).find(({ picture }) => picture !== undefined);
		expect(code).toMatchObject({ picture: { code: `XH-${NO}` }, size: 50 });
	});

	it('V-080: the repair report has what was found, why, what was done, the parts and the test', async () => {
		const report = await paperFor(database.store, 'repair_card', `XH-${NO}`, { form: 'M-066', now });
		expect(['故障', '原因', '处理', '更换件', '测试结果', '保内/保外'].map((label) => beside(report, label))).toEqual(['转子卡死', '缺油', '换压缩机', '压缩机×1', '制冷正常', '☐ 保内　☑ 保外']);
		expect(textsOf(report)).toContain('2025 年 06 月 10 日');
		expect(beside(await paperFor(database.store, 'repair_card', `XH-${NO}`, { form: 'M-060', now }), '处理')).toBe('换压缩机');
	});

	it('the slip of a call is fed by its visit, customer and product; of a visit by its call', async () => {
		const slip = await paperFor(database.store, 'call', NO, { form: 'M-010', now });
		expect(beside(slip, '客户名称')).toBe('郊区饭店');
		expect(beside(slip, '处理结果')).toMatch(/☑ 未完成服务.*\n☑ 需返修/);
		expect(textsOf(slip)).toContain('客户签字：王小姐');
		const [stored] = await database.store.load('visit', 'call', ['BX202506-0002']);
		const own = await paperFor(database.store, 'visit', String(stored?.['no']), { now });
		expect(own).toMatchObject({ form: 'M-010', no: stored?.['no'] });
		expect(beside(own, '客户名称')).toBe('夜宵店');
		expect(beside(own, '客户属性')).not.toContain('☑');
	});

	it('the voucher lists its history with the technician\'s name and the amount', async () => {
		const paper = await paperFor(database.store, 'voucher', 'PZ-SN901', { now });
		expect(textsOf(paper)).toEqual(expect.arrayContaining(['2025-06-09', 'BX202506-0002', '补充冷媒', '赵师傅', '180.50']));
		expect(beside(paper, '客户名称')).toBe('夜宵店');
		expect(beside(paper, '存放位置')).toBe('资料袋');
	});

	it('the register of a month has all its calls, the open one those not closed', async () => {
		const month = await registerPaper(database.store, 'M-002', '2025年6月', { now });
		expect(textsOf(month)).toEqual(expect.arrayContaining(['郊区饭店', '夜宵店', '小陈', '编号：M-002-202506　　　2025 年 06 月']));
		const openCalls = await registerPaper(database.store, 'M-002', '', { now });
		expect(textsOf(openCalls)).toContain('郊区饭店');
		expect(textsOf(openCalls)).not.toContain('夜宵店');
		expect(textsOf(await registerPaper(database.store, 'M-028', '2025-06', { now }))).toContain('补充冷媒');
		expect(textsOf(await registerPaper(database.store, 'M-002', '2025-05', { now }))).not.toContain('郊区饭店');
	});

	it('the goods register names receipt, voucher and card of every item', async () => {
		const texts = textsOf(await registerPaper(database.store, 'M-004', '2025-06', { now }));
		expect(texts).toEqual(expect.arrayContaining([`JC-${NO}`, '郊区饭店', 'KF-35\nSN900', 'SJ202506-0001', 'PZ-SN900', `XH-${NO}`, '李师傅']));
	});

	it('every form prints blank: no number, no code', async () => {
		for (const { form } of printableForms) {
			const paper = await blankPaper(database.store, form, { now });
			expect([form, paper.no, paper.pages.flatMap((page) => layOut(page).rows.flatMap(({ cells }) => cells.flatMap(({ picture }) => picture ?? [])))]).toEqual([form, '', []]);
		}
		expect(new Set(printableForms.map(({ form }) => form)).size).toBe(printableForms.length);
	});

	it('M-104: a quality complaint prints in five copies, a service complaint in one', async () => {
		const register = async (family: string) => {
			const [outcome] = await fire('complaint', 'register', null, { family, customerName: '华联', phone: '13800000001', content: '批量漏氟' }, 'system', '2025-06-09 10:00');
			return await paperFor(database.store, 'complaint', String((outcome as { document: Record<string, unknown> }).document['no']), { now });
		};
		expect((await register('quality')).pages.map(({ copy }) => copy)).toEqual(['第一联 品管部', '第二联 制造部', '第三联 业务部门', '第四联 会计科', '第五联 总经理室']);
		expect((await register('service')).pages).toHaveLength(1);
	});

	it('V-044: what the customer said when he took his item back is kept and printed', async () => {
		await fire('repair_card', 'pass', `XH-${NO}`, {}, 'Z01', '2025-06-11 09:00');
		await fire('repair_card', 'deliver', `XH-${NO}`, { signedBy: '王小姐', receiptTaken: true, satisfaction: 'fair' }, 'J01', '2025-06-11 09:20');
		expect(beside(await paperFor(database.store, 'call', NO, { form: 'M-010', now }), '满意')).toBe('☐ 很满意　☐ 满意　☑ 一般　☐ 不满意');
	});

	it('finds what is asked for by form alone', async () => {
		expect((await printForm(database.store, 'M-010', NO, { now })).no).toBe(NO);
		expect((await printForm(database.store, 'M-010', '', { now })).no).toBe('');
		expect((await printForm(database.store, 'M-002', '2025-06', { now })).no).toBe('M-002-202506');
		expect((await printForm(database.store, 'charge', 'SF202506-0001', { now })).title).toBe('服务收费');
	});

	it('refuses numbers, forms, months and people that do not exist, and says what to do', async () => {
		await expect(paperFor(database.store, 'voucher', 'PZ-X', { now })).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('“PZ-X”的服务凭证') as string });
		await expect(paperFor(database.store, 'call', NO, { form: 'M-005', now })).rejects.toMatchObject({ code: 'FIELD_INVALID', way: expect.stringContaining('M-010 客户报修服务单') as string });
		await expect(printForm(database.store, 'M-010', 'X1', { now })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(printForm(database.store, 'M-024', 'X1', { now })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(printForm(database.store, 'M-999', 'X1', { now })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(registerPaper(database.store, 'M-002', '六月', { now })).rejects.toMatchObject({ code: 'FIELD_INVALID', message: expect.stringContaining('六月') as string });
		await expect(registerPaper(database.store, 'M-010', '', { now })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(blankPaper(database.store, 'M-999', { now })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(paperFor(database.store, 'call', NO, { now, actor: 'X9' })).rejects.toMatchObject({ code: 'NOT_FOUND', rule: 'O-001' });
	});
});
