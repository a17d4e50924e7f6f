import type { RepairCard } from '../repair/repairCard';
import { serviceTypes } from '../service/proposeServiceType';
import { mailInReport } from './mailInPapers';
import { box, column, heading, linesOf, note, pair, pairs, signatures, table, tear, third, ticks, whole, WIDE_SPACE, yesNo, type Block, type Layout } from './paperModel';
import { addressOf, charged, customerName, lastCard, lastVisit, modelOf, phoneOf, serialOf, type ServiceCase } from './serviceCase';
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

/** What a card says, as texts; all empty without one. */
function cardTexts(card: RepairCard | null, shown: Shown) {
	if (card === null) return { no: '', asset: '', call: '', fault: '', technician: '', planned: '', minutes: '', help: '', failReason: '', signedBy: '', returned: '', tested: '', readings: '', progress: '', parts: [] };
	return {
		no: card.no,
		asset: card.asset,
		call: card.call,
		fault: card.fault,
		technician: shown.name('person', card.technician),
		planned: shown.time(card.plannedFinish),
		minutes: card.actualMinutes?.toString() ?? '',
		help: shown.time(card.helpAskedAt),
		failReason: card.failReason ?? '',
		signedBy: card.signedBy ?? '',
		returned: shown.day(card.returnedAt),
		tested: linesOf(card.testResult, card.inspectedAt === null ? null : `验讫 ${shown.time(card.inspectedAt)}`),
		readings: (card.readings ?? []).map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(WIDE_SPACE),
		progress: (card.progress ?? []).map(({ at, by, note: text }) => `${shown.time(at)} ${shown.name('person', by)}：${text}`).join('\n'),
		parts: replaced(card, shown),
	};
}

const replaced = (paper: Pick<RepairCard, 'parts'> | null, shown: Shown) => (paper?.parts ?? []).map(({ item, quantity }) => ({ item, name: shown.name('item', item), quantity: String(quantity) }));

const inspection = (card: RepairCard | null, shown: Shown) => ({ label: '验讫', name: shown.name('person', card?.inspector), day: shown.day(card?.inspectedAt) });

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(WIDE_SPACE);

const PART_ROWS = 5;

/** M-005: hangs on the item, so its number and code are large. @rule R-004 — printed with number and QR code */
export function repairCardPaper(data: ServiceCase, shown: Shown): Layout {
	const card = cardTexts(lastCard(data), shown);
	const model = modelOf(data);
	return {
		title: '修护卡',
		mark: '服表005',
		blocks: [
			{ kind: 'tag', text: [card.no, model, card.asset, customerName(data)].filter((line) => line !== '').join('\n') },
			pairs(whole('商品', joined(model, card.asset)), pair('客户', customerName(data)), pair('叫修编号', card.call)),
			box('故障', card.fault, 3),
			pairs(pair('技术员', card.technician), pair('原定修妥时间', card.planned), pair('实际修护使用时间(分)', card.minutes, 6, 3), pair('协助请求', card.help)),
			table(
				[column('配换零件', 5), column('配件编码', 3), column('批次', 2.5), column('数量', 1.5, 'center')],
				card.parts.map(({ name, item, quantity }) => [name, item, '', quantity]),
				PART_ROWS,
			),
			box('读数', card.readings, 2),
			box('维修进度', card.progress, 3),
			pairs(whole('不合格原因', card.failReason)),
			signatures(inspection(lastCard(data), shown), { label: '客户签收', name: card.signedBy, day: card.returned }),
		],
	};
}

const REPLACED_ROWS = 8;

/** M-060: the second copy goes with the old parts. */
export function repairRecord(data: ServiceCase, shown: Shown): Layout {
	const card = cardTexts(lastCard(data), shown);
	return {
		title: '产品维修记录单',
		mark: 'M-060',
		copies: ['存根联', '配件联'],
		blocks: [
			pairs(
				pair('客户', customerName(data)),
				pair('电话', phoneOf(data)),
				whole('地址', addressOf(data)),
				pair('产品', modelOf(data)),
				pair('序列号', serialOf(data)),
				pair('购买日期', data.asset?.purchaseDay ?? ''),
				pair('保修截止', data.asset?.warrantyEnd ?? ''),
			),
			box('故障', faultOf(data), 5),
			table(
				[column('更换件', 5), column('配件编码', 3), column('数量', 1.5, 'center'), column('备注', 2.5)],
				[...replaced(lastVisit(data), shown), ...card.parts].map(({ name, item, quantity }) => [name, item, quantity, '']),
				REPLACED_ROWS,
			),
			box('处理', workDone(data), 4),
			signatures({ label: '维修员', name: card.technician || shown.name('person', lastVisit(data)?.technician) }, { label: '客户签字', name: card.signedBy || (lastVisit(data)?.signedBy ?? ''), day: card.returned }),
		],
	};
}

/** As found, else as reported. */
const faultOf = (data: ServiceCase): string => lastCard(data)?.faultFound ?? lastVisit(data)?.problem ?? lastCard(data)?.fault ?? data.call?.symptom ?? '';

const workDone = (data: ServiceCase): string => lastCard(data)?.workDone ?? lastVisit(data)?.solution ?? '';

/** M-066: what was wrong with the device and how it tested afterwards. @rule V-080 */
export function repairReport(data: ServiceCase, shown: Shown): Layout {
	if (data.rma !== null) return mailInReport(data.rma, shown);
	const card = cardTexts(lastCard(data), shown);
	const { call } = data;
	const [type, cover] = call === null ? ['', null] : [serviceTypes[call.type], call.type === 'C' ? '保内' : '保外'];
	return {
		title: '维修报告',
		mark: 'M-066',
		blocks: [
			pairs(whole('设备', joined(modelOf(data), serialOf(data))), pair('客户', customerName(data)), pair('叫修编号', call?.no)),
			box('故障', lastCard(data)?.faultFound ?? card.fault, 4),
			box('原因', lastCard(data)?.cause, 4),
			box('处理', workDone(data), 6),
			box('更换件', partsText(lastCard(data), shown), 4),
			box('测试结果', card.tested, 4),
			pairs(whole('保内/保外', ticks(['保内', '保外'], cover)), third('服务类别', type), third('用时(分)', card.minutes), third('费用', amountText(charged(data), shown))),
			signatures({ label: '维修员', name: card.technician, day: shown.day(lastCard(data)?.reportedAt) }, inspection(lastCard(data), shown)),
		],
	};
}
