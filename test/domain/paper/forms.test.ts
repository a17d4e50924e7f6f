import { caseForms, registerForms } from '../../../domain/paper/forms';
import type { Block, Layout } from '../../../domain/paper/paperModel';
import { paperOf } from '../../../domain/paper/paperOf';
import { dailyReport, directorReport, repairTable, weeklyReport } from '../../../domain/paper/reportPapers';
import { nothing } from '../../../domain/paper/serviceCase';
import { choice, day, fen, flag, instant, integer, lines, optional, ref, text } from '../../../domain/document/fields';
import type { DailyReport } from '../../../domain/technician/dailyReport';
import type { DirectorReport } from '../../../domain/technician/directorReport';
import { teamWeek } from '../../../domain/technician/teamWeek';
import { at } from '../../support/calendars';
import { job, names } from '../../support/serviceCase';

const labelsOf = ({ blocks }: Layout): string[] =>
	blocks.flatMap((block: Block): string[] => {
		if (block.kind === 'pairs') return block.pairs.map(({ label }) => label);
		if (block.kind === 'table') return block.columns.map(({ label }) => label);
		if (block.kind === 'signatures') return block.places.map(({ label }) => label);
		return block.kind === 'box' ? [block.label] : [];
	});

/** What stands beside a label. */
function valueOf({ blocks }: Layout, label: string): string | null | undefined {
	for (const block of blocks) {
		if (block.kind === 'pairs') for (const pair of block.pairs) if (pair.label === label) return pair.value;
		if (block.kind === 'box' && block.label === label) return block.text;
		if (block.kind === 'signatures') for (const place of block.places) if (place.label === label) return place.name;
	}
	return undefined;
}
const rowsOf = ({ blocks }: Layout) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));

const inOrder = (all: readonly string[], wanted: readonly string[]): string[] => {
	let from = 0;
	return wanted.filter((label) => {
		const found = all.indexOf(label, from);
		if (found >= 0) from = found + 1;
		return found >= 0;
	});
};

const layoutOf = (form: string, data = nothing): Layout => {
	const found = caseForms.find((each) => each.form === form);
	if (found !== undefined) return found.layOut(data, names, '公司');
	const register = registerForms.find((each) => each.form === form);
	return (register as (typeof registerForms)[number]).layOut([], names);
};

const calls = ['客户名称', '地址', '电话', '商品型号', '购买日期', '故障原因', '故障表现', '维修时间', '注销', '登记号', '叫修时间', '来源', '接收人', '区域', '服务类别', '处理层级', '答复时间', '派工时间', '技术员', '到达时间', '累计工时', '优先', '注销时间'];

