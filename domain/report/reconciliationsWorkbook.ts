import type { Month } from '../document/fields';
import { reconciliation, type Reconciliation } from '../parts/reconciliation';
import { localLimit } from '../shared/zonedTime';
import type { WorkbookModel } from './workbookModel';

type OfOutlet = { readonly outlet: string; readonly name: string; readonly statement: Reconciliation | null };

/** Where the month's statements stand, all outlets on a page. @rule P-041 */
export const reconciliationsWorkbook = (outlets: readonly OfOutlet[], month: Month, zone: string): WorkbookModel => ({
	properties: { title: `网点对帐一览 ${month}` },
	sheets: [
		{
			name: '对帐一览',
			title: `网点对帐一览 ${month}`,
			landscape: true,
			columns: [
				{ header: '网点', key: 'outlet', type: 'text', width: 10 }, { header: '名称', key: 'name', type: 'text', width: 20 }, { header: '状态', key: 'state', type: 'text', width: 12 },
				{ header: '申报', key: 'stated', type: 'integer', total: 'sum' }, { header: '实收', key: 'returned', type: 'integer', total: 'sum' }, { header: '核销', key: 'credited', type: 'integer', total: 'sum' }, { header: '没收', key: 'confiscated', type: 'integer', total: 'sum' },
				{ header: '待检', key: 'pending', type: 'integer', total: 'sum' }, { header: '核销金额', key: 'creditAmount', type: 'yuan', total: 'sum', width: 13 }, { header: '拟罚金额', key: 'fineAmount', type: 'yuan', total: 'sum', width: 12 },
				{ header: '答复期限', key: 'due', type: 'text', width: 18 }, { header: '网点答复', key: 'answer', type: 'text', width: 30 },
			],
			rows: outlets.map(({ outlet, name, statement }) =>
				statement === null
					? { outlet, name, state: '未制作' }
					: { outlet, name, state: reconciliation.states[statement.state], stated: statement.stated, returned: statement.returned, credited: statement.credited, confiscated: statement.confiscated, pending: statement.pending, creditAmount: statement.creditAmount, fineAmount: statement.fineAmount, due: statement.replyDueAt === null ? '' : localLimit(statement.replyDueAt, zone), answer: statement.answer }),
			emptyText: '该月没有网点上报',
		},
	],
});
