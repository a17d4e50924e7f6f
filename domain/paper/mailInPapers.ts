import { applicantKinds, causes, covers, type Rma } from '../repair/rmaPaper';
import { box, column, heading, linesOf, note, pair, pairs, signatures, table, third, ticks, whole, type Layout } from './paperModel';
import { known, type ServiceCase } from './serviceCase';
import type { Shown } from './shown';
import { partsText } from './voucherPaper';

const FEE_ROWS = 4;

/** M-073: the applicant's part above, the service centre's below. @rule R-101 */
export function mailInApplication(data: ServiceCase, shown: Shown): Layout {
	const paper: Partial<Rma> = known(data.rma);
	const fee = (paper.feeLines ?? []).map(({ item, quantity, price }) => [item, String(quantity), `${shown.yuan(price * quantity)} 元`]);
	return {
		title: '维护返修申请表',
		mark: 'M-073',
		blocks: [
			heading('用户填写项'),
			pairs(
				pair('申请单位', paper.applicant), pair('类别', ticks(applicantKinds, paper.applicantKind)),
				pair('设备型号', paper.model), pair('序列号', paper.serial),
				pair('购买日期', paper.purchaseDay), pair('保内/保外', ticks(covers, paper.tick)),
			),
			box('故障现象', paper.fault, 4),
			pairs(whole('邮寄地址', paper.address), pair('收件人', paper.receiver), pair('电话', paper.phone), pair('邮箱', paper.mail), pair('申请时间', shown.time(paper.appliedAt))),
			box('特殊要求', paper.special, 2),
			pairs(whole('随附配件', linesOf(paper.accessories))),
			note('购买一年内勾保内，一年以上勾保外，不清楚不勾。资料不全或未填表寄来的，不计维修期限。收到维修编号后再用快递寄出，箱外写明维修编号。'),
			heading('售后服务中心'),
			pairs(pair('维修编号', paper.repairNo), pair('答复时间', shown.time(paper.repliedAt)), whole('处理意见', paper.opinion), whole('寄往', paper.sentTo)),
			pairs(pair('收到时间', paper.receivedDay), pair('维修期限', shown.limit(paper.dueAt)), whole('箱内配件', paper.arrivedWith), pair('故障责任', ticks(causes, paper.cause)), pair('核定', ticks(covers, paper.cover))),
			table([column('费用项目', 7), column('数量', 2, 'center'), column('金额', 3, 'right')], fee, FEE_ROWS),
			pairs(pair('承运', paper.carrier), pair('快递单号', paper.tracking)),
			signatures({ label: '售后服务经理' }, { label: '维修员', name: shown.name('person', paper.technician), day: shown.day(paper.finishedAt) }),
		],
	};
}

/** M-066 of a device that came by courier: it goes back with it. @rule R-116 */
export function mailInReport(paper: Rma, shown: Shown): Layout {
	return {
		title: '维修报告',
		mark: 'M-066',
		blocks: [
			pairs(whole('设备', linesOf([paper.model, paper.serial].filter((part) => part !== null).join('　'))), pair('客户', paper.applicant), pair('维修编号', paper.repairNo)),
			box('故障', paper.faultFound ?? paper.fault, 4),
			box('原因', paper.causeText, 4),
			box('处理', paper.workDone, 6),
			box('更换件', partsText(paper, shown), 4),
			box('测试结果', paper.testResult, 4),
			pairs(whole('保内/保外', ticks(covers, paper.cover)), third('故障责任', paper.cause === null ? '' : causes[paper.cause]), third('用时(分)', paper.actualMinutes?.toString()), third('费用', paper.fee === null ? '' : `${shown.yuan(paper.fee)} 元`)),
			signatures({ label: '维修员', name: shown.name('person', paper.technician), day: shown.day(paper.finishedAt) }, { label: '售后服务中心' }),
		],
	};
}
