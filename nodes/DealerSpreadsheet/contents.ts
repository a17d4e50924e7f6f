import type { IExecuteFunctions } from 'n8n-workflow';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { dayOf, monthOf, readMonth } from '../../domain/shared/zonedTime';
import { companyZone } from '../../engine/engine';
import { withCompanySynonyms } from '../../engine/importSynonyms';
import { dealerMonth, masterData, qaResults, type ImportTarget } from '../../engine/importTargets';
import type { Row, Store } from '../../engine/store';

/** What the node was told about a file: which tables it should hold, whose they are, and of which month. */
export type Expected = { readonly content: string; readonly targets: readonly ImportTarget[]; readonly outlet: Row | undefined; readonly month: string | null };

/** @throws RuleViolation for an unknown outlet or month */
export async function expectedIn(context: IExecuteFunctions, store: Store, item: number): Promise<Expected> {
	const content = context.getNodeParameter('content', item) as string;
	const withSynonyms = async (targets: ImportTarget[]) => await withCompanySynonyms(store, targets);
	if (content === 'masterData') return { content, targets: await withSynonyms(masterData()), outlet: undefined, month: null };
	const code = String(context.getNodeParameter('outlet', item, '', { extractValue: true })).normalize('NFKC').trim();
	const entered = String(context.getNodeParameter('month', item));
	const month = readMonth(entered);
	if (month === null) throw new RuleViolation('FIELD_INVALID', `月份“${entered}”无法识别`, '请按 2025-05 的格式填写');
	if (month > monthOf(dayOf(new Date().toISOString(), await companyZone(store)))) throw new RuleViolation('FIELD_INVALID', `月份 ${month} 还没有到`, '请核对月份');
	const found = await store.load('outlet', 'no', [code, code.toUpperCase()]);
	const outlet = found.find(({ no }) => no === code) ?? found[0];
	if (outlet === undefined) throw new RuleViolation('NOT_FOUND', `没有编码为“${code}”的服务网点`, '请核对网点编码（在网点协议或对帐单上），或联系售后部登记');
	const no = String(outlet['no']);
	return { content, targets: await withSynonyms(content === 'qaResults' ? qaResults(no, month) : dealerMonth(no, month)), outlet, month };
}
