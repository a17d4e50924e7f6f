import { apply, fireDueClocks } from '../../engine/engine';
import { importSheets } from '../../engine/importSheets';
import { dealerMonth, masterData, qaResults } from '../../engine/importTargets';
import type { SheetDataLike } from '../../domain/import/sheetDataLike';
import { settingsAt } from '../../engine/settingsAt';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-06-06 15:00');
const usageSheet = (rows: (string | number)[][]): SheetDataLike => sheet('零配件使用统计表', ['配件编码', '数量', '维修记录单号', '更换日期', '保内/保外'], rows);
const returnedSheet = (rows: (string | number)[][]): SheetDataLike => sheet('返厂旧件清单', ['配件编码', '数量', '维修记录单号', '发货日期', '故障卡号'], rows);
const sheet = (name: string, header: string[], rows: (string | number)[][]): SheetDataLike => ({ name, rows: [header, ...rows].map((cells, index) => ({ number: index + 1, cells })) });

describe.each(databases)('an outlet\'s month on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const load = (sheets: SheetDataLike[], mode: 'check' | 'rows' | 'whole' = 'rows') => importSheets(database.store, sheets, dealerMonth('W01', '2025-05'), mode, { actor: 'system', now });
	const fire = (event: string, no: string | null, input: object, actor = 'S01', when = now) => apply(database.store, 'reconciliation', event, [{ no, input: input as Record<string, unknown> }], { actor, now: when });
	const good = [usageSheet([['P001', 10, 'R1', '2025-05-20', '保内']]), returnedSheet([['P001', 8, 'R1', '2025-06-05', 'K1']])];

	it('P-040: stores sound rows, returns the others with place, value and reason', async () => {
		const result = await load([usageSheet([['P001', 1, 'R1', '2025-05-20', '保内'], ['X9', 1, 'R2', '2025-05-20', '保内'], ['P002', 1, 'R3', '2025-04-30', '保外'], ['P002', 'zwei', 'R4', '2025-05-02', '保外']])]);
		expect(result).toMatchObject({ stored: 1, known: 0 });
		expect(result.rejected.map(({ row, reasons }) => [row, reasons.length])).toEqual([[3, 1], [4, 1], [5, 1]]);
		expect(result.findings.find(({ code }) => code === 'NOT_ON_FILE')).toMatchObject({ sheet: '零配件使用统计表', row: 3, column: 'A', header: '配件编码', value: 'X9' });
		expect(result.findings.find(({ code }) => code === 'REFUSED')?.message).toContain('更换日期 2025-04-30 不在 2025-05 内');
		expect(await database.store.list('usage_line', {})).toMatchObject([{ no: 'SY-W01-R1-P001' }]);
	});

	it('changes nothing when a workbook comes twice, and says so', async () => {
		await load(good);
		expect(await load(good)).toMatchObject({ stored: 0, known: 2, rejected: [] });
		expect(await database.store.list('audit', {})).toHaveLength(2);
	});

	it('does not overwrite what was stated before with other values', async () => {
		await load(good);
		const result = await load([usageSheet([['P001', 11, 'R1', '2025-05-20', '保内']])]);
		expect(result.findings).toMatchObject([{ code: 'DIFFERS_FROM_STORED', column: 'B', value: '11', message: expect.stringContaining('“10”') as string }]);
	});

	it('stores nothing of a whole-file import with one bad row, and nothing in check mode', async () => {
		const sheets = [usageSheet([['P001', 1, 'R1', '2025-05-20', '保内'], ['P001', 1, 'R2', '2025-04-20', '保内']])];
		expect(await load(sheets, 'whole')).toMatchObject({ stored: 0 });
		expect(await load(good, 'check')).toMatchObject({ stored: 0, findings: [] });
		expect(await database.store.list('usage_line', {})).toEqual([]);
		expect(await database.store.list('number_range', {})).toEqual([]);
	});

	it('P-041 P-043: silence for one working day means the counted quantities are agreed', async () => {
		await load(good);
		await fire('drawUp', null, { outlet: 'W01', month: '2025-05' });
		await expect(fire('send', 'DZ-W01-202505', {})).rejects.toMatchObject({ rule: 'P-043' });
		const tested = await importSheets(database.store, [sheet('检测结果', ['维修记录单号', '配件编码', '发货日期', '相符数量', '不符数量', '无故障数量'], [['R1', 'P001', '2025-06-05', 8, 0, 0]])], qaResults('W01', '2025-05'), 'whole', { actor: 'Q01', now });
		expect(tested.stored).toBe(1);
		await fire('drawUp', null, { outlet: 'W01', month: '2025-05' });
		await fire('send', 'DZ-W01-202505', {});
		expect(await database.store.list('reconciliation', {})).toMatchObject([{ state: 'Sent', replyDueAt: at('2025-06-10 00:00'), credited: 8, creditAmount: 16000 }]);
		expect(await fireDueClocks(database.store, at('2025-06-10 00:00'))).toEqual([]);
		await fireDueClocks(database.store, at('2025-06-10 00:01'));
		expect(await database.store.list('reconciliation', {})).toMatchObject([{ state: 'DefaultAccepted', answer: '逾期未复，视为同意' }]);
		await fire('writeOff', 'DZ-W01-202505', {}, 'S01');
		expect(await database.store.list('reconciliation', {})).toMatchObject([{ state: 'WrittenOff' }]);
	});

	it('P-041: what a sent statement was computed from does not change any more', async () => {
		await load(good);
		const test = () => apply(database.store, 'old_part', 'test', [{ no: 'JJ-W01-R1-P001-2025-06-05', input: { matched: 8, mismatched: 0, noFault: 0 } }], { actor: 'Q01', now });
		await test();
		await fire('drawUp', null, { outlet: 'W01', month: '2025-05' });
		await fire('send', 'DZ-W01-202505', {});
		await expect(test()).rejects.toMatchObject({ rule: 'P-041', message: expect.stringContaining('DZ-W01-202505 已经传出') as string });
		const late = await load([usageSheet([['P002', 1, 'R9', '2025-05-20', '保内']])]);
		expect(late).toMatchObject({ stored: 0, findings: [{ code: 'REFUSED', row: 2 }] });
	});

	it('takes the same workbook from two uploads at once', async () => {
		const results = await Promise.all([load(good), load(good)]);
		expect(results.flatMap(({ rejected }) => rejected.map(({ reasons }) => reasons.join())).filter((reason) => !reason.includes('已存在'))).toEqual([]);
		expect(await database.store.list('usage_line', {})).toHaveLength(1);
		expect(await database.store.list('old_part', {})).toHaveLength(1);
	});

	it('P-041: a disputed statement is reopened by the manager and takes what was missing', async () => {
		await load(good);
		await apply(database.store, 'old_part', 'test', [{ no: 'JJ-W01-R1-P001-2025-06-05', input: { matched: 8, mismatched: 0, noFault: 0 } }], { actor: 'Q01', now });
		await fire('drawUp', null, { outlet: 'W01', month: '2025-05' });
		await fire('send', 'DZ-W01-202505', {});
		await fire('object', 'DZ-W01-202505', { answer: '还有 2 件在途' });
		await expect(fire('reopen', 'DZ-W01-202505', { reason: '补收' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await database.store.replace('person', (await database.store.load('person', 'no', ['S01'])).map((person) => ({ ...person, roles: '售后部，售后经理' })));
		await fire('reopen', 'DZ-W01-202505', { reason: '补收' });
		expect(await load([returnedSheet([['P001', 2, 'R1', '2025-06-06', 'K2']])])).toMatchObject({ stored: 1 });
	});

	it('P-041: an objection keeps the statement open until it is settled', async () => {
		await load(good);
		await apply(database.store, 'old_part', 'test', [{ no: 'JJ-W01-R1-P001-2025-06-05', input: { matched: 8, mismatched: 0, noFault: 0 } }], { actor: 'Q01', now });
		await fire('drawUp', null, { outlet: 'W01', month: '2025-05' });
		await fire('send', 'DZ-W01-202505', {});
		await fire('object', 'DZ-W01-202505', { answer: '寄了 10 件' }, 'S01', at('2025-06-09 11:00'));
		await expect(fire('writeOff', 'DZ-W01-202505', {}, 'S01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await fireDueClocks(database.store, at('2025-06-12 00:00'))).toEqual([]);
		for (const actor of ['S01', 'A01']) await expect(fire('agree', 'DZ-W01-202505', {}, actor)).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await expect(fire('settle', 'DZ-W01-202505', { answer: '按实收' }, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await fire('settle', 'DZ-W01-202505', { answer: '按实收' }, 'A01');
		expect(await database.store.list('reconciliation', {})).toMatchObject([{ state: 'Confirmed' }]);
	});

	it('P-043: test results add up to what came back, and a part without card cannot match', async () => {
		await load([returnedSheet([['P001', 2, 'R1', '2025-06-05', ''], ['P002', 2, 'R2', '2025-06-05', 'K2']])]);
		const test = (no: string, matched: number, mismatched: number) => apply(database.store, 'old_part', 'test', [{ no, input: { matched, mismatched, noFault: 0 } }], { actor: 'Q01', now });
		await expect(test('JJ-W01-R2-P002-2025-06-05', 1, 0)).rejects.toMatchObject({ message: expect.stringContaining('返回 2 件，检测结果合计 1 件') as string });
		await expect(test('JJ-W01-R1-P001-2025-06-05', 2, 0)).rejects.toMatchObject({ message: expect.stringContaining('没有故障卡') as string });
		await test('JJ-W01-R1-P001-2025-06-05', 0, 2);
	});

	it('P-083: a part without supply price stops the statement and names part and day', async () => {
		await database.store.insert('item', [{ no: 'P009', version: 1, createdAt: now, createdBy: 'x', updatedAt: now, name: '新件', unitOfMeasure: '件' }]);
		await load([usageSheet([['P009', 1, 'R1', '2025-05-20', '保内']])]);
		await expect(fire('drawUp', null, { outlet: 'W01', month: '2025-05' })).rejects.toMatchObject({ rule: 'P-083', message: expect.stringContaining('配件 P009 在 2025-05-20') as string });
	});

	it('M-101 O-001: master data is read by its Chinese headers; unknown roles, references and columns are reported', async () => {
		const people = sheet('人员', ['工号', '姓名', '角色', '在职', '星座'], [['N1', '新人', '技术员', '是', '狮子'], ['N2', '怪人', '船长', '是', '']]);
		const assets = sheet('商品', ['序列号', '客户编号', '商品型号'], [['00123', 'C001', 'KF'], ['00124', 'C999', 'KF']]);
		const result = await importSheets(database.store, [people, assets], masterData(), 'rows', { actor: 'system', now });
		expect(result.stored).toBe(2);
		expect(result.findings.map(({ code, value, row }) => [code, value, row])).toEqual(expect.arrayContaining([['NOT_ON_FILE', '船长', 3], ['NOT_ON_FILE', 'C999', 3]]));
		expect(result.findings.some(({ code, header }) => code === 'UNKNOWN_COLUMN' && header === '星座')).toBe(true);
		expect(await database.store.load('asset', 'no', ['00123'])).toHaveLength(1);
		expect(await importSheets(database.store, [assets], masterData(), 'rows', { actor: 'system', now })).toMatchObject({ stored: 0, known: 1 });
		await expect(importSheets(database.store, [assets], masterData(), 'rows', { actor: 'J01', now })).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'O-001' });
	});

	it('takes a code with blanks as the code it is, first and second time', async () => {
		const spaced = [usageSheet([['P001', 1, 'R 1', '2025-05-20', '保内']])];
		expect(await load(spaced)).toMatchObject({ stored: 1 });
		expect(await load(spaced)).toMatchObject({ stored: 0, known: 1, rejected: [] });
		const twice = await load([usageSheet([['P001', 1, 'R 2', '2025-05-20', '保内'], ['P001', 1, 'R2', '2025-05-20', '保内']])]);
		expect(twice).toMatchObject({ stored: 1, findings: [{ code: 'ROW_REPEATED' }] });
	});

	it('does not take half a workbook: a sheet that lacks a column stops it, one that nobody reads is reported', async () => {
		const half = await load([good[0] as SheetDataLike, sheet('Sheet2', ['配件编码', '数量', '维修记录单号'], [['P001', 8, 'R1']])]);
		expect(half).toMatchObject({ stored: 0, accepted: [], findings: [{ sheet: 'Sheet2', level: 'error', message: expect.stringContaining('发货日期') as string }] });
		const notes = await load([good[0] as SheetDataLike, sheet('说明', ['请于十日前上报'], [])]);
		expect(notes).toMatchObject({ stored: 1, findings: [{ sheet: '说明', code: 'SHEET_IGNORED', level: 'warning' }] });
	});

	it('P-043: results are refused for another month than the part\'s', async () => {
		await load(good);
		const results = sheet('检测结果', ['维修记录单号', '配件编码', '发货日期', '相符数量', '不符数量', '无故障数量'], [['R1', 'P001', '2025-06-05', 8, 0, 0]]);
		const wrong = await importSheets(database.store, [results], qaResults('W01', '2025-04'), 'whole', { actor: 'Q01', now });
		expect(wrong).toMatchObject({ stored: 0, accepted: [], findings: [{ code: 'DIFFERS_FROM_STORED', message: expect.stringContaining('2025-05') as string }] });
		const stranger = await importSheets(database.store, [results], qaResults('W01', '2025-05'), 'whole', { actor: 'J01', now });
		expect(stranger).toMatchObject({ stored: 0, findings: [{ code: 'REFUSED', message: expect.stringContaining('品管部') as string }] });
		expect(await database.store.list('denial', {})).toMatchObject([{ actor: 'J01', kind: 'old_part', event: 'test' }]);
	});

	it('O-030 P-043: results known already do not pass from somebody who may not test, so that no statement follows', async () => {
		await load(good);
		const results = sheet('检测结果', ['维修记录单号', '配件编码', '发货日期', '相符数量', '不符数量', '无故障数量'], [['R1', 'P001', '2025-06-05', 8, 0, 0]]);
		const hand = (actor: string) => importSheets(database.store, [results], qaResults('W01', '2025-05'), 'whole', { actor, now });
		expect(await hand('Q01')).toMatchObject({ stored: 1, findings: [] });
		expect(await hand('Q01')).toMatchObject({ stored: 0, known: 1, rejected: [] });
		expect(await hand('J01')).toMatchObject({ stored: 0, known: 0, accepted: [], findings: [{ code: 'REFUSED', message: expect.stringContaining('品管部') as string }] });
	});

	it('P-040: a statement is not sent while its month runs, and is computed anew when it is', async () => {
		await importSheets(database.store, [usageSheet([['P001', 1, 'R1', '2025-06-02', '保内']])], dealerMonth('W01', '2025-06'), 'rows', { actor: 'system', now });
		await fire('drawUp', null, { outlet: 'W01', month: '2025-06' });
		await expect(fire('send', 'DZ-W01-202506', {})).rejects.toMatchObject({ rule: 'P-040' });
		await importSheets(database.store, [returnedSheet([['P001', 1, 'R1', '2025-06-05', 'K1']])], dealerMonth('W01', '2025-06'), 'rows', { actor: 'system', now });
		await apply(database.store, 'old_part', 'test', [{ no: 'JJ-W01-R1-P001-2025-06-05', input: { matched: 1, mismatched: 0, noFault: 0 } }], { actor: 'Q01', now });
		await fire('send', 'DZ-W01-202506', {}, 'S01', at('2025-07-02 09:00'));
		expect(await database.store.list('reconciliation', {})).toMatchObject([{ state: 'Confirmed', credited: 1, creditAmount: 2000 }]);
	});

	it('M-105: a wrong line is voided and stated again', async () => {
		await load(good);
		await apply(database.store, 'usage_line', 'void', [{ no: 'SY-W01-R1-P001', input: { reason: '数量写错' } }], { actor: 'S01', now });
		expect(await load([usageSheet([['P001', 8, 'R1', '2025-05-20', '保内']])])).toMatchObject({ stored: 1, findings: [] });
		expect(await database.store.list('usage_line', {})).toMatchObject([{ quantity: 8, state: 'Stated', version: 3 }]);
	});

	it('P-083: the price on the day of replacement counts, not that of shipping', async () => {
		await database.store.replace('price', [{ no: 'P001-2', version: 1, createdAt: now, createdBy: 'x', updatedAt: now, item: 'P001', priceKind: 'part', supplyPrice: 9900, validFrom: '2025-06-01' }]);
		await load(good);
		await fire('drawUp', null, { outlet: 'W01', month: '2025-05' });
		expect(await database.store.list('reconciliation', {})).toMatchObject([{ pendingAmount: 16000 }]);
	});

	it('K-034: settings that cannot be used are refused with place and advice', async () => {
		const settings = sheet('设置', ['版本号', '设置项', '值', '生效日期'], [['1', 'service.sla.city_hours', '6小时', '2025-01-01'], ['2', 'charges.onsite_limt', '500', '2025-01-01'], ['3', 'service.dispatcher_role', '服务主任', '2025-01-01'], ['4', 'parts.nofault_fine', '40.5', '2025-01-01']]);
		const result = await importSheets(database.store, [settings], masterData(), 'rows', { actor: 'system', now });
		expect(result.findings.map(({ row, column }) => [row, column])).toEqual([[2, 'C'], [3, 'B']]);
		expect(await settingsAt(database.store, '2025-06-01')).toMatchObject({ 'service.dispatcher_role': 'service_director', 'parts.nofault_fine': 4050, 'service.sla.city_hours': 6 });
	});
});
