import { documents } from '../../engine/registry';

it('M-102: no two kinds of papers can carry the same number', () => {
	const ranges = documents.flatMap(({ kind, number }) => (typeof number === 'function' ? [] : [[`${number.prefix} by ${number.period}, ${number.digits} digits`, kind] as const]));
	const shared = [...Map.groupBy(ranges, ([range]) => range)].filter(([, kinds]) => kinds.length > 1).map(([range, kinds]) => [range, kinds.map(([, kind]) => kind)]);
	expect(shared).toEqual([]);
});
