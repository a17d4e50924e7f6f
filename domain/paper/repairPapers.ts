import type { RepairCard } from '../repair/repairCard';
import { serviceTypes } from '../service/proposeServiceType';
import { box, column, heading, note, pair, pairs, signatures, table, tear, third, ticks, whole, yesNo, type Block, type Layout } from './paperModel';
import { addressOf, customerName, lastCard, lastVisit, phoneOf, type ServiceCase } from './serviceCase';
import { amountText } from './servicePapers';
import type { Shown } from './shown';
import { partsText } from './voucherPaper';

const GOODS_ROWS = 4;

/** M-003: the customer keeps the upper part and collects against it; the stub stays. */
export function goodsReceiptPaper(data: ServiceCase, shown: Shown): Layout {
	const { receipt } = data;
	const isVoid = receipt?.state === 'Voided';
	return {
		title: '客户商品领取收据',
		mark: '服表003',
		blocks: [
			note('凭此收据领取商品。请妥善保管，领取商品时交回；遗失请立即与我们联系。'),
			pairs(pair('客户', customerName(data)), pair('电话', phoneOf(data))),
			goodsTable(data),
			pairs(pair('开立人', shown.name('person', receipt?.createdBy)), pair('开立日期', shown.day(receipt?.createdAt))),
			signatures({ label: '开立人签字' }, { label: '客户签字' }),
			tear('✂ ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 由此撕开，上联交客户，下联存根 ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄'),
			heading('客户商品领取收据（存根）'),
			pairs(pair('编号', receipt?.no), pair('叫修编号', receipt?.call ?? ''), pair('客户', customerName(data)), pair('开立日期', shown.day(receipt?.createdAt))),
			goodsTable(data),
			pairs(pair('收回日期', shown.day(receipt?.retrievedAt)), pair('作废', receipt === null ? yesNo(null) : yesNo(isVoid)), whole('作废原因')),
			signatures({ label: '领取人签字' }, { label: '业务员' }),
		],
	};
}

const goodsTable = ({ receipt }: ServiceCase): Block =>
	table(
		[column('商品/型号', 3), column('序列号', 3), column('数量', 1, 'center'), column('随附配件', 2.5), column('外观', 2.5)],
		(receipt?.goods ?? []).map(({ model, serial, quantity, accessories, condition }) => [model, serial ?? '', String(quantity), accessories ?? '', condition ?? '']),
		GOODS_ROWS,
	);

const PART_ROWS = 5;

/** M-005: hangs on the item, so its number and code are large. @rule R-004 — printed with number and QR code */
export function repairCardPaper(data: ServiceCase, shown: Shown): Layout {
	const card = lastCard(data);
	return {
		title: '修护卡',
		mark: '服表005',
		blocks: [
			{ kind: 'tag', text: [card?.no ?? '', data.asset?.model ?? '', card?.asset ?? '', customerName(data)].filter((line) => line !== '').join('\n') },
			pairs(whole('商品', [data.asset?.model, card?.asset].filter((part) => part).join('　')), pair('客户', customerName(data)), pair('叫修编号', card?.call)),
			box('故障', card?.fault ?? '', 3),
			pairs(
				pair('技术员', shown.name('person', card?.technician)),
				pair('原定修妥时间', shown.time(card?.plannedFinish)),
				pair('实际修护使用时间(分)', card?.actualMinutes?.toString(), 6, 3),
				pair('协助请求', shown.time(card?.helpAskedAt)),
			),
			table(
				[column('配换零件', 5), column('配件编码', 3), column('批次', 2.5), column('数量', 1.5, 'center')],
				(card?.parts ?? []).map(({ item, quantity }) => [shown.name('item', item), item, '', String(quantity)]),
				PART_ROWS,
			),
			box('读数', '', 2),
			pairs(whole('不合格原因', card?.failReason ?? '')),
			signatures(inspection(card, shown), { label: '客户签收', name: card?.signedBy ?? '', day: shown.day(card?.returnedAt) }),
		],
	};
}

const inspection = (card: RepairCard | null, shown: Shown) => ({ label: '验讫', name: shown.name('person', card?.inspector), day: shown.day(card?.inspectedAt) });

const REPLACED_ROWS = 8;

/** M-060: the second copy goes with the old parts. */
export function repairRecord(data: ServiceCase, shown: Shown): Layout {
	const card = lastCard(data);
	const visit = lastVisit(data);
	return {
		title: '产品维修记录单',
		mark: 'M-060',
		copies: ['存根联', '配件联'],
		blocks: [
			pairs(
				pair('客户', customerName(data)),
				pair('电话', phoneOf(data)),
				whole('地址', addressOf(data)),
				pair('产品', data.asset?.model ?? data.call?.model ?? ''),
				pair('序列号', data.asset?.no ?? data.call?.asset ?? ''),
				pair('购买日期', data.asset?.purchaseDay ?? ''),
				pair('保修截止', data.asset?.warrantyEnd ?? ''),
			),
			box('故障', visit?.problem ?? card?.fault ?? data.call?.symptom ?? '', 5),
			table(
				[column('更换件', 5), column('配件编码', 3), column('数量', 1.5, 'center'), column('备注', 2.5)],
				(card?.parts ?? []).map(({ item, quantity }) => [shown.name('item', item), item, String(quantity), '']),
				REPLACED_ROWS,
			),
			box('处理', visit?.solution ?? '', 4),
			signatures({ label: '维修员', name: shown.name('person', card?.technician ?? visit?.technician) }, { label: '客户签字', name: card?.signedBy ?? visit?.signedBy ?? '', day: shown.day(card?.returnedAt) }),
		],
	};
}

/** M-066: what was wrong with the device and how it tested afterwards. */
export function repairReport(data: ServiceCase, shown: Shown): Layout {
	const card = lastCard(data);
	const { call } = data;
	const charges = data.charges.reduce((sum, { amount }) => sum + amount, 0);
	return {
		title: '维修报告',
		mark: 'M-066',
		blocks: [
			pairs(whole('设备', [data.asset?.model, data.asset?.no].filter((part) => part).join('　')), pair('客户', customerName(data)), pair('叫修编号', call?.no)),
			box('故障', card?.fault ?? call?.symptom ?? '', 4),
			box('原因', '', 4),
			box('处理', lastVisit(data)?.solution ?? '', 6),
			box('更换件', partsText(card, shown), 4),
			box('测试结果', card?.inspectedAt ? `验讫 ${shown.time(card.inspectedAt)}` : '', 4),
			pairs(whole('保内/保外', ticks(['保内', '保外'], call === null ? null : call.type === 'C' ? '保内' : '保外')), third('服务类别', call === null ? '' : serviceTypes[call.type]), third('用时(分)', card?.actualMinutes?.toString()), third('费用', call === null ? '' : amountText(charges, shown))),
			signatures({ label: '维修员', name: shown.name('person', card?.technician) }, inspection(card, shown)),
		],
	};
}
