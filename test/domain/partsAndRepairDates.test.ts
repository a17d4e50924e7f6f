import { creditPct, issueDue, judgeRequestDay, receiptDeemedAt, replyDue } from '../../domain/parts/partsDates';
import { mailInRepairDue, mailInReplyDue } from '../../domain/repair/mailInDates';
import { defaultSettings as settings } from '../../domain/settings';
import { localLimit } from '../../domain/shared/zonedTime';
import { at, plainCalendar } from '../support/calendars';

const calendar = plainCalendar();
const local = (instant: string) => localLimit(instant, calendar.zone);

describe('dates of parts', () => {
	it.each([['2025-05-25', 'early'], ['2025-05-26', 'ok'], ['2025-05-30', 'ok'], ['2025-05-31', 'late']])('P-021: a June request sent %s is %s', (sent, expected) => {
		expect(judgeRequestDay(sent, '2025-06', settings)).toBe(expected);
	});
	it.each([['2025-02-25', 'early'], ['2025-02-26', 'ok'], ['2025-02-28', 'ok'], ['2025-03-01', 'late']])('P-021: a March request sent %s is %s', (sent, expected) => {
		expect(judgeRequestDay(sent, '2025-03', settings)).toBe(expected);
	});
	it('P-030: monthly by the 20th, emergency in a week, pre-sale in 15 working days', () => {
		expect(local(issueDue({ kind: 'monthly', month: '2025-06' }, settings, calendar).due)).toBe('2025-06-20 24:00');
		expect(local(issueDue({ kind: 'emergency', received: '2025-06-02' }, settings, calendar).due)).toBe('2025-06-09 24:00');
		expect(local(issueDue({ kind: 'presale', received: '2025-06-02' }, settings, calendar).due)).toBe('2025-06-23 24:00');
	});
	it('P-032: silence for 15 days after the notice means received', () => {
		expect(local(receiptDeemedAt('2025-06-01', settings, calendar.zone))).toBe('2025-06-16 24:00');
	});
	it('P-041: a statement sent on Friday is answered by Monday 24:00', () => {
		expect(local(replyDue('2025-06-06', settings, calendar).due)).toBe('2025-06-09 24:00');
	});
	it('P-041: an answer that falls into a year without published holidays says so', () => {
		expect(replyDue('2026-12-31', settings, plainCalendar({ knownYears: new Set(['2026']) })).unknownYears).toEqual(['2027']);
	});
	it.each([
		['2025-05-20', '2025-06-15', 100],
		['2025-05-20', '2025-06-16', 90],
		['2025-05-20', '2025-06-30', 90],
		['2025-05-20', '2025-07-01', 0],
		['2025-01-31', '2025-02-28', 90],
		['2025-12-31', '2026-01-31', 90],
		['2025-12-31', '2026-02-01', 0],
	])('P-046 P-047: replaced %s and shipped %s is credited %d %%', (replaced, shipped, pct) => {
		expect(creditPct(replaced, shipped, settings)).toBe(pct);
	});
});

describe('dates of mail-in repair', () => {
	it.each([['2025-06-06'], ['2025-06-07']])('R-102: an application of %s is answered by Monday 24:00', (applied) => {
		expect(local(mailInReplyDue(applied, settings, calendar))).toBe('2025-06-09 24:00');
	});
	it.each([['2025-06-02', '2025-06-09 24:00'], ['2025-06-06', '2025-06-13 24:00'], ['2025-06-07', '2025-06-13 24:00']])('R-110: received %s, repaired by %s', (received, due) => {
		expect(mailInRepairDue(received, null, settings, calendar)).toMatchObject({ waitingForPayment: false, due: expect.any(String) as string });
		expect(local((mailInRepairDue(received, null, settings, calendar) as { due: string }).due)).toBe(due);
	});
	it('R-111: waiting for payment adds the working days it took, and has no limit until paid', () => {
		const noticedAt = at('2025-06-03 16:00');
		const paid = mailInRepairDue('2025-06-02', { noticedAt, paidAt: at('2025-06-06 10:00') }, settings, calendar);
		expect(paid).toEqual({ waitingForPayment: false, due: at('2025-06-13 00:00'), suspendedWorkdays: 3 });
		expect(mailInRepairDue('2025-06-02', { noticedAt, paidAt: null }, settings, calendar)).toEqual({ waitingForPayment: true });
	});
});
