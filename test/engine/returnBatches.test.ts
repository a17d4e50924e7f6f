import type { Role } from '../../domain/organisation';
import { checkSettlement } from '../../domain/returns/returnAccount';
import { isBelow, isReleasedLate } from '../../domain/returns/returnPlan';
import { supplierDueDay } from '../../domain/returns/supplierRepair';
import { defaultSettings, settingProblem } from '../../domain/settings';
import { runDailyChecks } from '../../engine/dailyChecks';
import { apply, fireDueClocks, givenFor, SYSTEM } from '../../engine/engine';
import { paperFor } from '../../engine/papers';
import { documentOf } from '../../engine/registry';
import { buildReturnReport } from '../../engine/returnReports';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';
import { booksOf, save } from '../support/warehouse';

const june2 = at('2025-06-02 09:00');
const people: readonly Role[] = ['sales', 'sales_manager', 'storekeeper', 'repair_group', 'pmc', 'rd', 'engineering', 'purchasing', 'finance', 'iqc', 'production'];
const board = { product: '电源板', model: 'PW-1', specification: '220V', quantity: 20, soldDay: '2025-01-05', chargeable: false, fault: '无输出' };

describe.each(databases)('returned products on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await save(database.store, 'person', Object.fromEntries(people.map((role) => [`P-${role}`, { name: role, roles: role, mail: `${role}@test.local`, active: true }])));
	});
	afterEach(() => database.drop());

	const act = acting(() => database.store, () => june2);
	/** In the name of somebody who has only this role. */
	const as = (role: Role) => (role === 'qa' ? 'Q01' : role === 'customer_service' ? 'C01' : role === 'dept_manager' ? 'B01' : `P-${role}`);
	const on = (kind: string, event: string, no: string | null, input: object, role: Role, when = june2) => act(kind, event, no, input, as(role), when);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const notices = async (start: string) => (await database.store.list('notice', { orderBy: [{ column: 'createdAt' }, { column: 'key' }] })).filter(({ key }) => String(key).startsWith(start));
	const boards = (quantity: number, line = 1) => [{ line, quantity }];

	const submitted = async (changes: object = {}, lines: object[] = [board], when = june2): Promise<string> => String((await on('return_batch', 'submit', null, { customerName: '远方集成', lines, ...changes }, 'sales', when))['no']);
	async function booked(changes: object = {}, lines: object[] = [board], when = june2): Promise<string> {
		const no = await submitted(changes, lines, when);
		await on('return_batch', 'book', no, {}, 'storekeeper', when);
		return no;
	}
	async function drawn(changes: object = {}, lines: object[] = [board], when = june2): Promise<string> {
		const no = await booked(changes, lines, when);
		await on('return_batch', 'draw', no, {}, 'repair_group', when);
		return no;
	}
	async function analysed(changes: object = {}, lines: object[] = [board], when = june2): Promise<string> {
		const no = await drawn(changes, lines, when);
		await on('return_inspection', 'analyse', null, { batch: no, sampled: 5, causes: [{ cause: '电容', origin: 'material', quantity: 3 }, { cause: '虚焊', origin: 'process', quantity: 2 }], conclusion: '电容批次不良' }, 'qa', when);
		return no;
	}
	const plan = (batch: string, day: string, planned: number, more: object = {}, when = june2) => on('return_plan', 'issue', null, { batch, day, planned, standard: true, ...more }, 'pmc', when);
	const report = (no: string, input: object, when: string) => on('return_plan', 'report', no, input, 'repair_group', when);
	/** All twenty boards done on 4 June. */
	async function repaired(changes: object = {}): Promise<string> {
		const no = await analysed(changes);
		const { no: planNo } = await plan(no, '2025-06-04', 20);
		await report(String(planNo), { repaired: boards(20) }, at('2025-06-04 17:00'));
		return no;
	}
	const sample = (batch: string, sampled: number, failed: object[] = [], when = at('2025-06-05 09:00')) => on('return_inspection', 'sample', null, { batch, sampled, failed }, 'qa', when);
	async function shipped(changes: object = {}): Promise<string> {
		const no = await repaired(changes);
		await sample(no, 20);
		await on('return_batch', 'stockIn', no, {}, 'storekeeper');
		await on('return_batch', 'ship', no, { shipped: 20, tracking: 'SF9' }, 'customer_service', at('2025-06-06 09:00'));
		return no;
	}

	it('R-201: from the flow sheet to the settlement each does his part, and nobody another one\'s', async () => {
		const no = await shipped();
		expect(await on('return_batch', 'settle', no, {}, 'pmc')).toMatchObject({ state: 'Settled', shippedQuantity: 20, settledBy: 'P-pmc' });
		const paper = await paperFor(database.store, 'return_batch', no, { now: june2 });
		expect([paper.form, JSON.stringify(paper)]).toEqual(['M-078', expect.stringMatching(/PW-1.*期内.*无输出/)]);
		const acts: [string, string, Role[]][] = [
			['return_batch', 'submit', ['sales']], ['return_batch', 'book', ['storekeeper']], ['return_batch', 'draw', ['repair_group']], ['return_plan', 'issue', ['pmc']], ['return_plan', 'report', ['repair_group']],
			['return_procedure', 'issue', ['rd', 'engineering']], ['return_inspection', 'sample', ['qa']], ['return_batch', 'ship', ['customer_service']], ['return_batch', 'approve', ['sales_manager']], ['supplier_repair', 'test', ['iqc', 'qa']],
		];
		for (const [kind, event, allowed] of acts) {
			expect(documentOf(kind).events[event]?.by).toEqual(allowed);
			for (const role of people.filter((each) => !allowed.includes(each))) await expect(apply(database.store, kind, event, [{ no: 'X', input: {} }], { actor: as(role), now: june2 })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		}
	});

	it.each([['2024-06-02', 'Draft'], ['2024-06-01', 'NeedManager'], [null, 'NeedManager']])('R-202: sold on %s it is %s; out of the period, or of unknown age, nothing is booked before the sales manager agrees', async (soldDay, state) => {
		const no = await submitted({}, [{ ...board, soldDay }]);
		expect(await one('return_batch', no)).toMatchObject({ state });
		if (state === 'Draft') return;
		await expect(on('return_batch', 'book', no, {}, 'storekeeper')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await notices('return_batch.approve')).toMatchObject([{ recipients: ['sales_manager@test.local'] }]);
		await on('return_batch', 'approve', no, {}, 'sales_manager');
		expect(await on('return_batch', 'book', no, {}, 'storekeeper')).toMatchObject({ state: 'Booked', approvedBy: 'P-sales_manager' });
	});

	it('R-206: a line without its fault, no line at all, a day in the future are refused', async () => {
		await expect(submitted({}, [{ ...board, fault: '' }])).rejects.toMatchObject({ code: 'FIELD_MISSING', message: expect.stringContaining('故障问题点') as string });
		await expect(submitted({}, [])).rejects.toMatchObject({ rule: 'R-206' });
		await expect(submitted({}, [{ ...board, soldDay: '2026-01-01' }])).rejects.toMatchObject({ rule: 'R-202' });
		expect(await on('return_batch', 'submit', null, { customerName: '甲', lines: '电源板 PW-1 220V 3 2025-01-05 否 上电 无输出' }, 'sales')).toMatchObject({ goods: [{ quantity: 3, chargeable: false, fault: '上电 无输出' }] });
	});

	it('R-207: booking tells the group, once; what the keeper counted otherwise is booked and told to sales', async () => {
		const no = await submitted({}, [board, { ...board, model: 'PW-2', quantity: 5 }]);
		await expect(on('return_batch', 'book', no, { counted: [{ line: 3, quantity: 1 }] }, 'storekeeper')).rejects.toMatchObject({ rule: 'R-207' });
		expect(await on('return_batch', 'book', no, { counted: [{ line: 2, quantity: 4 }] }, 'storekeeper')).toMatchObject({ state: 'Booked', quantity: 24, bookNote: expect.stringContaining('流程表 5，实点 4') as string });
		expect(await notices('return_batch.booked')).toMatchObject([{ recipients: ['repair_group@test.local'] }]);
		expect(await notices('return_batch.difference')).toMatchObject([{ recipients: ['sales@test.local'] }]);
		await expect(on('return_batch', 'book', no, {}, 'storekeeper')).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	describe('the price', () => {
		const paid = [{ ...board, chargeable: true }, { ...board, model: 'PW-2', quantity: 5 }];

		it('R-203: chargeable boards are not drawn before purchasing and finance have helped, or need not, and the customer agreed', async () => {
			const no = await booked({}, paid);
			await expect(on('return_batch', 'draw', no, {}, 'repair_group')).rejects.toMatchObject({ rule: 'R-203' });
			const quote = String((await on('return_quote', 'ask', null, { batch: no }, 'sales'))['no']);
			const offer = { prices: [{ line: 1, price: 3000 }] };
			await expect(on('return_quote', 'quote', quote, offer, 'sales')).rejects.toMatchObject({ message: expect.stringContaining('采购部、财务部') as string });
			await on('return_quote', 'purchase', quote, { opinion: '电容 2 元' }, 'purchasing');
			await expect(on('return_quote', 'quote', quote, offer, 'sales')).rejects.toMatchObject({ message: expect.stringContaining('还没有财务部的意见') as string });
			await on('return_quote', 'cost', quote, { opinion: '不需要' }, 'finance');
			await expect(on('return_quote', 'quote', quote, { prices: [{ line: 2, price: 1 }] }, 'sales')).rejects.toMatchObject({ message: expect.stringContaining('第 1 行没有报价；第 2 行不收费') as string });
			expect(await on('return_quote', 'quote', quote, offer, 'sales')).toMatchObject({ state: 'Quoted', amount: 60000 });
			await expect(on('return_batch', 'draw', no, {}, 'repair_group')).rejects.toMatchObject({ rule: 'R-203' });
			await on('return_quote', 'agree', quote, {}, 'sales');
			expect(await on('return_batch', 'draw', no, {}, 'repair_group')).toMatchObject({ state: 'Drawn', goods: [{ price: 3000 }, { price: null }] });
		});

		it('R-203: a price refused sends the chargeable line back unrepaired; the rest goes on', async () => {
			const no = await booked({}, paid);
			const quote = String((await on('return_quote', 'ask', null, { batch: no }, 'sales'))['no']);
			await on('return_quote', 'refuse', quote, { reason: '太贵' }, 'sales');
			expect(await on('return_batch', 'draw', no, {}, 'repair_group')).toMatchObject({ goods: [{ unrepaired: 20 }, { unrepaired: 0 }] });
			const all = await booked({}, [{ ...board, chargeable: true }]);
			await on('return_quote', 'refuse', String((await on('return_quote', 'ask', null, { batch: all }, 'sales'))['no']), { reason: '太贵' }, 'sales');
			await on('return_batch', 'ship', all, { shipped: 20 }, 'customer_service');
			expect(await on('return_batch', 'settle', all, {}, 'pmc')).toMatchObject({ state: 'Settled' });
		});
	});

	describe('the days', () => {
		it('R-205: two days before the customer\'s date customer service and sales are told, unless QA has passed it', async () => {
			const no = await drawn({ customerDay: '2025-06-10' });
			const passed = await repaired({ customerDay: '2025-06-10' });
			await sample(passed, 20);
			await fireDueClocks(database.store, at('2025-06-08 00:00'));
			expect(await notices('return_batch.customer')).toEqual([]);
			await fireDueClocks(database.store, at('2025-06-08 00:01'));
			await fireDueClocks(database.store, at('2025-06-09 00:01'));
			expect((await notices('return_batch.customer')).map(({ key, recipients }) => [String(key).includes(no), recipients])).toEqual([[true, ['cs@test.local']], [true, ['sales@test.local']]]);
			await expect(submitted({ customerDay: '2025-06-01' })).rejects.toMatchObject({ rule: 'R-205' });
		});

		it.each([['2025-06-04', false, false], ['2025-06-05', true, false], ['2025-06-08', true, false], ['2025-06-09', true, true]])('R-208: drawn on 1 June and done on %s: reason needed %s, breach %s', async (day, needsReason, breached) => {
			const no = await analysed({}, [board], at('2025-06-01 09:00'));
			const { no: planNo } = await plan(no, day, 20, {}, at('2025-06-01 10:00'));
			const done = (input: object) => report(String(planNo), { repaired: boards(20), ...input }, at(`${day} 18:00`));
			if (needsReason) await expect(done({})).rejects.toMatchObject({ rule: 'R-208' });
			await done(needsReason ? { reason: '等电容' } : {});
			expect(await one('return_batch', no)).toMatchObject({ state: 'Repaired', repairedDay: day, breached, lateReason: needsReason ? '等电容' : null });
		});

		it('R-208: the group is asked for the reason after three days, production hears of more than seven, each once', async () => {
			const no = await drawn({}, [board], at('2025-06-01 09:00'));
			for (const when of ['2025-06-05 00:00', '2025-06-05 00:01', '2025-06-06 00:01']) await fireDueClocks(database.store, at(when));
			expect(await notices('return_batch.target')).toMatchObject([{ recipients: ['repair_group@test.local'] }]);
			await on('return_batch', 'explain', no, { reason: '等电容' }, 'repair_group', at('2025-06-05 09:00'));
			for (const when of ['2025-06-09 00:01', '2025-06-10 00:01']) await fireDueClocks(database.store, at(when));
			expect(await notices('return_batch.breached')).toMatchObject([{ recipients: ['production@test.local'] }]);
			expect(await one('return_batch', no)).toMatchObject({ state: 'Drawn', breached: true });
		});

		it('R-211: a plan is released two days ahead; later is flagged, for a past day refused', async () => {
			expect([isReleasedLate('2025-06-10', '2025-06-08', defaultSettings), isReleasedLate('2025-06-10', '2025-06-09', defaultSettings)]).toEqual([false, true]);
			const no = await analysed();
			expect(await plan(no, '2025-06-10', 5, {}, at('2025-06-08 23:59'))).toMatchObject({ no: `FP-${no}-20250610`, late: false });
			expect(await plan(no, '2025-06-11', 5, {}, at('2025-06-10 00:00'))).toMatchObject({ late: true });
			await expect(plan(no, '2025-06-01', 5)).rejects.toMatchObject({ rule: 'R-211' });
			await expect(plan(no, '2025-06-12', 21)).rejects.toMatchObject({ rule: 'R-211', message: expect.stringContaining('待修 20，计划 21') as string });
			await expect(plan(no, '2025-06-10', 5)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('R-213: what QA passed and nobody shipped in seven days is idle, told once; sales is told of the stock-in, objections go up', async () => {
			const no = await repaired();
			await sample(no, 20, [], at('2025-06-05 09:00'));
			await on('return_batch', 'stockIn', no, {}, 'storekeeper', at('2025-06-05 10:00'));
			expect((await notices('return_batch.stocked')).flatMap(({ recipients }) => recipients)).toEqual(['cs@test.local', 'sales@test.local']);
			await on('return_batch', 'object', no, { objection: '包装破损' }, 'sales');
			expect(await notices('return_batch.objected')).toMatchObject([{ recipients: ['manager@test.local'] }]);
			await fireDueClocks(database.store, at('2025-06-13 00:00'));
			expect(await one('return_batch', no)).toMatchObject({ idle: false });
			for (const when of ['2025-06-13 00:01', '2025-06-14 00:01']) await fireDueClocks(database.store, at(when));
			expect(await one('return_batch', no)).toMatchObject({ idle: true, state: 'Stocked' });
			expect(await notices('return_batch.idle')).toHaveLength(2);
		});
	});

	describe('the account', () => {
		it('R-209: 50 in, 45 repaired and 4 scrapped is one short', () => {
			const line = { quantity: 50, repaired: 45, scrapped: 4, unrepaired: 0, atSupplier: 0 };
			expect(() => checkSettlement({ no: 'TX1', goods: [line], shippedQuantity: 45 })).toThrow(/收入 50，修好 45、报废 4、未修退回 0，差 1/);
			expect(() => checkSettlement({ no: 'TX1', goods: [{ ...line, unrepaired: 1 }], shippedQuantity: 45 })).toThrow(/应出货 46，出货 45/);
			expect(() => checkSettlement({ no: 'TX1', goods: [{ ...line, unrepaired: 1 }], shippedQuantity: 46 })).not.toThrow();
		});

		it('R-209: no piece is counted twice, the batch goes to QA when all are, and is settled when all have left', async () => {
			const no = await analysed();
			const first = String((await plan(no, '2025-06-03', 15))['no']);
			await expect(report(first, { repaired: boards(21) }, at('2025-06-03 17:00'))).rejects.toMatchObject({ rule: 'R-209' });
			await expect(report(first, { repaired: boards(14, 2) }, at('2025-06-03 17:00'))).rejects.toMatchObject({ message: expect.stringContaining('没有第 2 行') as string });
			await expect(report(first, { repaired: boards(15) }, june2)).rejects.toMatchObject({ rule: 'R-215' });
			await report(first, { repaired: boards(14) }, at('2025-06-03 17:00'));
			expect(await one('return_batch', no)).toMatchObject({ state: 'Planned' });
			await expect(sample(no, 5)).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await report(String((await plan(no, '2025-06-04', 6))['no']), { repaired: boards(5), unrepaired: boards(1) }, at('2025-06-04 17:00'));
			expect(await one('return_batch', no)).toMatchObject({ state: 'Repaired', goods: [{ repaired: 19, unrepaired: 1 }] });
			await sample(no, 19);
			await on('return_batch', 'stockIn', no, {}, 'storekeeper');
			await on('return_batch', 'ship', no, { shipped: 15 }, 'customer_service');
			await expect(on('return_batch', 'settle', no, {}, 'pmc')).rejects.toMatchObject({ rule: 'R-209', message: expect.stringContaining('应出货 20，出货 15') as string });
			await expect(on('return_batch', 'ship', no, { shipped: 6 }, 'customer_service')).rejects.toMatchObject({ rule: 'R-209' });
			await on('return_batch', 'ship', no, { shipped: 5 }, 'customer_service');
			expect(await on('return_batch', 'settle', no, {}, 'pmc')).toMatchObject({ state: 'Settled' });
		});

		it('R-210 R-212: approved scrap leaves the account, its material goes to stock, and material control allocates what the order still needs', async () => {
			const no = await analysed({ stillNeeded: true });
			await plan(no, '2025-06-04', 18);
			await expect(on('return_scrap', 'apply', null, { batch: no, boards: boards(21), cause: '烧毁' }, 'repair_group')).rejects.toMatchObject({ rule: 'R-210' });
			const scrap = String((await on('return_scrap', 'apply', null, { batch: no, boards: boards(2), cause: '烧毁', recovered: [{ item: 'P001', quantity: 3 }] }, 'repair_group'))['no']);
			await expect(on('return_scrap', 'approve', scrap, {}, 'repair_group')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect((await booksOf(database.store, 'P001')).card).toBe(0);
			expect(await on('return_scrap', 'approve', scrap, {}, 'dept_manager')).toMatchObject({ state: 'ToReplace' });
			expect(await booksOf(database.store, 'P001')).toEqual({ card: 3, moves: 3, lots: 3 });
			expect(await database.store.load('goods_in', 'basis', [scrap])).toMatchObject([{ origin: 'repair', state: 'Booked' }]);
			expect(await one('return_batch', no)).toMatchObject({ goods: [{ scrapped: 2 }], state: 'Planned' });
			expect(await notices('return_scrap.replace')).toMatchObject([{ recipients: ['pmc@test.local'] }]);
			expect(await on('return_scrap', 'allocate', scrap, { allocation: 'PW-1 2 件' }, 'pmc')).toMatchObject({ state: 'Done' });
			await expect(on('return_scrap', 'approve', scrap, {}, 'dept_manager')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		});

		it('R-210: who applied does not approve', async () => {
			await save(database.store, 'person', { B09: { name: '兼职', roles: '返修组，部门经理', active: true } });
			const no = await analysed();
			await plan(no, '2025-06-04', 18);
			const { no: scrap } = await act('return_scrap', 'apply', null, { batch: no, boards: boards(2), cause: '烧毁' }, 'B09');
			await expect(act('return_scrap', 'approve', String(scrap), {}, 'B09')).rejects.toMatchObject({ rule: 'O-007' });
		});
	});

	it('R-214: no plan without a procedure, or the standard one; research hears of the report', async () => {
		const no = await drawn();
		await expect(plan(no, '2025-06-04', 20)).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await expect(on('return_inspection', 'analyse', null, { batch: no, sampled: 2, causes: [{ cause: '电容', origin: 'material', quantity: 3 }], conclusion: 'x' }, 'qa')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await on('return_inspection', 'analyse', null, { batch: no, sampled: 3, causes: '电容 材料 3', conclusion: '电容不良' }, 'qa');
		expect((await notices('return_batch.analysed')).flatMap(({ recipients }) => recipients).sort()).toEqual(['engineering@test.local', 'pmc@test.local', 'rd@test.local']);
		await expect(plan(no, '2025-06-04', 20, { standard: false })).rejects.toMatchObject({ rule: 'R-214' });
		await on('return_procedure', 'issue', null, { batch: no, steps: '1. 换电容 2. 老化 4 小时', edition: 1 }, 'rd');
		await plan(no, '2025-06-04', 20, { standard: false });
		expect(await one('return_batch', no)).toMatchObject({ state: 'Planned', procedure: `LC-${no}-1` });
	});

	describe('plan and quality', () => {
		it.each([[20, 18, false], [20, 17, true]])('R-215: planned %d and done %d is below: %s', async (planned, done, below) => {
			expect(isBelow(planned, done, 90)).toBe(below);
			const no = await analysed();
			const planNo = String((await plan(no, '2025-06-03', planned))['no']);
			if (below) await expect(report(planNo, { repaired: boards(done) }, at('2025-06-03 17:00'))).rejects.toMatchObject({ rule: 'R-215' });
			expect(await report(planNo, { repaired: boards(done), reason: '缺电容' }, at('2025-06-03 17:00'))).toMatchObject({ done, below });
			expect(await notices('return_plan.below')).toHaveLength(below ? 2 : 0);
		});

		it('R-215: a day nobody reported is asked for, once; a plan withdrawn may be released again', async () => {
			const no = await analysed();
			const planNo = String((await plan(no, '2025-06-03', 10))['no']);
			for (const when of ['2025-06-04 00:01', '2025-06-05 00:01']) await fireDueClocks(database.store, at(when));
			expect(await notices('return_plan.unreported')).toHaveLength(1);
			await on('return_plan', 'withdraw', planNo, { reason: '改期' }, 'pmc');
			expect(await plan(no, '2025-06-03', 8)).toMatchObject({ no: planNo, state: 'Issued', planned: 8, reminded: null });
		});

		it('R-213 R-215 R-220: what fails is repaired again; the month has causes with measures, plan rate and first-pass rate', async () => {
			const no = await repaired();
			await expect(sample(no, 21)).rejects.toMatchObject({ code: 'FIELD_INVALID' });
			expect(await sample(no, 20, boards(1))).toMatchObject({ passed: false, bad: 1, round: 1 });
			expect(await one('return_batch', no)).toMatchObject({ state: 'Planned', goods: [{ repaired: 19 }] });
			await report(String((await plan(no, '2025-06-06', 1))['no']), { repaired: boards(1), reason: '重修' }, at('2025-06-06 17:00'));
			expect(await sample(no, 1, [], at('2025-06-07 09:00'))).toMatchObject({ passed: true, round: 2 });
			const [inspection] = await database.store.list('return_inspection', { where: [{ column: 'step', is: '=', value: 'incoming' }] });
			const measured = (cause: string) => on('return_inspection', 'addMeasure', String(inspection?.['no']), { cause, owner: 'P-rd', measure: '改用固态电容' }, 'rd');
			await expect(on('return_inspection', 'addMeasure', String(inspection?.['no']), { cause: '电容', owner: 'P-none', measure: '改用固态电容' }, 'rd')).rejects.toMatchObject({ code: 'NOT_FOUND', rule: 'R-220' });
			await expect(measured('漏水')).rejects.toMatchObject({ rule: 'R-220' });
			await measured('电容');
			const { json, model } = await buildReturnReport(database.store, '2025-06', await givenFor(database.store, { actor: SYSTEM, now: june2 }));
			expect(json).toMatchObject({ planned: 21, done: 21, inspected: 20, firstPass: 19, causes: [{ cause: '电容', origin: '材料', count: 3, share: 0.6, measure: '改用固态电容', owner: 'rd' }, { cause: '虚焊', count: 2, share: 0.4, running: 1 }] });
			expect(model.sheets.find(({ name }) => name === '出货直通率')?.subtitle).toEqual(['直通率 95.0%（要求 95%）']);
			expect((await buildReturnReport(database.store, '2025-05', await givenFor(database.store, { actor: SYSTEM, now: june2 }))).json).toMatchObject({ planned: 0, causes: [] });
		});
	});

	describe('the supplier', () => {
		const planned = async () => {
			const no = await analysed();
			await plan(no, '2025-06-04', 10);
			return no;
		};
		const request = async (batch: string, quantity = 20) => String((await on('supplier_repair', 'request', null, { batch, line: 1, quantity, supplier: '明纬', fault: '无输出' }, 'repair_group'))['no']);
		const filed = { cause: '变压器短路', treatment: '换变压器', result: '20 件修好' };

		it('R-216: nothing is sent to a supplier before QA has looked', async () => {
			const batch = await planned();
			const no = await request(batch);
			expect(await one('return_batch', batch)).toMatchObject({ state: 'AtSupplier', goods: [{ atSupplier: 20 }] });
			await expect(on('supplier_repair', 'send', no, {}, 'storekeeper')).rejects.toMatchObject({ rule: 'R-216' });
			await on('supplier_repair', 'verify', no, {}, 'qa');
			expect(await on('supplier_repair', 'send', no, {}, 'storekeeper')).toMatchObject({ state: 'AtSupplier', dueDay: '2025-06-06' });
			const other = await planned();
			expect(await on('supplier_repair', 'drop', await request(other, 5), { reason: '自己能修' }, 'qa')).toMatchObject({ state: 'Dropped' });
			expect(await one('return_batch', other)).toMatchObject({ state: 'Planned', goods: [{ atSupplier: 0 }] });
		});

		it.each([[50, 4], [51, 7], [100, 7], [101, 10], [500, 10]])('R-217: %d pieces have %d days', (quantity, days) => {
			expect(supplierDueDay(quantity, '2025-06-01', null, defaultSettings)).toBe(`2025-06-${String(1 + days).padStart(2, '0')}`);
		});

		it('R-217: more than 500 need an agreed day; the tiers are a setting that rises; purchasing hears of a late one', async () => {
			expect(() => supplierDueDay(501, '2025-06-01', null, defaultSettings)).toThrow(/501 件/);
			expect(supplierDueDay(501, '2025-06-01', '2025-06-20', defaultSettings)).toBe('2025-06-20');
			expect([settingProblem('return.supplier_tiers', '50:4，100:7'), settingProblem('return.supplier_tiers', '100:7,50:4')?.field]).toEqual([null, 'value']);
			const no = await request(await planned());
			await on('supplier_repair', 'verify', no, {}, 'qa');
			await on('supplier_repair', 'send', no, {}, 'storekeeper');
			for (const when of ['2025-06-07 00:00', '2025-06-07 00:01', '2025-06-08 00:01']) await fireDueClocks(database.store, at(when));
			expect((await notices('supplier_repair.late')).map(({ recipients }) => recipients)).toEqual([['purchasing@test.local'], []]);
		});

		it('R-218 R-219: into stock only with the supplier\'s report and past our own test; what fails goes back to him', async () => {
			const batch = await planned();
			const no = await request(batch);
			await on('supplier_repair', 'verify', no, {}, 'qa');
			await on('supplier_repair', 'send', no, {}, 'storekeeper');
			await on('supplier_repair', 'comeBack', no, {}, 'storekeeper');
			const stock = () => on('supplier_repair', 'stockIn', no, {}, 'storekeeper', at('2025-06-04 09:00'));
			await expect(stock()).rejects.toMatchObject({ rule: 'R-218' });
			await on('supplier_repair', 'fileReport', no, filed, 'purchasing');
			await expect(stock()).rejects.toMatchObject({ rule: 'R-219' });
			await expect(on('supplier_repair', 'test', no, { result: 'fail' }, 'iqc')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await on('supplier_repair', 'test', no, { result: 'fail', note: '3 件无输出' }, 'iqc');
			await on('supplier_repair', 'send', no, {}, 'storekeeper');
			await on('supplier_repair', 'comeBack', no, {}, 'storekeeper');
			await on('supplier_repair', 'test', no, { result: 'pass' }, 'iqc');
			await expect(stock()).rejects.toMatchObject({ rule: 'R-218' });
			await on('supplier_repair', 'fileReport', no, filed, 'purchasing');
			expect(await stock()).toMatchObject({ state: 'Stocked' });
			expect(await notices('supplier_repair.stocked')).toMatchObject([{ recipients: ['cs@test.local'] }]);
			expect(await one('return_batch', batch)).toMatchObject({ state: 'Repaired', goods: [{ repaired: 20, atSupplier: 0 }] });
		});
	});

	describe('found by review', () => {
		const dear = { ...board, chargeable: true };

		it('R-203: a cancelled batch leaves no quotation that cannot be closed', async () => {
			const no = await booked({}, [dear]);
			const quote = String((await on('return_quote', 'ask', null, { batch: no }, 'sales'))['no']);
			await on('return_batch', 'cancel', no, { reason: '客户不修' }, 'sales');
			expect(await on('return_quote', 'refuse', quote, { reason: '批已取消' }, 'sales')).toMatchObject({ state: 'Refused' });
		});

		it('R-207: a line of which nothing came is booked as none, but not a whole batch', async () => {
			const no = await submitted({}, [board, { ...board, model: 'PW-2', quantity: 5 }]);
			await expect(on('return_batch', 'book', no, { counted: [...boards(0, 1), ...boards(0, 2)] }, 'storekeeper')).rejects.toMatchObject({ rule: 'R-207' });
			expect(await on('return_batch', 'book', no, { counted: boards(0, 2) }, 'storekeeper')).toMatchObject({ quantity: 20, bookNote: '第 2 行 PW-2：流程表 5，实点 0' });
		});

		it('R-205 R-213: mails to sales go to who brought the batch, not to all of sales', async () => {
			await save(database.store, 'person', { X77: { name: '别的业务员', roles: 'sales', mail: 'other@test.local', active: true } });
			const no = await booked({ customerDay: '2025-06-10' });
			await fireDueClocks(database.store, at('2025-06-08 00:01'));
			expect((await notices(`return_batch.customer:${no}`)).flatMap(({ recipients }) => recipients)).toEqual(expect.arrayContaining(['sales@test.local', 'cs@test.local']));
			expect((await notices(`return_batch.customer:${no}`)).flatMap(({ recipients }) => recipients)).not.toContain('other@test.local');
		});
	});

	describe('the statistics of what was out of its period', () => {
		const old = { ...board, soldDay: '2023-01-01' };
		const inJune = async (day: string, lines: object[]) => {
			const no = await submitted({}, lines, at(`${day} 09:00`));
			if (lines.includes(old)) await on('return_batch', 'approve', no, {}, 'sales_manager');
			await on('return_batch', 'book', no, {}, 'storekeeper', at(`${day} 10:00`));
		};
		const july = at('2025-07-03 09:00');
		const stats = (event: string, role: Role, input: object = {}) => on('return_stats', event, event === 'drawUp' ? null : 'CB-202506', input, role, july);

		it('R-204: July counts what was booked in from 1 to 30 June, two sides sign, sales confirms', async () => {
			await inJune('2025-06-01', [old, board]);
			await inJune('2025-06-30', [old]);
			await inJune('2025-07-01', [old]);
			expect(await stats('drawUp', 'pmc', { month: '2025-06' })).toMatchObject({ no: 'CB-202506', state: 'Draft', quantity: 40, lines: [{ customer: '远方集成', model: 'PW-1', quantity: 40, cost: 0 }] });
			await expect(stats('drawUp', 'pmc', { month: '2025-07' })).rejects.toMatchObject({ rule: 'R-204' });
			await expect(stats('confirm', 'sales')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect(await stats('signProduction', 'production')).toMatchObject({ state: 'Draft' });
			await expect(stats('signProduction', 'production')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			expect(await stats('signService', 'customer_service')).toMatchObject({ state: 'Counted' });
			expect(await stats('sendBack', 'sales', { reason: '少一批' })).toMatchObject({ state: 'Draft', productionBy: null });
			await stats('signService', 'customer_service');
			await stats('signProduction', 'production');
			expect(await stats('confirm', 'sales')).toMatchObject({ state: 'Confirmed', confirmedBy: 'P-sales' });
			await expect(stats('drawUp', 'pmc', { month: '2025-06' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('R-204: from the third on both sides are reminded, once, where there was anything', async () => {
			await runDailyChecks(database.store, july);
			expect(await notices('return_stats.due')).toEqual([]);
			await inJune('2025-06-10', [board]);
			await runDailyChecks(database.store, july);
			expect(await notices('return_stats.due')).toEqual([]);
			await inJune('2025-06-11', [old]);
			await runDailyChecks(database.store, at('2025-07-02 09:00'));
			expect(await notices('return_stats.due')).toEqual([]);
			await runDailyChecks(database.store, july);
			await runDailyChecks(database.store, at('2025-07-04 09:00'));
			expect((await notices('return_stats.due')).map(({ recipients }) => recipients).sort()).toEqual([['cs@test.local'], ['production@test.local']]);
		});

		it('R-204: a month without any is drawn up by the flow without asking anybody', async () => {
			await inJune('2025-06-10', [board]);
			expect(await stats('drawUp', 'production', { month: '2025-06' })).toMatchObject({ quantity: 0 });
			expect(await notices('return_stats.')).toEqual([]);
		});
	});
});
