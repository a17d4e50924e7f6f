import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { all, find, type Given } from '../document/facts';
import { choice, day, flag, month, optional, ref, text, type Day, type RowOf } from '../document/fields';
import { person, project } from '../master/records';
import type { Member } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';

const group = ['technician', 'as_engineer', 'group_leader'] as const;
const because = { reason: text({ en: 'Reason', zh: '原因' }) };
const site = ref('project', { en: 'System', zh: '系统' });

function refuseFuture(on: Day, today: Day, rule: string): void {
	if (on > today) throw new RuleViolation('CONDITION_NOT_MET', `日期 ${on} 在将来`, '请核对日期', rule);
}

const backup = {
	project: site,
	backedUpBy: choice({ en: 'Backed Up By', zh: '备份方' }, { customer: '客户', company: '我方' }),
	frequency: text({ en: 'Frequency', zh: '频率' }),
	lastOkDay: day({ en: 'Last Success', zh: '最近成功' }),
	oldestDay: day({ en: 'Oldest Restorable Point', zh: '最早可恢复' }),
};
const backupDraft = defineDocument({
	kind: 'backup_entry',
	form: 'M-096',
	label: { en: 'Backup register', zh: '系统和数据备份' },
	// One a system.
	number: ({ project: no }) => `BF-${String(no)}`,
	title: ['project', 'lastOkDay'],
	fields: { ...backup, keeper: ref('person', { en: 'Kept by', zh: '登记人' }), reason: optional(because.reason) },
	states: { Kept: '备份中', Ended: '已停止' },
	indexes: [['state']],
});
export type BackupEntry = DocumentOf<typeof backupDraft.shape>;

/** @rule C-033 — who backs up, how often, the last success and how far back one can restore */
function recordBackup(_entry: unknown, input: RowOf<typeof backup>, { known, actor, today }: Given & { known: unknown }): Change<typeof backupDraft.shape> {
	if (known === null) throw new RuleViolation('NOT_FOUND', `没有工程编号“${input.project}”`, '请核对系统', 'C-033');
	refuseFuture(input.lastOkDay, today, 'C-033');
	if (input.oldestDay > input.lastOkDay) throw new RuleViolation('FIELD_INVALID', `最早可恢复 ${input.oldestDay} 晚于最近成功 ${input.lastOkDay}`, '请核对日期', 'C-033');
	return { set: { ...input, keeper: actor.code } };
}

export const backupEntry = backupDraft.events({
	record: backupDraft.event({ label: { en: 'Record', zh: '登记备份' }, from: ['new', 'Kept', 'Ended'], to: ['Kept'], by: group, input: backup, facts: (input) => ({ known: find(project, 'no', input.project) }) }).decidedBy(recordBackup),
	end: backupDraft.event({ label: { en: 'End', zh: '停止备份登记' }, from: ['Kept'], to: ['Ended'], by: ['group_leader'], input: because }).decidedBy((_entry, { reason }) => ({ set: { reason } })),
});

const account = {
	project: site,
	target: choice({ en: 'Account Of', zh: '账号类别' }, { database: '数据库', server: '服务器', application: '应用系统' }),
	account: text({ en: 'Account', zh: '账号' }),
	keeper: ref('person', { en: 'Kept By', zh: '保管人' }),
	place: text({ en: 'Where the Secret Is', zh: '密码存放处' }, { help: '只写存放处，不写密码' }),
	changedDay: day({ en: 'Last Change', zh: '最近修改' }),
};
const accountDraft = defineDocument({
	kind: 'account_entry',
	form: 'M-095',
	label: { en: 'Account register', zh: '账号及密码存档' },
	// One an account.
	number: ({ project: no, target, account: name }) => `ZM-${String(no)}-${String(target)}-${String(name)}`,
	title: ['project', 'target', 'account'],
	fields: { ...account, reason: optional(because.reason) },
	states: { Kept: '在用', Closed: '已停用' },
	indexes: [['project'], ['state']],
});

