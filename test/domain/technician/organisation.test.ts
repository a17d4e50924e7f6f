import { leadersOf, sees, techniciansOf, unitsVisibleTo, type Member } from '../../../domain/master/unitTree';
import { actingFor, standingIn } from '../../../domain/technician/deputyship';

const unit = (no: string, unitKind: string, parent: string | null) => ({ no, name: no, unitKind, parent });
const units = [unit('GS', 'company', null), unit('FW', 'department', 'GS'), unit('ZX', 'center', 'FW'), unit('FGS', 'branch', 'GS'), unit('FGZ', 'group', 'FGS'), unit('WD', 'outlet', 'FGS'), unit('DL', 'agent', 'FGS')];
const member = (no: string, home: string | null, roles: string, active = true): Member => ({ no, name: no, unit: home, roles, active });

describe('the tree of units', () => {
	it('O-001: one sees his own unit and those below, headquarters all', () => {
		expect([...unitsVisibleTo(units, 'FGS')].sort()).toEqual(['DL', 'FGS', 'FGZ', 'WD']);
		expect([...unitsVisibleTo(units, 'WD')]).toEqual(['WD']);
		expect(unitsVisibleTo(units, 'GS').size).toBe(units.length);
		expect(unitsVisibleTo(units, null).size).toBe(units.length);
	});
	it('O-001: a person of no unit is seen by headquarters only; a circle in the data ends', () => {
		expect([sees(units, 'FGS', null), sees(units, 'GS', null), sees(units, 'FGS', 'ZX'), sees(units, 'FGS', 'FGZ')]).toEqual([false, true, false, true]);
		expect([...unitsVisibleTo([unit('A', 'group', 'B'), unit('B', 'group', 'A')], 'A')].sort()).toEqual(['A', 'B']);
	});
	it('O-001: a technician belongs to the nearest director on his way up, and to any where there is none', () => {
		const people = [member('Z1', 'FW', 'service_director'), member('Z2', 'FGS', '服务主任'), member('Z3', 'FGZ', 'service_director', false), member('J1', 'ZX', 'technician'), member('J2', 'FGZ', 'technician'), member('J3', null, 'technician')];
		expect(techniciansOf('Z1', people, units, 'service_director').map(({ no }) => no)).toEqual(['J1', 'J3']);
		expect(techniciansOf('Z2', people, units, 'service_director').map(({ no }) => no)).toEqual(['J2', 'J3']);
		expect(leadersOf({ unit: 'GS' }, people, units, 'service_director').map(({ no }) => no)).toEqual(['Z1', 'Z2']);
	});
});

describe('deputies', () => {
	const lending = { person: 'Z01', deputy: 'E01', fromAt: '2025-06-09T00:00:00.000Z', toAt: '2025-06-10T00:00:00.000Z', roles: null };
	const absent = { no: 'Z01', name: '王主任', roles: 'service_director，after_sales', active: true };
	const own = { code: 'E01', roles: ['technician'] as const };

	it('T-070: the right begins with the first instant and ends at the last', () => {
		const held = (now: string) => standingIn(own, [lending], [absent], now).flatMap(({ roles }) => roles);
		expect(held('2025-06-08T23:59:59.999Z')).toEqual([]);
		expect(held('2025-06-09T00:00:00.000Z')).toEqual(['service_director', 'after_sales']);
		expect(held('2025-06-09T23:59:59.999Z')).toEqual(['service_director', 'after_sales']);
		expect(held('2025-06-10T00:00:00.000Z')).toEqual([]);
	});
	it('T-070 O-004: only the named roles are lent, and none by somebody who has left', () => {
		const during = '2025-06-09T12:00:00.000Z';
		expect(standingIn(own, [{ ...lending, roles: '售后部' }], [absent], during)).toEqual([{ code: 'Z01', name: '王主任', roles: ['after_sales'] }]);
		expect(standingIn(own, [lending], [{ ...absent, active: false }], during)).toEqual([]);
	});
	it('T-070: an act is marked only when no role of his own allows it', () => {
		const actor = { code: 'E01', name: '', unit: null, roles: ['technician', 'service_director'] as const, lent: [{ code: 'Z01', name: '王主任', roles: ['service_director'] as const }] };
		expect([actingFor(actor, ['service_director']), actingFor(actor, ['service_director', 'technician']), actingFor(actor, ['qa']), actingFor(actor, 'anyone')]).toEqual(['Z01 王主任', null, null, null]);
	});
});
