import { noticeDay } from '../../domain/contract/expiryNotice';
import { reportDay } from '../../domain/contract/freeExpiry';
import { missingDocuments } from '../../domain/contract/handover';
import { phaseOf, systemsInMaintenance, type Contract, type Project } from '../../domain/contract/phase';
import { defaultSettings } from '../../domain/settings';
import { purchased } from '../../domain/service/registerCall';

const project = (changes: Partial<Project> = {}): Project => ({ no: 'P1', projectKind: 'system', acceptedDay: '2025-01-01', freeEndDay: '2025-12-31', ...changes }) as Project;
const contract = (changes: Partial<Contract> = {}): Contract => ({ no: 'HT1', project: 'P1', startDay: '2026-01-01', endDay: '2026-12-31', ...changes }) as Contract;

describe('contracts and projects', () => {
	it.each([['2025-03-31', '2025-02-28', '2024-12-31'], ['2025-03-30', '2025-02-28', '2024-12-30'], ['2025-05-31', '2025-04-30', '2025-02-28'], ['2025-12-31', '2025-11-30', '2025-09-30'], ['2024-02-29', '2024-01-29', '2023-11-29']])('C-040 C-041: what ends on %s is noticed on %s and reported on %s', (end, notice, report) => {
		expect([noticeDay(end, defaultSettings), reportDay(end, defaultSettings)]).toEqual([notice, report]);
	});

	it('C-001 C-003: a project is contracted, accepted, in free maintenance, under contract, or without cover', () => {
		const phase = (today: string, documents = true, changes: Partial<Project> = {}) => phaseOf(project(changes), [contract()], documents, today);
		expect([phase('2024-12-31'), phase('2025-06-01', true, { acceptedDay: null }), phase('2025-06-01', false), phase('2025-12-31'), phase('2026-01-01'), phase('2026-12-31'), phase('2027-01-01')]).toEqual(['Contracted', 'Contracted', 'Accepted', 'InWarranty', 'ServiceContract', 'ServiceContract', 'NoCover']);
	});

	it('C-020: systems are in maintenance while maintained free or under contract, the last day included', () => {
		const kept = (from: string, to: string, changes: Partial<Project> = {}) => systemsInMaintenance([project(changes)], [contract({ startDay: '2026-03-01' })], from, to).length;
		expect([kept('2025-12-31', '2025-12-31'), kept('2026-01-01', '2026-02-28'), kept('2026-03-01', '2026-03-01'), kept('2024-12-01', '2024-12-31'), kept('2025-06-01', '2025-06-30', { projectKind: 'project' })]).toEqual([1, 0, 1, 0, 0]);
	});

	it('C-012: what a handover lacks is named', () => {
		const nothing = { technical: null, openIssues: null, noIssues: null, outerBorder: null, maintainUntil: null, afterwards: null, innerBorder: null, faq: null, emergency: null };
		expect(missingDocuments(nothing)).toHaveLength(4);
		expect(missingDocuments({ ...nothing, technical: 'x', noIssues: true, innerBorder: 'x', faq: 'x', emergency: 'x', outerBorder: 'x', afterwards: 'x' })).toEqual(['外部边界（维护边界、维护期、期满措施）']);
	});

	it('C-043: the warranty of goods ends twelve months after the purchase, unless the product has its own term', () => {
		expect(purchased(null, '2024-02-29', defaultSettings).warrantyEnd).toBe('2025-02-28');
		expect(purchased({ purchaseDay: '2024-02-29', warrantyEnd: '2027-02-28' }, '2024-02-29', defaultSettings).warrantyEnd).toBe('2027-02-28');
	});
});
