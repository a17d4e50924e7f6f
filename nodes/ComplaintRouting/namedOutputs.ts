/** Holders a complaint may go to first. */
export const holders = [
	{ name: 'Company Manager 公司经理', value: 'company_manager' },
	{ name: 'Deputy GM 副总经理', value: 'deputy_gm' },
	{ name: 'GM Office 总经理室', value: 'gm_office' },
	{ name: 'Service Director 服务主任', value: 'service_director' },
];

/** Runs in the browser as text: must stand alone. */
/* istanbul ignore next */
export const namedOutputs = (parameters: { holders?: string[] }) => {
	const names: Record<string, string> = {
		company_manager: '公司经理',
		deputy_gm: '副总经理',
		gm_office: '总经理室',
		service_director: '服务主任',
	};
	const chosen = parameters.holders ?? [];
	return [...chosen.map((holder) => ({ type: 'main', displayName: names[holder] ?? holder })), { type: 'main', displayName: '其他' }];
};