/** Labels of the rulebook, in its order. */
const expected: readonly [string, string, readonly string[]][] = [
	['M-001', '服务凭证', ['客户名称', '商品型号/工程', '序列号', '销售日期', '保修截止', '存放位置', '日期', '叫修编号', '服务内容', '技术员', '配件', '费用', '客户签字/签章']],
	['M-002', '叫修登记簿', calls],
	['M-003', '客户商品领取收据', ['客户', '商品/型号', '序列号', '数量', '随附配件', '外观', '开立人', '开立日期', '收回日期', '作废']],
	['M-004', '客户商品进出登记簿', ['还商品日期', '登记号', '进入日期', '客户', '商品', '收据号', '凭证号', '修护卡号', '经手人', '验讫人']],
	['M-005', '修护卡', ['商品', '故障', '技术员', '原定修妥时间', '实际修护使用时间(分)', '协助请求', '配换零件', '批次', '数量', '读数', '维修进度', '不合格原因', '验讫']],
	['M-006', '技术员工作日报表', ['日期', '技术员', '修护工作类别', '所耗用时间(分)', '叫修编号', '说明', '退回原因', '核阅']],
	['M-007', '技术人员周报表', ['周', '类别', '时间(分)', '合计', '发送时间']],
	['M-008', '服务主任日报表', ['日期', '单位', '技术员', 'A 有费服务', 'B 合同服务', 'C 免费服务', 'D 一般行政工作', '合计', '缺报人员', '送达时间', '经理核阅签章']],
	['M-009', '售后服务报修记录表', ['周', '报修件数', '技术员', 'A 有费服务', '合计', '部门经理']],
	['M-010', '客户报修服务单', ['客户名称', '联系人', '电话', '地址', '报修时间', '客户属性', '待服务内容', '处理方案', '处理结果', '备注', '系统交付确认', '满意', '不满意原因', '宝贵意见', '客户签字']],
	['M-011', '售后服务联络函', ['关于', '收件单位', '发件单位', '收件人', '发件人', '抄送', '发件时间', '页数', '联络内容', '回馈意见', '发件方单位（公章）', '发件方确认签字', '收件方单位（公章）', '收件方确认签字', '向客户回馈', '叫修编号', '金额']],
	['M-013', '回访记录', ['叫修编号', '客户', '回访人', '时间', '方式', '结果', '意见']],
	['M-013-R', '回访登记簿', ['叫修编号', '客户', '回访人', '时间', '方式', '结果', '意见']],
	['M-014', '客户意见调查卡', ['叫修编号', '技术员', '寄出', '收回', '态度', '技术', '到达时间', '答应事情的办理', '建议或抱怨']],
	['M-018', '当日未解决问题书面报备', ['未解决问题', '完成时间', '原因', '已告知客户', '客户谅解']],
	['M-028', '服务台帐', [...calls, '服务内容', '录库时间']],
	['M-060', '产品维修记录单', ['客户', '电话', '产品', '序列号', '购买日期', '故障', '更换件', '维修员', '客户签字']],
	['M-066', '维修报告', ['设备', '故障', '原因', '处理', '更换件', '测试结果', '保内/保外']],
	['M-067', '售后服务（维修）记录表', ['案件', '人员', '起', '止', '工作', '结果', '质量负责人签批', '总经理签批', '客户确认签字']],
	['M-069', '售后服务报价单', ['项目', '数量', '标准价', '报价', '负偏差', '客户同意时间', '总经理审批']],
	['M-071', '售后服务报告单', ['叫修编号', '故障', '判断', '处理', '结果', '配件', '客户签字']],
	['M-072', '来电来函登记', calls],
	['M-073', '维护返修申请表', ['申请单位', '类别', '设备型号', '序列号', '购买日期', '保内/保外', '故障现象', '邮寄地址', '收件人', '电话', '邮箱', '申请时间', '特殊要求', '随附配件', '维修编号', '答复时间', '处理意见', '收到时间']],
	['M-110', '服务回执单', ['叫修编号', '服务内容', '收费', '回传时间', '客户签字']],
	['M-111', '售后服务满意度调查表', ['叫修编号', '态度', '技术', '到达时间', '答应事情的办理', '总体', '意见', '拒填原因']],
	['M-112', '售后服务派遣记录', ['叫修编号', '人员', '派遣时间', '接受时间', '出发', '到达', '离开', '请示总部时间', '结果']],
	['M-113', '费用报表', ['报销人', '票据', '日期', '出差地', '项目', '金额', '票据地点', '核对结果']],
];

