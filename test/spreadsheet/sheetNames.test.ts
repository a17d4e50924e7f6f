import { sheetNames } from '../../spreadsheet/worker/write/sheetNames';

describe('sheetNames', () => {
	it('gives names that Excel takes, each once', () => {
		const long = '华东一部二〇二五年六月零配件使用情况与旧件返还明细统计表（汇总）';
		const names = sheetNames(['6/月:表', '汇总', '汇总', long, long, '', "'引'"]);
		expect(names).toEqual(['6_月_表', '汇总', '汇总(2)', long.slice(0, 31), `${long.slice(0, 28)}(2)`, 'Sheet6', '’引’']);
		expect(names.every((name) => name.length <= 31)).toBe(true);
	});
});
