import { settingProblem } from '../../../domain/settings';

describe('who signs slips, as a setting', () => {
	it.each(['总经理', '会计员,总经理', 'accountant、deputy_gm'])('P-074: takes “%s”', (value) => {
		expect(settingProblem('stock.slip_approvers', value)).toBeNull();
	});
	it.each(['', '总经理,厂长', '，'])('P-074: refuses “%s”, which names somebody unknown or nobody', (value) => {
		expect(settingProblem('stock.slip_approvers', value)?.message).toContain('角色表中的角色');
	});
});
