import { defineDocument, fire, type Change, type Consequence, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { choice, flag, instant, optional, text, type RowOf } from '../document/fields';
import { complaint } from '../complaint/complaint';
import { hotlineChannels } from '../master/records';
import { call } from '../service/call';
import { phone } from '../service/registration';
import { RuleViolation } from '../shared/ruleViolation';
import { followUp } from './followUp';

export const hotlineKinds = { question: '咨询', fault: '报修', complaint: '投诉', upgrade: '升级', other: '其他' } as const;

const taken = {
	callKind: choice({ en: 'Kind', zh: '类别' }, hotlineKinds),
	channel: choice({ en: 'Channel', zh: '渠道' }, hotlineChannels),
	customerName: text({ en: 'Customer', zh: '客户名称' }),
	phone,
	content: text({ en: 'Content', zh: '内容' }, { long: true }),
	model: optional(text({ en: 'Model', zh: '商品型号' })),
	serial: optional(text({ en: 'Serial No', zh: '序列号' }, { compact: true })),
	problem: optional(text({ en: 'Problem', zh: '问题' }, { help: '统计用的简短名称，例如：不制冷' })),
	answer: optional(text({ en: 'Answer', zh: '答复' }, { long: true, help: '已在电话中解答的填写；空白则转人跟进' })),
	solved: optional(flag({ en: 'Solved Remotely', zh: '已远程解决' })),
	address: optional(text({ en: 'Address', zh: '地址' }, { help: '报修需要上门时填写' })),
	takenAt: optional(instant({ en: 'At', zh: '时间' }, { help: '空白为现在' })),
};

const draft = defineDocument({
	kind: 'hotline_call',
	form: 'M-083',
	label: { en: 'Hotline call', zh: '热线来电' },
	number: { prefix: 'RX', period: 'month', digits: 5 },
	title: ['callKind', 'customerName', 'problem'],
	fields: { ...taken, takenAt: instant({ en: 'At', zh: '时间' }), solved: flag({ en: 'Solved remotely', zh: '已远程解决' }), operator: text({ en: 'Operator', zh: '话务员' }), followed: optional(text({ en: 'What followed', zh: '转办' })) },
	states: { Taken: '已记录' },
	indexes: [['takenAt'], ['phone'], ['model']],
});

export type HotlineCall = DocumentOf<typeof draft.shape>;
type Input = RowOf<typeof taken>;

/**
 * A message on any channel becomes what it is: a call, a complaint, or, when it is not answered at once, a task of somebody.
 * @rule S-032 @rule S-033
 * @throws RuleViolation FIELD_MISSING for a fault without an address, CONDITION_NOT_MET for a time to come
 */
function take(_call: unknown, input: Input, { now, actor, no }: Given): Change<typeof draft.shape> {
	if (input.takenAt !== null && input.takenAt > now) throw new RuleViolation('CONDITION_NOT_MET', '来电时间在将来', '请核对时间', 'S-033');
	const { address: _address, ...paper } = input;
	const next = nextStep(input, no);
	return { set: { ...paper, solved: input.solved === true, takenAt: input.takenAt ?? now, operator: actor.code, followed: next?.said ?? null }, then: next === null ? [] : [next.does] };
}

function nextStep(input: Input, no: string): { does: Consequence; said: string } | null {
	const { customerName, phone: number, content, model, serial, solved, answer } = input;
	if (input.callKind === 'complaint') return { does: fire(complaint, 'register', null, { family: 'service', customerName, phone: number, content, channel: complaintChannel[input.channel], source: no }), said: '已登记投诉' };
	if (solved === true) return null;
	if (input.callKind === 'fault') return { does: fire(call, 'register', null, { customerName, phone: number, address: addressOf(input), model, serial, symptom: content, channel: input.channel === 'mailbox' ? 'mail' : input.channel === 'online' ? 'web' : 'phone' }), said: '已登记叫修' };
	if (answer !== null) return null;
	const about = input.callKind === 'other' ? '来电' : hotlineKinds[input.callKind];
	return { does: fire(followUp, 'open', null, { taskKind: 'question', subject: `客户${about} ${customerName}`, content: `${number}：${content}`, role: 'as_engineer', source: no }), said: '已转售后工程师答复' };
}

const complaintChannel = { phone: 'phone', mailbox: 'mail', online: 'web' } as const;

function addressOf({ address }: Input): string {
	if (address !== null) return address;
	throw new RuleViolation('FIELD_MISSING', '报修没有填写地址，不能派人上门', '请填写地址；已在电话中解决的请勾选“已远程解决”', 'S-033');
}

export const hotlineCall = draft.events({
	take: draft.event({ label: { en: 'Record a call', zh: '登记来电' }, from: ['new'], to: ['Taken'], by: ['operator', 'receptionist', 'customer_service', 'follow_up', 'as_engineer', 'system'], input: taken }).decidedBy(take),
});