describe('the forms', () => {
	it.each(expected)('M-101: %s %s has the labels of the paper, in its order', (form, title, labels) => {
		const layout = layoutOf(form);
		expect(layout.title).toBe(title);
		expect(inOrder(labelsOf(layout), labels)).toEqual(labels);
	});

	it('are all looked at above', () => {
		expect(expected.map(([form]) => form)).toEqual([...caseForms, ...registerForms].map(({ form }) => form).sort());
	});

	it.each(caseForms.map((form) => [form.name, form] as const))('%s is empty where nothing is known', (_name, { layOut }) => {
		const layout = layOut(nothing, names, '公司');
		const texts = layout.blocks.flatMap((block) => (block.kind === 'pairs' ? block.pairs.map(({ value }) => value) : block.kind === 'box' ? [block.text] : block.kind === 'table' ? block.rows.flat() : []));
		expect(texts.join('')).not.toMatch(/☑|undefined|null|\d/);
	});

	it.each([['C', '保内客户'], ['B', '按次合同客户']] as const)('V-003: a type %s call ticks %s on the slip', (type, tick) => {
		expect(valueOf(layoutOf('M-010', job({ type })), '客户属性')?.match(/☑ \S+/g)).toEqual([`☑ ${tick}`]);
	});

	it('V-003: a letter is ticked where one was written; what was chosen only where it fits the type', () => {
		const ticked = (changes: object, data: object = {}) => valueOf(layoutOf('M-010', { ...job({ type: 'A' }), ...data, call: { ...job({ type: 'A' }).call, ...changes } as never }), '客户属性')?.match(/☑ \S+/g) ?? [];
		expect(ticked({})).toEqual([]);
		expect(ticked({}, { letters: [{}] })).toEqual(['☑ 《联络函》服务客户']);
		expect(ticked({ attribute: 'in_warranty' })).toEqual([]);
		expect(ticked({ type: 'B', attribute: 'annual_contract' })).toEqual(['☑ 按年合同客户']);
	});

	it('V-044: the slip shows result, satisfaction and its reason above the signature', () => {
		const slip = layoutOf('M-010', job({ satisfaction: 'not_satisfied', reason: 'speed' }));
		expect(valueOf(slip, '处理结果')).toMatch(/^☑ 已完成服务.*\n☐ 需返修/);
		expect(valueOf(slip, '满意')).toContain('☑ 不满意');
		expect(valueOf(slip, '不满意原因')).toContain('☑ 响应速度');
		expect(valueOf(slip, '客户签字')).toBe('王小姐');
		expect(valueOf(slip, '到达时间')).toBe('2025-06-09 10:00');
		expect(valueOf(slip, '宝贵意见')).toBe('来得再快些');
		expect(['已验收正常', '系统交付确认'].map((label) => valueOf(slip, label))).toEqual(['☑ 是　☐ 否', '☑ 是　☐ 否　☐ 没有附件']);
	});

	it('V-040: the slip has the contact on site, problem, analysis and solution', () => {
		expect(valueOf(layoutOf('M-010', job()), '联系人')).toBe('周店长');
		expect(valueOf(layoutOf('M-010', job()), '处理方案')).toBe('问题：漏冷媒\n分析：焊口开裂\n处理：补焊');
	});

	it('V-043: not done ticks its reason; done by phone ticks that, with what was said', () => {
		expect(valueOf(layoutOf('M-010', job({ result: 'not_done' })), '处理结果')).toBe('☐ 已完成服务　☑ 未完成服务：\n☑ 需返修、更换设备　☐ 其它见备注　☐ 电话回访完成服务');
		const phoned = { ...job(), visits: [], call: { ...job().call, result: 'done_by_phone', solution: '清洗滤网' } as never };
		expect(valueOf(layoutOf('M-010', phoned), '处理结果')).toBe('☐ 已完成服务　☐ 未完成服务：\n☐ 需返修、更换设备　☐ 其它见备注　☑ 电话回访完成服务');
		expect(valueOf(layoutOf('M-010', phoned), '处理方案')).toBe('电话处理：清洗滤网');
		expect(valueOf(layoutOf('M-071', phoned), '结果')).toContain('☑ 电话回访完成服务');
	});

	it('V-048: a refusal to answer is printed with its reason, and only then', () => {
		const [visit] = job().visits;
		const refused = { ...job(), visits: [{ ...visit, satisfaction: null, surveyRefused: '赶时间' } as never] };
		expect(valueOf(layoutOf('M-010', refused), '拒填原因')).toBe('赶时间');
		expect(valueOf(layoutOf('M-111', refused), '拒填原因')).toBe('赶时间');
		expect(labelsOf(layoutOf('M-010', job()))).not.toContain('拒填原因');
	});

	it('a drawn signature comes with the customer\'s name', () => {
		const place = layoutOf('M-071', { ...job(), signature: 'iVBOR' }).blocks.flatMap((block) => (block.kind === 'signatures' ? block.places : []))[0];
		expect(place).toEqual({ label: '客户签字', name: '王小姐', day: '2025-06-09', image: 'iVBOR' });
	});

	it('the voucher lists every service with its parts, money and invoice', () => {
		expect(rowsOf(layoutOf('M-001', job()))).toEqual([['2025-06-09', 'BX202506-0001', 'C', '补焊', '李师傅', '90', '压缩机×2', '180.50', 'FP-1\n王小姐']]);
	});

	it('R-004: the repair card shows its number large and what was used', () => {
		const card = layoutOf('M-005', job());
		expect(card.blocks[0]).toEqual({ kind: 'tag', text: 'XH-BX202506-0001\nKF-26\nSN100\n华联超市' });
		expect(valueOf(card, '实际修护使用时间(分)')).toBe('90');
		expect(rowsOf(card)).toEqual([['压缩机', 'P001', '', '2']]);
		expect(valueOf(card, '验讫')).toBe('王主任');
	});

	it('the receipt has the goods twice: for the customer and on the stub', () => {
		const receipt = layoutOf('M-003', job());
		expect(rowsOf(receipt)).toEqual([['KF-26', 'SN100', '1', '遥控器', ''], ['KF-26', 'SN100', '1', '遥控器', '']]);
		expect(receipt.blocks.map(({ kind }) => kind)).toContain('tear');
	});

	it('M-105: void lines stay in the call register, marked', () => {
		const line = (state: string) => ({ call: { ...job().call, state } as never, purchaseDay: null, visit: null });
		const rows = rowsOf((registerForms[0] as { layOut: (lines: never[], shown: typeof names) => Layout }).layOut([line('Void'), line('Closed'), line('Assigned')] as never[], names));
		expect(rows.map((row) => row[calls.indexOf('注销')])).toEqual(['作废', '☑', '☐']);
	});

	it('the register of letters leaves out what came otherwise', () => {
		const line = (channel: string) => ({ call: { ...job().call, channel } as never, purchaseDay: null, visit: null });
		const letters = registerForms.find(({ form }) => form === 'M-072') as { layOut: (lines: never[], shown: typeof names) => Layout };
		expect(rowsOf(letters.layOut([line('phone'), line('web'), line('letter')] as never[], names)).map((row) => row[calls.indexOf('来源')])).toEqual(['来电', '来函']);
	});
});

