import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { addMonths } from '../../domain/shared/zonedTime';
import { allTables } from '../../engine/allTables';
import { givenFor } from '../../engine/engine';
import type { Row, Store } from '../../engine/store';
import { dealerWorkbook, qaWorkbook } from '../../instance/demo/demoData';
import { loadDemo } from '../../instance/demo/loadDemo';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { openStore } from '../../store/openStore';
import { postgresConfig } from '../support/databases';
import { bomb } from '../support/bomb';
import { freshDatabase } from './freshDatabase';
import { startInstance, type FormFile, type Instance } from './harness';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const xlsx = (file: Buffer, filename: string): FormFile => ({ file, filename, contentType: XLSX });
const demoFile = (name: string) => readFileSync(join(__dirname, '../../instance/demo', name));

/** Last month, which the report is about. */
const month = addMonths(`${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)}-01`, -1).slice(0, 7);
const statementNo = `DZ-W01-${month.replace('-', '')}`;

const postgresUrl = process.env['TEST_POSTGRES_URL'];
const kinds = postgresUrl === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

describe.each(kinds)('the chain in a real n8n on %s', (database) => {
	let instance: Instance;
	let store: Store;

	beforeAll(async () => {
		const url = database === 'postgres' ? await freshDatabase(postgresUrl as string) : undefined;
		instance = await startInstance({ database, ...(url === undefined ? {} : { postgresUrl: url }) });
		// Run by hand below: by its schedule it could take a mail out of a test's hands.
		for (const id of ['aftersalesDeadline1', 'aftersalesOutbox01']) await instance.n8n.publicApi('POST', `/workflows/${id}/unpublish`, {});
		const answer = await instance.postForm('ziliao', { actor: '首次', file: xlsx(demoFile('基础资料-示例.xlsx'), '基础资料.xlsx') });
		expect(answer.text).toContain('接收 57 行');
		store = await openStore(url === undefined ? { engine: 'sqlite', file: join(instance.userFolder, 'aftersales.sqlite') } : postgresConfig(url, 'public'), allTables);
	});

	afterAll(async () => {
		await store.close();
		await instance.stop();
	});

	const one = async (table: string, no: string): Promise<Row> => (await store.load(table, 'no', [no]))[0] as Row;
	const mailTo = (address: string, subject: string) => instance.mails.filter((mail) => JSON.stringify(mail.to).includes(address) && mail.subject?.includes(subject));

	it('V-010 V-021 V-030 V-042 V-060: a customer\'s call ends as a closed call with a filed voucher', async () => {
		const intake = await instance.postForm('baoxiu', { customerName: '张先生', phone: '１３７１２３４５６７８', address: '解放路 9 号', zone: '郊区', model: 'KF-26GW', serial: 'SN777', symptom: '不制冷' });
		const no = /BX\d{6}-\d{4}/.exec(intake.text)?.[0] ?? intake.text;
		expect(intake.text).toContain('A 有费服务');
		expect(intake.text).toMatch(/计入工作时间 7 小时/);
		expect(await one('call', no)).toMatchObject({ state: 'WithDispatcher', phone: '13712345678', zone: 'suburb', limitHours: 7, type: 'A', channel: 'web' });
		expect(await one('voucher', 'PZ-SN777')).toMatchObject({ state: 'WithDispatcher', recreated: true, calls: [no] });

		const board = await instance.postForm('paigong', { actor: 'Z01' });
		const choice = board.options('叫修登记').find((option) => option.startsWith(no)) as string;
		expect(choice).toContain('张先生');
		const assigned = await board.next({ 叫修登记: choice, 技术员: board.options('技术员').find((option) => option.startsWith('J01')) as string });
		expect(assigned.text).toContain(`${no} 已派给 J01`);
		const [job] = mailTo('tech01@demo.local', no);
		expect(job?.text).toContain('计入工作时间 7 小时');

		const call = await one('call', no);
		const arrived = new Date(Date.parse(String(call['calledAt'])) + 60_000);
		const local = (time: Date) => new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, arrived.getTime() - Date.now()) > 5000 ? 0 : 100));
		const early = local(new Date(String(call['calledAt'])));
		const price = await instance.postForm('tongyi', { actor: 'J01' });
		await price.next({ 叫修登记: price.options('叫修登记').find((option) => option.startsWith(no)) as string, 客户同意金额: '200', 客户同意人: '张先生' });
		const report = await instance.postForm('huibao', { actor: 'J01' });
		const done = await report.next({
			叫修登记: report.options('叫修登记').find((option) => option.startsWith(no)) as string,
			到达时间: `${early.slice(0, 17)}59`.localeCompare(local(new Date())) < 0 ? `${early.slice(0, 17)}59` : local(new Date()),
			离开时间: local(new Date()),
			发现的问题: '缺冷媒',
			处理措施: '检漏并补充冷媒',
			服务结果: '已完成服务',
			收费明细: 'GS01 1\nGS02 1',
			客户满意度: '满意',
			客户签字: '张先生',
		});
		expect(done.text).toContain('待注销');
		expect(done.text).toContain('应收 180.50 元，现场收款');
		expect((await store.list('charge', {}))[0]).toMatchObject({ call: no, amount: 18050, path: 'onsite', state: 'Collected' });

		const cash = await instance.postForm('jiaokuan', { actor: 'k01' });
		const paid = await cash.next({ 服务收费: cash.options('服务收费').find((option) => option.includes(no)) as string, 发票号: 'FP001' });
		expect(paid.text).toContain('180.50 元，发票 FP001');
		const desk = await instance.postForm('zhuxiao', { actor: 'Y01' });
		await desk.next({ 叫修登记: desk.options('叫修登记').find((option) => option.startsWith(no)) as string });
		expect(await one('call', no)).toMatchObject({ state: 'Closed', signedBy: '张先生', breached: false });
		expect(await one('voucher', 'PZ-SN777')).toMatchObject({ state: 'InFile', calls: [], history: [{ call: no, amount: 18050 }] });
	});

	it('R-001 R-005 R-006: an item is taken in, repaired, inspected by another and given back, by forms', async () => {
		const intake = await instance.postForm('baoxiu', { customerName: '赵女士', phone: '13712340000', address: '解放路 8 号', model: 'KF-26GW', serial: 'SN778', symptom: '异响' });
		const no = /BX\d{6}-\d{4}/.exec(intake.text)?.[0] ?? intake.text;
		const called = Date.parse(String((await one('call', no))['calledAt']));
		const local = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		/** Second page of a staff form: chooses the paper and fills the rest. */
		const act = async (path: string, actor: string, paper: string, fields: Record<string, string>) => {
			const page = await instance.postForm(path, { actor });
			const choice = page.options(paper).find((option) => option.includes(no)) as string;
			return (await page.next({ [paper]: choice, ...fields })).text;
		};
		await act('paigong', 'Z01', '叫修登记', { 技术员: 'J01｜李强' });
		expect(await act('xiehui', 'J01', '叫修编号', { 到达时间: local(called), 离开时间: local(called), 发现的问题: '风机轴承坏', 原定修妥时间: local(called + 86_400_000), 客户签认: '赵女士' })).toContain(`修护卡 XH-${no}`);
		await act('kaixiu', 'J01', '修护卡', {});
		await act('xiutuo', 'J01', '修护卡', { '实际修护使用时间(分)': '75', 配换零件: '00210 1' });
		expect(await act('yanqi', 'Z01', '修护卡', {})).toContain('已验讫待还');
		expect(await act('huanshang', 'J01', '修护卡', { 客户签收: '赵女士', 客户满意度: '满意' })).toContain('收据还没有收回');
		expect(await act('huanshang', 'J01', '修护卡', { 客户签收: '赵女士', 客户满意度: '满意', 已收回收据: '是' })).toContain('已还');
		expect(await one('call', no)).toMatchObject({ state: 'AwaitCancel', signedBy: '赵女士' });
		expect(await one('repair_card', `XH-${no}`)).toMatchObject({ actualMinutes: 75, parts: [{ item: '00210', quantity: 1 }], inspector: 'Z01' });
	});

	it('T-001 T-003 T-006: the technician\'s report comes filled in, is reviewed, added up by the director and sent on', async () => {
		const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
		const page = await instance.postForm('ribao', { actor: 'J01', day: today });
		// The visit took no minute; the repaired item took 75.
		const [card] = await store.load('repair_card', 'technician', ['J01']);
		expect(page.html).toContain(`75 ${String(card?.['call'])}`);
		const label = page.labels.find((each) => each.includes('明细')) ?? page.labels.join();
		const submitted = await page.next({ [label]: `A 60 ${String(card?.['call'])} 检修\nD 30 - 整理工具` });
		expect(submitted.text).toContain('日报已提交');
		expect((await store.list('daily_report', {}))[0]).toMatchObject({ technician: 'J01', state: 'Submitted', lines: [{ type: 'A', minutes: 60 }, { type: 'D', minutes: 30 }] });
		const review = await instance.postForm('heyue', { actor: 'Z01' });
		const reviewed = await review.next({ [review.labels[0] as string]: review.options(review.labels[0] as string)[0] as string });
		expect(reviewed.text).toContain('已核阅');
		expect((await instance.postForm('zhuren', { actor: 'Z01', day: today })).text).toContain('主任日报已填报');
		expect((await store.list('director_report', {}))[0]).toMatchObject({ director: 'Z01' });
	});

	it('V-034 V-060 V-067: morning board, day-end check, service book and KPI are mailed as workbooks, once', async () => {
		const day = new Date(Date.now() + 8 * 3_600_000);
		const flows = [['aftersalesSvcBook01', 'account@demo.local', '服务月度明细'], ['aftersalesKpi00001', 'director@demo.local', 'KPI']] as const;
		for (const [flow, address, subject] of flows) {
			expect((await instance.runWorkflow(flow)).status).toBe('success');
			expect((await instance.runWorkflow(flow)).status).toBe('success');
			const mails = mailTo(address, subject);
			expect(mails).toHaveLength(1);
			expect((await open(mails[0]?.attachments[0]?.content)).worksheets.length).toBeGreaterThan(0);
		}
		// On a free day the two daily lists rest.
		const isWorkday = (await givenFor(store, { actor: 'system', now: new Date().toISOString() })).calendar.isWorkday(day.toISOString().slice(0, 10));
		for (const [flow, address, subject] of [['aftersalesMorning01', 'director@demo.local', '派工看板'], ['aftersalesDayEnd001', 'account@demo.local', '日终检查']] as const) {
			expect((await instance.runWorkflow(flow)).status).toBe('success');
			expect(mailTo(address, subject)).toHaveLength(isWorkday ? 1 : 0);
		}
	});

	it('M-101: the print form hands over a paper as a workbook, filled or blank, and refuses strangers', async () => {
		const intake = await instance.postForm('baoxiu', { customerName: '打印客户', phone: '13722223333', address: '解放路 10 号', model: 'KF-26GW', serial: 'SN778', symptom: '漏水' });
		const no = /BX\d{6}-\d{4}/.exec(intake.text)?.[0] ?? intake.text;
		const printed = await instance.postForm('dayin', { actor: 'Y01', form: 'M-010｜客户报修服务单', subject: no });
		expect(printed.files.map(({ filename }) => filename)).toEqual([`客户报修服务单-${no}.xlsx`]);
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load(printed.body as unknown as ArrayBuffer);
		expect(workbook.worksheets[0]?.getCell('E4').value).toBe('打印客户');
		expect((await instance.postForm('dayin', { actor: 'Y01', form: 'M-113｜费用报表' })).files.map(({ filename }) => filename)).toEqual(['费用报表-空白.xlsx']);
		expect((await instance.postForm('dayin', { actor: 'X99', form: 'M-113｜费用报表' })).text).toContain('X99');
	});

	it('V-022: somebody without the role sees a clear refusal on the page', async () => {
		const page = await instance.postForm('paigong', { actor: 'J01' });
		expect(page.text).toContain('李强（J01）不能“派工”');
		expect(page.text).toContain('服务主任');
	});

	it('P-041 P-042 P-044 P-046: a dealer\'s month-end comes back marked, is tested and settled', async () => {
		const upload = () => writeWorkbook(dealerWorkbook(month)).then((file) => instance.postForm('peijian', { outlet: 'W01', month, file: xlsx(file, '城北10月.xlsx') }));
		const answer = await upload();
		expect(answer.text).toContain('接收 6 行');
		expect(answer.text).toContain('退回 1 行');
		expect(answer.text).toContain('第 6 行“配件编码”：配件资料中没有“99999”');
		expect(await store.list('usage_line', {})).toHaveLength(3);
		expect(await store.list('old_part', {})).toHaveLength(3);
		const [receipt] = mailTo('w01@demo.local', '配件月结回执');
		expect(receipt?.attachments.map(({ filename }) => filename).sort()).toEqual(['城北10月-检查结果.xlsx', `返厂废旧件对帐单-W01-${month}.xlsx`]);
		const marked = await open(receipt?.attachments.find(({ filename }) => filename?.includes('检查结果'))?.content);
		expect(marked.worksheets[0]?.name).toBe('检查结果');
		const usage = marked.getWorksheet('零配件使用统计表');
		const bad = usage?.getColumn(1).values.indexOf('99999') ?? -1;
		expect(JSON.stringify(usage?.getCell(bad, 1).note)).toContain('配件资料中没有“99999”');

		const again = await upload();
		expect(again.text).toContain('6 行以前已登记');
		expect(await store.list('usage_line', {})).toHaveLength(3);

		const qa = xlsx(await writeWorkbook(qaWorkbook(month)), '检测.xlsx');
		expect((await instance.postForm('jiance', { actor: 'J01', outlet: 'W01', month, file: qa })).text).toContain('只有品管部');
		expect((await instance.postForm('jiance', { actor: 'Q01', outlet: 'W01', month: addMonths(`${month}-01`, -1).slice(0, 7), file: qa })).text).toContain(`登记在 ${month}`);
		expect(await one('reconciliation', statementNo)).toMatchObject({ state: 'Draft' });
		const tested = await instance.postForm('jiance', { actor: 'Q01', outlet: 'W01', month, file: xlsx(await writeWorkbook(qaWorkbook(month)), '检测.xlsx') });
		expect(tested.text).toContain(statementNo);
		// 320.00 + 85.00 + 3 × 20.00, one part without fault fined 40.00, one surplus confiscated
		expect(await one('reconciliation', statementNo)).toMatchObject({ state: 'Sent', creditAmount: 46500, fineAmount: 4000, confiscated: 1, credited: 5, differs: true });
		const [statement] = mailTo('w01@demo.local', '返厂废旧件对帐单');
		const sheet = (await open(statement?.attachments[0]?.content)).getWorksheet('对帐单');
		for (const row of [
			['WX-0001', '00210', '压缩机', 320, 1, 1, 0, 1, 1, 320, 0, 0, 0, '按期发回，全额核销'],
			['WX-0002', '00355', '主控电路板', 85, 2, 2, 0, 1, 1, 85, 0, 1, 40, '按期发回，全额核销；无故障 1 件退回并每件罚 40 元'],
			['WX-0003', '00418', '温控器', 20, 3, 4, 1, 3, 1, 60, 1, 0, 0, '按期发回，全额核销；超出申报 1 件没收'],
		])
			expect(rowsOf(sheet)).toContainEqual(row);
	});

	it('K-003 K-020: complaints are numbered, weighed and sent to their holders', async () => {
		const complaint = { customerName: '刘女士', phone: '13600000000', content: '维修后仍漏水' };
		const ordinary = await instance.postForm('tousu', { ...complaint, family: '服务投诉' });
		expect(ordinary.text).toMatch(/TS\d{6}-001/);
		expect(ordinary.text).not.toContain('null');
		const major = await instance.postForm('tousu', { ...complaint, phone: '13600000001', family: '服务投诉', '损失金额(元)': '10000' });
		expect(major.text).toContain('情节重大');
		const quality = await instance.postForm('tousu', { ...complaint, phone: '13600000002', family: '质量投诉' });
		expect(quality.text).toMatch(/\d{6}-001/);
		await instance.waitForMails(1);
		expect(mailTo('director@demo.local', '客户投诉 TS')[0]?.text).toContain('16 个工作小时');
		expect(mailTo('deputy@demo.local', '【重大】客户投诉 TS')[0]?.text).toContain('损失 10,000.00 元');
		expect(mailTo('gmoffice@demo.local', '客户投诉 2')[0]?.text).toContain('0.5 天（12 小时）');
		expect(await store.list('complaint', {})).toHaveLength(3);
	});

	it('M-103: the monthly report is mailed once, however often the flow runs, and agrees with the database cell by cell', async () => {
		const [statement] = await store.load('reconciliation', 'no', [statementNo]);
		await store.replace('reconciliation', [{ ...statement, sentAt: `${month}-15T02:00:00.000Z` }]); // as if it had been sent in the month of the report
		await loadDemo(store, join(__dirname, '../../instance/demo/基础资料-示例.xlsx'));
		const run = () => instance.runWorkflow('aftersalesReport001');
		expect((await run()).status).toBe('success');
		expect((await run()).status).toBe('success');
		const reports = instance.mails.filter(({ subject }) => subject?.includes('售后月报表'));
		expect(reports).toHaveLength(1);
		expect(JSON.stringify(reports[0]?.to)).toContain('gm@demo.local');
		const book = await open(reports[0]?.attachments[0]?.content);
		expect(book.worksheets.map(({ name }) => name)).toEqual(['概览', '叫修明细', '配件核销', '客户投诉']);

		expect(reports[0]?.subject).toBe(`售后月报表 ${month}`);
		const calls = (await store.list('call', {})).filter(({ calledAt }) => localMonth(String(calledAt)) === month);
		const charged = new Map((await store.list('charge', {})).map(({ call, amount }) => [call, Number(amount) / 100]));
		expect(calls).toHaveLength(5);
		const overview = rowsOf(book.getWorksheet('概览'));
		for (const [type, label] of [['A', 'A 有费服务'], ['B', 'B 合同服务'], ['C', 'C 免费服务'], ['D', 'D 一般行政工作']] as const) {
			const own = calls.filter((call) => call['type'] === type);
			const late = own.filter(({ breached }) => breached === true).length;
			expect(overview).toContainEqual([label, own.length, own.length - late, late, 0, own.reduce((sum, { no }) => sum + (charged.get(no) ?? 0), 0)]);
		}
		const listed = rowsOf(book.getWorksheet('叫修明细')).filter(([no]) => String(no).startsWith('BX'));
		expect(listed.map(([no, , , model, symptom, , technician, , , arrival]) => [no, model, symptom, technician, arrival])).toEqual(
			[...calls].sort((a, b) => String(a['calledAt']).localeCompare(String(b['calledAt']))).map(({ no, model, symptom, technician, breached }) => [no, model, symptom, technician, breached === true ? '超时' : '按时']),
		);
		expect(rowsOf(book.getWorksheet('配件核销'))).toContainEqual(['W01', '城北安装维修网点', month, 6, 7, 5, 1, 465, 40, '已传出']);
	});

	describe('bad input is answered with a sentence that names place and value, and stores nothing', () => {
		const upload = (file: Buffer, name: string, outlet = 'W02') => instance.postForm('peijian', { outlet, month, file: xlsx(file, name) });
		const count = async () => (await store.list('usage_line', {})).length + (await store.list('old_part', {})).length;

		it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
			['空.xlsx', () => Buffer.alloc(0), /空\.xlsx.*空/],
			['文本.xlsx', () => Buffer.from('配件编码,数量\n00210,1\n'), /《文本\.xlsx》：《文本》整张没有读取：缺少必填的列「维修记录单号」/],
			['旧版.xlsx', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]), /《旧版\.xlsx》已损坏.*请重新上传/],
			['炸弹.xlsx', bomb, /《炸弹\.xlsx》/],
			['截断.xlsx', async () => (await writeWorkbook(dealerWorkbook(month))).subarray(0, 3000), /《截断\.xlsx》/],
			['无表头.xlsx', () => writeWorkbook({ sheets: [{ name: 'Sheet1', columns: [{ header: '甲', key: 'a', type: 'text' }], rows: [{ a: '乙' }] }] }), /《无表头\.xlsx》：《Sheet1》整张没有读取：没有找到.*表头/],
		])('%s', async (name, make, expected) => {
			const before = await count();
			const started = Date.now();
			expect((await upload(await make(), name)).text).toMatch(expected);
			expect(Date.now() - started).toBeLessThan(10_000);
			expect(await count()).toBe(before);
		});

		it('an unknown outlet, and a month that is none', async () => {
			const file = await writeWorkbook(dealerWorkbook(month));
			expect((await upload(file, 'x.xlsx', 'W99')).text).toContain('没有编码为“W99”的服务网点');
			expect((await instance.postForm('peijian', { outlet: 'W01', month: '十月', file: xlsx(file, 'x.xlsx') })).text).toContain('月份“十月”无法识别');
		});

		it('a phone of blanks, which the form itself cannot see', async () => {
			const before = (await store.list('call', {})).length;
			const page = await instance.postForm('baoxiu', { customerName: '甲', phone: '　 ', address: '乙', model: 'M', symptom: '丙' });
			expect(page.text).toContain('缺少“电话”');
			expect((await store.list('call', {})).length).toBe(before);
		});
	});

	it('takes what outlets really send: a CSV in GBK, an old .xls, headers of two rows and days without a year', async () => {
		const shortDay = `${Number(month.slice(5))}月9日`;
		const csv = iconv.encode(`城北二店用料,,,,\r\n料号,用量,工单号,维修日期,是否保内\r\n00210,１,WX-C1,${shortDay},保内\r\n00355,两个,WX-C2,${month}-10,保外\r\n合计,3,,,\r\n`, 'gbk');
		const upload = (file: Buffer, filename: string) => instance.postForm('peijian', { outlet: 'W02', month, file: { file, filename, contentType: 'application/octet-stream' } });
		const first = await upload(csv, '零配件使用统计.csv');
		expect(first.text).toContain('接收 1 行');
		expect(first.text).toContain('第 4 行“用量”：「数量」应填数字，这里是“两个”');
		expect(await one('usage_line', 'SY-W02-WX-C1-00210')).toMatchObject({ quantity: 1, replacedDay: `${month}-09` });
		expect((await upload(csv, '零配件使用统计.csv')).text).toMatch(/这个文件 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 已经上传过.*1 行以前已登记/);
		const sheet = utils.aoa_to_sheet([['配件', '数量', '维修单', '更换', '保修'], ['编码', null, '号', '日期', '状态'], ['00355', 2, 'WX-C2', `${month}-10`, '保外']]);
		sheet['!merges'] = [{ s: { r: 0, c: 1 }, e: { r: 1, c: 1 } }];
		const xls = write({ SheetNames: ['使用统计'], Sheets: { 使用统计: sheet } }, { type: 'buffer', bookType: 'biff8' }) as Buffer;
		expect((await upload(xls, '10月.xls')).text).toContain('接收 1 行');
		expect(await one('usage_line', 'SY-W02-WX-C2-00355')).toMatchObject({ quantity: 2, warranty: 'out' });
	});

	it('keeps the mail when the mail server refuses, says so, and sends it once when the cause is gone', async () => {
		await instance.postForm('baoxiu', { customerName: '李先生', phone: '13512345678', address: '人民路 1 号', model: 'KF', serial: 'SN888', symptom: '漏水' });
		instance.smtp.refuse = { code: 451, message: 'try later' };
		const board = await instance.postForm('paigong', { actor: 'Z01' });
		const choice = board.options('叫修登记').find((option) => option.includes('李先生')) as string;
		const no = choice.split('｜')[0] as string;
		await board.next({ 叫修登记: choice, 技术员: board.options('技术员').find((option) => option.startsWith('J02')) as string });
		expect(await one('call', no)).toMatchObject({ state: 'Assigned', technician: 'J02' });
		expect(mailTo('tech02@demo.local', no)).toHaveLength(0);
		const failed = await instance.runWorkflow('aftersalesDeadline1');
		expect(failed.status).toBe('error');
		expect(JSON.stringify(failed.data?.resultData.error)).toContain('try later');
		instance.smtp.refuse = undefined;
		expect((await instance.runWorkflow('aftersalesDeadline1')).status).toBe('success');
		expect((await instance.runWorkflow('aftersalesDeadline1')).status).toBe('success');
		expect(mailTo('tech02@demo.local', no)).toHaveLength(1);
	});

	(database === 'sqlite' ? it : it.skip)('reports a database that is gone and goes on when it is back (PostgreSQL: test/store/trouble.test.ts)', async () => {
		const file = join(instance.userFolder, 'aftersales.sqlite');
		renameSync(file, `${file}.away`);
		const call = { customerName: '丁', phone: '13411112222', address: '乙', model: 'M', symptom: '丙' };
		expect((await instance.postForm('baoxiu', call)).text).toContain('不见了');
		expect((await instance.postForm('tousu', { family: '服务投诉', customerName: '丁', phone: '1', content: '丙' })).text).toContain('不见了');
		expect((await instance.postForm('peijian', { outlet: 'W01', month, file: xlsx(demoFile('基础资料-空白.xlsx'), 'x.xlsx') })).text).toContain('不见了');
		renameSync(`${file}.away`, file);
		expect((await instance.postForm('baoxiu', call)).text).toContain('报修编号');
	});
});

async function open(content: Buffer | undefined): Promise<ExcelJS.Workbook> {
	const book = new ExcelJS.Workbook();
	await book.xlsx.load((content ?? Buffer.alloc(0)) as unknown as ArrayBuffer);
	return book;
}

const rowsOf = (sheet: ExcelJS.Worksheet | undefined): unknown[][] => {
	const rows: unknown[][] = [];
	sheet?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
	return rows;
};

const localMonth = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 7);
