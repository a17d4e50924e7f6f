import { nothing, type ServiceCase } from '../../domain/paper/serviceCase';
import { shown } from '../../domain/paper/shown';
import { at } from './calendars';

const stamp = { version: 1, createdAt: at('2025-06-06 15:00'), createdBy: 'Y01', updatedAt: at('2025-06-06 15:00') };

export const names = shown('Asia/Shanghai', new Map([['person:J01', '李师傅'], ['person:Z01', '王主任'], ['item:P001', '压缩机']]));

/** A finished warranty job with a visit, a paid charge, a card and a voucher; only what forms read. */
export const job = (changes: Partial<Record<'type' | 'result' | 'satisfaction' | 'reason', string>> = {}): ServiceCase =>
	({
		...nothing,
		call: { ...stamp, no: 'BX202506-0001', state: 'AwaitCancel', customer: 'C001', customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', asset: 'SN100', symptom: '不制冷', siteSituation: null, calledAt: at('2025-06-06 15:00'), attribute: null, result: changes.result ?? 'done', solution: null, content: null, type: changes.type ?? 'C', technician: 'J01', assignedBy: 'Z01', note: null, dueAt: at('2025-06-09 12:00'), signedBy: null },
		visits: [{ ...stamp, no: 'FW202506-0001', call: 'BX202506-0001', technician: 'J01', arrivedAt: at('2025-06-09 10:00'), leftAt: at('2025-06-09 11:30'), contact: '周店长', problem: '漏冷媒', actualFault: null, analysis: '焊口开裂', solution: '补焊', parts: null, openReason: changes.result === 'not_done' ? 'return_repair' : null, remark: null, accepted: true, handedOver: 'yes', suggestion: '来得再快些', surveyRefused: null, result: changes.result ?? 'done', satisfaction: changes.satisfaction ?? 'satisfied', reason: changes.reason ?? null, signedBy: '王小姐' }],
		charges: [{ ...stamp, no: 'SF202506-0001', call: 'BX202506-0001', amount: 18050, invoiceNo: 'FP-1' }],
		cards: [{ ...stamp, no: 'XH-BX202506-0001', state: 'ReadyToReturn', call: 'BX202506-0001', asset: 'SN100', fault: '卡死', technician: 'J01', plannedFinish: at('2025-06-11 12:00'), actualMinutes: 90, readings: [{ name: '压力', value: '0.45', unit: 'MPa' }], progress: [{ at: at('2025-06-09 14:00'), by: 'J01', note: '已拆机' }], faultFound: '转子卡死', cause: '缺油', workDone: '换压缩机', testResult: '制冷正常', reportedAt: at('2025-06-10 11:00'), parts: [{ item: 'P001', quantity: 2 }], inspector: 'Z01', inspectedAt: at('2025-06-10 10:00'), helpAskedAt: null, failReason: null, signedBy: null, returnedAt: null }],
		asset: { ...stamp, no: 'SN100', customer: 'C001', model: 'KF-26', purchaseDay: '2024-07-01', warrantyEnd: '2025-06-30' },
		contracts: [{ ...stamp, no: 'HT01', customer: 'C001', asset: 'SN100', contractKind: 'per_visit', startDay: '2025-01-01', endDay: '2025-12-31' }],
		voucher: { ...stamp, no: 'PZ-SN100', asset: 'SN100', customer: 'C001', state: 'WithReceptionist', history: [{ at: at('2025-06-09 10:00'), call: 'BX202506-0001', type: 'C', work: '补焊', technician: 'J01', minutes: 90, amount: 18050, signedBy: '王小姐' }] },
		receipt: { ...stamp, no: 'SJ202506-0001', createdBy: 'J01', state: 'Issued', call: 'BX202506-0001', goods: [{ model: 'KF-26', serial: 'SN100', quantity: 1, accessories: '遥控器', condition: null }], retrievedAt: null },
	}) as unknown as ServiceCase;
