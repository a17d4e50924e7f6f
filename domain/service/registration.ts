import { choice, day, flag, instant, optional, ref, text } from '../document/fields';
import { zones } from '../master/records';

/** @rule V-015 — every way a call can come in */
export const channels = { phone: '来电', letter: '来函', visit: '来人', mail: '邮件', web: '网上报修', outlet: '网点' } as const;

/** @rule V-003 — the four ticks on the repair service slip */
export const attributes = { in_warranty: '保内客户', annual_contract: '按年合同客户', per_visit_contract: '按次合同客户', contact_letter: '《联络函》服务客户' } as const;

/** @rule V-051 */
export const jobKinds = { repair: '维修', installation: '安装', commissioning: '调试', training: '培训', upgrade: '升级', inspection: '巡检' } as const;

/** @rule V-072 — the customer asked, or we came by ourselves */
export const initiatives = { passive: '被动服务', active: '主动服务' } as const;

/** @rule V-017 */
export const levels = { center: '服务中心', region: '区域', hq: '总部' } as const;

export const phone = text({ en: 'Phone', zh: '电话' }, { compact: true, synonyms: ['联系电话', '手机'] });
export const zone = choice({ en: 'Zone', zh: '区域' }, zones, { help: '空白按市区计算时限' });
export const symptom = text({ en: 'Symptom', zh: '故障表现' }, { long: true });
export const appointment = {
	appointFrom: optional(instant({ en: 'Appointment From', zh: '预约上门起' })),
	appointTo: optional(instant({ en: 'Appointment To', zh: '预约上门止' })),
};
/** What may be asked at once or added later. @rule V-011 — symptom, cause and purchase date are asked, not demanded */
export const details = {
	symptom: optional(symptom),
	faultCause: optional(text({ en: 'Fault Cause', zh: '故障原因' })),
	faultCode: optional(text({ en: 'Fault Code', zh: '故障代码' }, { compact: true })),
	purchaseDay: optional(day({ en: 'Purchase Date', zh: '购买日期' })),
};

/** What the receptionist asks, or the web form. */
export const registration = {
	customerName: text({ en: 'Customer Name', zh: '客户名称' }),
	phone,
	address: text({ en: 'Address', zh: '地址' }),
	zone: optional(zone),
	model: optional(text({ en: 'Model', zh: '商品型号' })),
	siteSituation: optional(text({ en: 'Site Situation', zh: '现场情况' }, { long: true, help: '工程项目填写' })),
	serial: optional(text({ en: 'Serial No', zh: '序列号' }, { compact: true, help: '机身铭牌上的编号，没有可不填' })),
	...details,
	attribute: optional(choice({ en: 'Customer Attribute', zh: '客户属性' }, attributes)),
	jobKind: optional(choice({ en: 'Job Kind', zh: '服务性质' }, jobKinds)),
	initiative: optional(choice({ en: 'Initiative', zh: '服务方式' }, initiatives)),
	channel: optional(choice({ en: 'Channel', zh: '来源' }, channels)),
	calledAt: optional(instant({ en: 'Called At', zh: '叫修时间' }, { help: '空白为现在' })),
	promisedAt: optional(instant({ en: 'Promised Time', zh: '答复维修时间' }, { help: '告诉客户的维修时间' })),
	...appointment,
	humanDamage: optional(flag({ en: 'Human Damage', zh: '人为损坏' })),
	unit: optional(ref('unit', { en: 'Service Point', zh: '服务中心' }, { help: '空白为登记人所在部门' })),
};
