import { apply } from '../../engine/engine';
import { formPage } from '../../engine/formPage';
import { documentOf } from '../../engine/registry';
import type { Row } from '../../engine/store';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const friday = at('2025-06-06 15:00');
const numbered = (serial: number): string => `BX202506-${String(serial).padStart(4, '0')}`;

describe.each(databases)('papers to choose from on a form, on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		for (const [serial, technician] of [[1, 'J01'], [2, 'J02'], [3, null]] as const) {
			await fire('call', 'register', null, { customerName: '华联超市', phone: `1380000000${serial}`, address: '中山路 1 号', model: 'KF-26', serial: `SN90${serial}`, symptom: '不制冷' }, 'Y01');
			if (technician !== null) await fire('call', 'assign', numbered(serial), { technician }, 'Z01');
		}
	});
	afterEach(() => database.drop());

	async function fire(kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string) {
		await apply(database.store, kind, event, [{ no, input }], { actor, now: friday });
	}
	const choices = async (kind: string, event: string, actor: string, field = 'call') => {
		const { formFields } = await formPage(database.store, documentOf(kind), event, actor);
		return formFields.find(({ fieldName }) => fieldName === field)?.fieldOptions?.values.map(({ option }) => option.split('｜')[0]);
	};
	const solvedByPhone = () => fire('call', 'solveByPhone', numbered(1), { solution: '重启' }, 'C01');

	it('V-082: the follow-up caller chooses among calls of every technician', async () => {
		await solvedByPhone();
		expect(await choices('return_visit', 'record', 'H01')).toEqual([numbered(1)]);
	});

	it('V-065 V-035: customer service quotes and reception reports calls that are not theirs, the newest first', async () => {
		expect(await choices('quotation', 'quote', 'C01')).toEqual([3, 2, 1].map(numbered));
		expect(await choices('unsolved_report', 'report', 'Y01')).toEqual([3, 2, 1].map(numbered));
	});

	it('O-030: who is a technician only chooses among his own; a director who also repairs among all', async () => {
		expect(await choices('unsolved_report', 'report', 'J01')).toEqual([numbered(1)]);
		await database.store.replace('person', (await database.store.load('person', 'no', ['J01'])).map((row) => ({ ...row, roles: 'technician,service_director' })));
		expect(await choices('unsolved_report', 'report', 'J01')).toEqual([3, 2, 1].map(numbered));
	});

	it('V-016: calls of another service point are not offered', async () => {
		const unit = (no: string, parent: string | null): Row => ({ no, version: 1, createdAt: friday, createdBy: 'x', updatedAt: friday, name: no, unitKind: 'center', parent });
		await database.store.insert('unit', [unit('GS', null), unit('X', 'GS'), unit('Y', 'GS')]);
		await database.store.replace('person', (await database.store.load('person', 'no', ['C01'])).map((row) => ({ ...row, unit: 'X' })));
		await database.store.replace('call', (await database.store.load('call', 'no', [numbered(2)])).map((row) => ({ ...row, unit: 'Y' })));
		expect(await choices('quotation', 'quote', 'C01')).toEqual([numbered(3), numbered(1)]);
	});

	it('V-082: five hundred older calls do not hide the one of today', async () => {
		await solvedByPhone();
		const [row] = (await database.store.load('call', 'no', [numbered(1)])) as [Row];
		const copies = Array.from({ length: 500 }, (_none, index) => ({ ...row, no: `BX202501-${String(index).padStart(4, '0')}`, createdAt: at('2025-01-06 09:00') }));
		await database.store.insert('call', copies);
		const offered = await choices('return_visit', 'record', 'H01');
		expect([offered?.length, offered?.[0]]).toEqual([500, numbered(1)]);
		expect((await choices('call', 'close', 'Y01', 'no'))?.at(-1)).toBe(numbered(1));
	});
});