describe('reports of time', () => {
	const line = (type: 'A' | 'C', minutes: number) => ({ type, minutes, call: 'BX1', note: null });
	const totals = { minutesA: 90, minutesB: 0, minutesC: 30, minutesD: 0, total: 120 };
	const report = { technician: 'J01', day: '2025-06-09', state: 'Submitted', lines: [line('A', 90), line('C', 30)], ...totals, mark: null, returnReason: null, submittedAt: null, reviewedBy: null, reviewedAt: null } as unknown as DailyReport;
	const totalOf = ({ blocks }: Layout) => blocks.flatMap((block) => (block.kind === 'table' ? (block.total ?? []) : []));

	it('T-001: a day is added up by category', () => {
		const paper = dailyReport({ ...nothing, daily: report }, names);
		expect(rowsOf(paper)).toEqual([['A', '90', 'BX1', ''], ['C', '30', 'BX1', '']]);
		expect(totalOf(paper).slice(0, 3)).toEqual(['合计', '120', 'A 90　B 0　C 30　D 0']);
	});

	it('T-002: a week has seven days up to its last one, in minutes; drafts do not count', () => {
		const days = ['2025-06-07', '2025-06-08', '2025-06-09', '2025-06-10', '2025-06-11', '2025-06-12', '2025-06-13'];
		const week = weeklyReport({ ...nothing, week: { technician: 'J01', days, reports: [report, { ...report, day: '2025-06-11' }, { ...report, day: '2025-06-12', state: 'Draft' }] } }, names);
		expect(rowsOf(week).map(([weekday]) => weekday)).toEqual(['周六', '周日', '周一', '周二', '周三', '周四', '周五']);
		expect(rowsOf(week)[4]).toEqual(['周三', '2025-06-11', '90', '0', '30', '0', '120']);
		expect(rowsOf(week)[5]).toEqual(['周四', '2025-06-12']);
		expect(totalOf(week)).toEqual(['合计', '', '180', '0', '60', '0', '240']);
		expect(valueOf(week, '本周说明')).toContain('06-09 A 90 分 BX1');
	});

	it('T-003: a team has a row a technician and names who is missing or not reviewed', () => {
		const people = [{ technician: 'J01', name: '李师傅', ...totals }, { technician: 'Z01', name: '王主任', ...totals, minutesA: 10, total: 40 }];
		const director = { director: 'Z01', day: '2025-06-09', unit: null, people, ...totals, missing: [{ technician: 'J02', name: '赵师傅', why: 'missing' }, { technician: 'J03', name: '孙师傅', why: 'unreviewed' }], sentAt: null, createdAt: at('2025-06-10 08:00'), stampedBy: null, stampedAt: null } as unknown as DirectorReport;
		const paper = directorReport({ ...nothing, director }, names);
		expect(rowsOf(paper)).toEqual([['李师傅', '90', '0', '30', '0', '120'], ['王主任', '10', '0', '30', '0', '40']]);
		expect(valueOf(paper, '缺报人员')).toBe('赵师傅、孙师傅（未核阅）');
	});

	it('T-005: the week of a team adds up what was handed in, with the calls of each', () => {
		const days = ['2025-06-09', '2025-06-10'];
		const week = teamWeek(days, [{ no: 'J01', name: '李师傅' }], [report, { ...report, day: '2025-06-10', state: 'Returned' }, { ...report, day: '2025-06-20' }], [{ technician: 'J01' }, { technician: null }]);
		expect(rowsOf(repairTable([week]))).toEqual([['李师傅', '1', '90', '0', '30', '0', '120']]);
		expect(valueOf(repairTable([week]), '报修件数')).toBe('2（未派工 1）');
	});
});

