import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { addMonths } from '../../domain/shared/zonedTime';
import { allTables } from '../../engine/allTables';
import type { Row, Store } from '../../engine/store';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { openStore } from '../../store/openStore';
import { postgresConfig } from '../support/databases';
import { freshDatabase } from './freshDatabase';
import { startInstance, type FormFile, type Instance } from './harness';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const xlsx = (file: Buffer, filename: string): FormFile => ({ file, filename, contentType: XLSX });
const csv = (rows: readonly (readonly string[])[], filename: string): FormFile => ({ file: iconv.encode(rows.map((cells) => cells.join(',')).join('\r\n'), 'gb18030'), filename, contentType: 'text/csv' });
const local = new Date(Date.now() + 8 * 3_600_000).toISOString();
const today = local.slice(0, 10);
/** Last month, which is settled. */
const month = addMonths(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
const on = (day: number) => `${month}-${String(day).padStart(2, '0')}`;
const statementNo = `DZ-W01-${month.replace('-', '')}`;

const postgresUrl = process.env['TEST_POSTGRES_URL'];
const kinds = postgresUrl === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

describe.each(kinds)('outlets and their parts in a real n8n on %s', (database) => {
	let instance: Instance;
	let store: Store;

	beforeAll(async () => {
		const url = database === 'postgres' ? await freshDatabase(postgresUrl as string) : undefined;
		instance = await startInstance({ database, ...(url === undefined ? {} : { postgresUrl: url }) });
		// Deadlines are run by hand below: by their schedules they could take a mail out of a test's hands.
		for (const id of ['aftersalesDeadline1', 'aftersalesOutbox01']) await instance.n8n.publicApi('POST', `/workflows/${id}/unpublish`, {});
		await instance.postForm('ziliao', { actor: '首次', file: xlsx(readFileSync(join(__dirname, '../../instance/demo/基础资料-示例.xlsx')), '基础资料.xlsx') });
		store = await openStore(url === undefined ? { engine: 'sqlite', file: join(instance.userFolder, 'aftersales.sqlite') } : postgresConfig(url, 'public'), allTables);
	});

	afterAll(async () => {
		await store.close();
		await instance.stop();
	});

	const one = async (table: string, no: string): Promise<Row> => (await store.load(table, 'no', [no]))[0] as Row;
	const mailTo = (address: string, subject: string) => instance.mails.filter((mail) => JSON.stringify(mail.to).includes(address) && mail.subject?.includes(subject));
	const balanceOf = async (item: string) => (await store.load('stock_card', 'item', [item]))[0]?.['balance'];

	/** A staff form: who, then the paper that holds `which`, and the rest. */
	async function act(path: string, actor: string, fields: Record<string, string>, paper: readonly [string, string] | null = null): Promise<string> {
		const page = await instance.postForm(path, { actor });
		if (page.labels.length === 0) throw new Error(`${path}: ${page.text}`);
		const outlets = Object.fromEntries(Object.entries(fields).filter(([label]) => label === '网点').map(([label, code]) => [label, page.options(label).find((option) => option.startsWith(`${code}｜`)) ?? code]));
		const chosen = paper === null ? {} : { [paper[0]]: page.options(paper[0]).find((option) => option.includes(paper[1])) ?? `no ${paper[1]} among ${page.options(paper[0]).join()}` };
		return (await page.next({ ...chosen, ...fields, ...outlets })).text;
	}

	async function read(file: Buffer | undefined): Promise<ExcelJS.Workbook> {
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load(file as unknown as ArrayBuffer);
		return workbook;
	}

	it('P-001 P-002 P-010: an outlet applies, is visited, checked, approved, signs and pays', async () => {
		await act('wangdianshenqing', 'R01', { 网点编码: 'W03', 网点名称: '城东网点', 区域: '东区', 地址: '东大街 3 号', 负责人: '钱老板', 电话: '13812345678', 邮箱: 'w03@demo.local' });
		const visit = { 考察日期: today, '营业执照、税务登记证等证件齐全': '是', '地点、办公维修场地、配件仓库、水电、工具齐备': '是', '受训的常驻安装维修人员(人)': '1', 有信访员和仓管员: '是', '电话、传真、电脑、宽带、打印机、服务车辆齐备': '是', '管理制度健全、人员稳定、接受本制度': '是', 考察意见: '可以' };
		await act('wangdiankaocha', 'R01', visit, ['服务网点建立申请表', 'W03']);
		expect(await act('wangdianshencha', 'R01', {}, ['服务网点建立申请表', 'W03'])).toContain('受训的安装维修人员 1 人，至少 2 人');
		await act('wangdiankaocha', 'R01', { ...visit, '受训的常驻安装维修人员(人)': '3' }, ['服务网点建立申请表', 'W03']);
		await act('wangdianshencha', 'R01', {}, ['服务网点建立申请表', 'W03']);
		await act('wangdianshenpi', 'GM1', {}, ['服务网点建立申请表', 'W03']);
		expect(await act('wangdianxieyi', 'S01', { 协议号: 'XY-001', 签订日期: today }, ['服务网点建立申请表', 'W03'])).toContain('已签协议');
		expect(await act('wangdianjiaokuan', 'K01', { 网点: 'W03', 款项: '配件押金', '金额(元)': '999.99', 到帐日期: today })).toContain('还差 0.01 元');
		await act('wangdianjiaokuan', 'K01', { 网点: 'W03', 款项: '配件押金', '金额(元)': '0.01', 到帐日期: today });
		expect(await one('outlet', 'W03')).toMatchObject({ active: true });
	});

	it('P-020 P-024 P-011 P-031 P-072: an outlet uploads an emergency request; over the limit it waits, tops up, and the parts leave from the oldest lots', async () => {
		const request = await writeWorkbook({ sheets: [{ name: '零配件申请表', title: '零配件申请表', columns: [{ header: '配件编码', key: 'item', type: 'text' }, { header: '申请数量', key: 'quantity', type: 'integer' }], rows: [{ item: '00210', quantity: 2 }] }] });
		const upload = () => instance.postForm('wangdian', { outlet: 'W03', file: xlsx(request, '申请.xlsx'), requestKind: '紧急', sealed: ['是'], requestReason: '客户要求退机' });
		expect((await upload()).text).toContain('接收 1 行');
		expect((await upload()).text).toContain('1 行以前已登记');
		const [paper] = await store.list('part_request', { where: [{ column: 'outlet', is: '=', value: 'W03' }] });
		const no = String(paper?.['no']);
		expect(paper).toMatchObject({ requestKind: 'emergency', state: 'Submitted', total: 64000 });
		expect(await act('shenheshenqing', 'S01', {}, ['零配件申请表', no])).toContain('应补押金 920.00 元');
		expect(mailTo('w03@demo.local', '配件申请超额')).toHaveLength(1);
		await act('wangdianjiaokuan', 'K01', { 网点: 'W03', 款项: '配件押金', '金额(元)': '920', 到帐日期: today });
		expect(await one('part_request', no)).toMatchObject({ state: 'Approved' });
		const before = await balanceOf('00210');
		expect(await act('fahuo', 'CK1', { 发运方式: '零担', 运单号: 'SF123' }, ['配件申请', no])).toContain('640.00 元');
		expect(await balanceOf('00210')).toBe(Number(before) - 2);
		expect((await store.list('stock_move', { where: [{ column: 'item', is: '=', value: '00210' }, { column: 'quantity', is: '<', value: 0 }] }))[0]).toMatchObject({ lot: '2026A', quantity: -2 });
		expect(mailTo('w03@demo.local', '配件发货通知')).toHaveLength(1);
		await act('shouhuo', 'S01', {}, ['发货通知', 'W03']);
		expect(await one('part_request', no)).toMatchObject({ state: 'Received' });
		expect(await one('outlet_account', 'ZH-W03')).toMatchObject({ deposit: 192000, held: 64000 });
	});

	it('P-040 P-049: an outlet sends its month as CSV in GBK; the bad row comes back at once in its own file, marked', async () => {
		const usage = csv([['零配件使用统计表'], ['配件编码', '数量', '维修记录单号', '更换日期', '保内/保外'], ['00355', '2', 'WX-1', on(5).replaceAll('-', '.'), '保内'], ['00418', '1', 'WX-2', on(6), '保内'], ['99999', '1', 'WX-3', on(7), '保内']], '使用统计.csv');
		const answer = await instance.postForm('wangdian', { outlet: 'W01', month, file: usage });
		expect(answer.files.map(({ filename }) => filename)).toEqual(['使用统计-检查结果.xlsx']);
		expect(answer.text).toContain('接收 2 行');
		const marked = await read(answer.body);
		expect(marked.worksheets[0]?.name).toBe('检查结果');
		expect(JSON.stringify(marked.worksheets[1]?.getCell('A5').note)).toContain('配件资料中没有“99999”');
		const [mail] = mailTo('w01@demo.local', '网点上报回执');
		expect(mail?.attachments.map(({ filename }) => filename)).toEqual(['使用统计-检查结果.xlsx']);
		const back = csv([['配件编码', '数量', '维修记录单号', '发货日期', '故障卡号'], ['00355', '2', 'WX-1', on(28), 'K1'], ['00418', '1', 'WX-2', on(28), 'K2']], '旧件.csv');
		expect((await instance.postForm('wangdian', { outlet: 'W01', month, file: back })).text).toContain('接收 2 行');
		expect(await store.list('old_part', {})).toHaveLength(2);
	});

	it('P-041 P-044 P-045: all outlets are reconciled at once; agreed, written off, fined from the deposit, handed over', async () => {
		const qa = csv([['维修记录单号', '配件编码', '发货日期', '相符数量', '不符数量', '无故障数量'], ['WX-1', '00355', on(28), '2', '0', '0'], ['WX-2', '00418', on(28), '0', '0', '1']], '检测.csv');
		const preview = await instance.postForm('quanbuduizhang', { actor: 'S01', month, mode: 'preview｜预览' });
		expect(preview.text).toContain('1 个网点');
		expect(await store.list('reconciliation', {})).toEqual([]);
		expect((await instance.postForm('jiance', { actor: 'Q01', outlet: 'W01', month, file: qa })).text).toContain(statementNo);
		expect(await one('reconciliation', statementNo)).toMatchObject({ state: 'Sent', creditAmount: 17000, fineAmount: 4000 });
		const all = await instance.postForm('quanbuduizhang', { actor: 'S01', month, mode: 'send｜传出' });
		expect(all.files.map(({ filename }) => filename)).toEqual([`网点对帐一览-${month}.xlsx`]);
		await act('queren', 'S01', {}, ['返厂废旧件对帐单', 'W01']);
		expect(await act('hexiao', 'S01', {}, ['返厂废旧件对帐单', 'W01'])).toContain('核销 170.00 元，拟罚 40.00 元');
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 200000, held: 58500 - 17000 });
		expect(await act('heshifakuan', 'S01', { '退回运费(元)': '12.50' }, ['网点罚款', 'W01'])).toContain('押金扣 52.50 元');
		expect(await act('yijiao', 'CK1', { 生控中心接收人: '老李' }, ['对帐单', statementNo])).toContain('2 件');
		expect(await one('reconciliation', statementNo)).toMatchObject({ state: 'HandedOver' });
	});

	it('P-011 O-030: the statement of account lists every movement with its paper; strangers do not get it', async () => {
		const answer = await instance.postForm('wanglai', { actor: 'S01', outlet: 'W01', from: `${today.slice(0, 4)}-01-01` });
		const book = await read(answer.body);
		expect(book.worksheets.map(({ name }) => name)).toEqual(['汇总', '配件押金', '配件占用', '应收款']);
		const text = JSON.stringify(book.getWorksheet('配件占用')?.getSheetValues());
		expect(text).toContain(statementNo);
		expect(text).toContain('"核销"');
		expect((await instance.postForm('wanglai', { actor: 'J01', outlet: 'W01' })).text).toContain('不能查看网点 W01 的往来');
		const lists = await instance.postForm('wangdianbaobiao', { actor: 'S01', report: '网点占用一览' });
		expect(JSON.stringify((await read(lists.body)).worksheets[0]?.getSheetValues())).toContain('城北安装维修网点');
		expect((await instance.postForm('wangdianbaobiao', { actor: 'J01', report: '对帐一览', month })).text).toContain('不能查看返厂废旧件对帐单');
		expect((await instance.postForm('wanglai', { actor: 'S01', outlet: 'W99' })).text).toContain('网点“W99”不存在');
	});

	it('P-003 P-004: an outlet is cancelled: nothing more is issued, parts come back into stock, the account is settled to the fen', async () => {
		await act('quxiaowangdian', 'R01', { 网点: 'W03', 违反协议情况: '多次虚报' });
		await act('tongyiquxiao', 'S01', {}, ['服务网点取消申请表', 'W03']);
		expect((await instance.postForm('quxiaojiesuan', { actor: 'S01' })).text).toContain('目前没有可以“费用结算”的');
		await act('beianyijiao', 'R01', { 明细表原件收到日期: today, 工作移交明细: '维修资料 1 完好', 双方已签字: '是' }, ['服务网点取消申请表', 'W03']);
		const before = await balanceOf('00210');
		await act('huishou', 'CK1', { 资料已收回: '是', '收回配件（没有收回的不填）': '00210 1 1' }, ['服务网点取消申请表', 'W03']);
		expect(await balanceOf('00210')).toBe(Number(before) + 1);
		expect(await act('quxiaojiesuan', 'S01', {}, ['服务网点取消申请表', 'W03'])).toContain('应退押金 1,600.00 元');
		await act('quxiaowancheng', 'S01', {}, ['服务网点取消申请表', 'W03']);
		expect(await one('outlet_account', 'ZH-W03')).toMatchObject({ state: 'Closed', deposit: 0, held: 0 });
		expect((await act('peijianshenqing', 'S01', { 网点: 'W03', 申请类别: '紧急', 已盖公章: '是', 紧急原因: '退机', 申请明细: '00210 1' }))).toContain('目前不是有效网点');
	});
});
