import { RuleViolation } from './ruleViolation';
import type { Period } from './workCalendar';

/**
 * Reads `08:30-12:00,13:00-17:30` into minutes of the day.
 * @throws RuleViolation FIELD_INVALID when a period is malformed, empty or overlaps the one before
 */
export function readPeriods(value: string): Period[] {
	const periods = value.split(/[,，]/).map((part) => readPeriod(part.trim(), value));
	periods.forEach((period, index) => {
		const before = periods[index - 1];
		if (before !== undefined && before[1] > period[0]) throw invalid(value);
	});
	return periods;
}

function readPeriod(part: string, whole: string): Period {
	const match = /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/.exec(part);
	if (match === null) throw invalid(whole);
	const [from, to] = [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])];
	if (from >= to || to > 1440) throw invalid(whole);
	return [from, to];
}

const invalid = (value: string) =>
	new RuleViolation('FIELD_INVALID', `工作时间“${value}”无法识别`, '请按 08:30-12:00,13:00-17:30 的格式填写，时段从早到晚、互不重叠');