describe('the standard form', () => {
	const label = (zh: string) => ({ en: 'x', zh });
	const declaration = {
		form: 'M-999',
		label: label('单据'),
		fields: {
			who: ref('person', label('技术员')),
			kind: choice(label('类别'), { a: '甲', b: '乙' }),
			ok: flag(label('合格')),
			amount: fen(label('金额')),
			at: instant(label('时间')),
			dueAt: instant(label('期限')),
			on: optional(day(label('日期'))),
			role: text(label('承办')),
			what: text(label('说明'), { long: true }),
			parts: lines({ item: ref('item', label('配件')), quantity: integer(label('数量')), used: flag(label('已用')) }, label('零件')),
			signedBy: optional(text(label('客户签字'))),
		},
	};
	const row = { who: 'J01', kind: 'b', ok: false, amount: 123456, at: at('2025-06-09 10:00'), dueAt: at('2025-06-10 00:00'), on: null, role: 'gm_office', what: '换件', parts: [{ item: 'P001', quantity: 2, used: true }], signedBy: '王' };

	it('M-101: any document prints its fields in order, read as people write them', () => {
		const paper = paperOf(declaration, row, names);
		expect(labelsOf(paper)).toEqual(['技术员', '类别', '合格', '金额', '时间', '期限', '日期', '承办', '说明', '配件', '数量', '已用', '经办', '核准', '客户签字']);
		const values = ['技术员', '类别', '合格', '金额', '时间', '期限', '日期', '承办', '说明', '客户签字'].map((each) => valueOf(paper, each));
		expect(values).toEqual(['J01 李师傅', '☐ 甲　☑ 乙', '☐ 是　☑ 否', '1,234.56 元', '2025-06-09 10:00', '2025-06-09 24:00', '', '总经理室生产管理组', '换件', '王']);
		expect(rowsOf(paper)).toEqual([['P001 压缩机', '2', '☑']]);
	});

	it('without a row has nothing filled in and room to write', () => {
		const paper = paperOf(declaration, null, names);
		expect(valueOf(paper, '类别')).toBe('☐ 甲　☐ 乙');
		expect(valueOf(paper, '金额')).toBe('');
		expect(paper.blocks.find(({ kind }) => kind === 'table')).toMatchObject({ rows: [], minimum: 8 });
	});
});
