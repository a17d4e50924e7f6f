import type { Dispatch } from '../../../domain/service/dispatch';
import { strangePlaces, wentAlong } from '../../../domain/service/expenseClaim';

describe('expenses of a job', () => {
	it.each([
		['市', true],
		['区-县', true],
		['北京市', false],
		['上海-北京', false],
		['上海市', true],
	])('V-068: a ticket of “%s” is strange at 北京市中山路: %s', (place, isStrange) => {
		expect(strangePlaces([{ place }], '北京市中山路 1 号')).toEqual(isStrange ? [place] : []);
	});

	it('V-068: who was called back before he left did not go; companions are named by code or name', () => {
		const sent = (changes: Partial<Dispatch>) => [{ technician: 'J01', companions: null, state: 'Assigned', startedAt: null, arrivedAt: null, ...changes } as Dispatch];
		const went = (changes: Partial<Dispatch>, person = { code: 'J01', name: '李师傅' }) => wentAlong(sent(changes), person);
		expect([went({}), went({ state: 'Withdrawn' }), went({ state: 'Withdrawn', startedAt: '2025-06-06T01:00:00.000Z' })]).toEqual([true, false, true]);
		const other = { code: 'J02', name: '赵师傅' };
		expect(['赵师傅', '小王、赵师傅（J02）', 'j J02', '小赵师傅', 'J021'].map((companions) => went({ companions }, other))).toEqual([true, true, true, false, false]);
	});
});