/** @rule C-030 — where the secret is, who keeps it and when it was changed; never the password itself */
function keepAccount(_entry: unknown, input: RowOf<typeof account>, { known, people, today }: Given & { known: unknown; people: readonly Member[] }): Change<typeof accountDraft.shape> {
	if (known === null) throw new RuleViolation('NOT_FOUND', `没有工程编号“${input.project}”`, '请核对系统', 'C-030');
	if (!people.some(({ no, active }) => active && no === input.keeper)) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.keeper}”的在职人员`, '请核对保管人', 'C-030');
	refuseFuture(input.changedDay, today, 'C-030');
	return { set: input };
}

export const accountEntry = accountDraft.events({
	keep: accountDraft.event({ label: { en: 'Register', zh: '账号存档' }, from: ['new', 'Kept', 'Closed'], to: ['Kept'], by: ['as_engineer', 'group_leader'], input: account, facts: (input) => ({ known: find(project, 'no', input.project), people: all(person) }) }).decidedBy(keepAccount),
	close: accountDraft.event({ label: { en: 'Close', zh: '停用账号' }, from: ['Kept'], to: ['Closed'], by: ['as_engineer', 'group_leader'], input: because }).decidedBy((_entry, { reason }) => ({ set: { reason } })),
});

const manual = {
	product: text({ en: 'Product', zh: '产品' }),
	month: optional(month({ en: 'Month', zh: '月份（空白为本月）' })),
	noChange: optional(flag({ en: 'No Change', zh: '本月没有更新' })),
	edition: optional(text({ en: 'Version', zh: '版本' })),
	problem: optional(text({ en: 'New Problem', zh: '新问题' }, { long: true })),
	solution: optional(text({ en: 'Solution', zh: '解决方法' }, { long: true })),
};
const manualDraft = defineDocument({
	kind: 'service_manual',
	form: 'M-020',
	label: { en: 'Service manual', zh: '售后服务手册' },
	number: { prefix: 'SC', period: 'year', digits: 4 },
	title: ['product', 'month', 'edition'],
	fields: { ...manual, month: month({ en: 'Month', zh: '月份' }), uploadedDay: day({ en: 'Uploaded', zh: '上传日期' }), uploadedBy: ref('person', { en: 'Uploaded by', zh: '上传人' }), reason: optional(because.reason) },
	states: { Uploaded: '已上传', Void: '已作废' },
	indexes: [['month']],
});
export type ServiceManual = DocumentOf<typeof manualDraft.shape>;

/** @rule C-022 — new problems with their solution and a version, or the word that nothing changed */
function uploadManual(_manual: unknown, input: RowOf<typeof manual>, { actor, today }: Given): Change<typeof manualDraft.shape> {
	const isWhole = input.edition !== null && input.problem !== null && input.solution !== null;
	if (input.noChange !== true && !isWhole) throw new RuleViolation('FIELD_MISSING', '缺少版本、新问题或解决方法', '请补齐；本月没有更新的请勾选“本月没有更新”', 'C-022');
	const wanted = input.month ?? monthOf(today);
	if (wanted > monthOf(today)) throw new RuleViolation('CONDITION_NOT_MET', `${wanted} 还没有到`, '请核对月份', 'C-022');
	return { set: { ...input, month: wanted, uploadedDay: today, uploadedBy: actor.code } };
}

export const serviceManual = manualDraft.events({
	upload: manualDraft.event({ label: { en: 'Upload', zh: '上传服务手册' }, from: ['new'], to: ['Uploaded'], by: group, input: manual }).decidedBy(uploadManual),
	void: manualDraft.event({ label: { en: 'Void', zh: '作废服务手册登记' }, from: ['Uploaded'], to: ['Void'], by: ['group_leader'], input: because }).decidedBy((_manual, { reason }) => ({ set: { reason } })),
});
