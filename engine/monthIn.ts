import { monthOf, readMonth } from '../domain/shared/zonedTime';

/**
 * The month a text names: `2025-05`, `W01 5月配件月结`, `2025年5月`. A month without a year is the last one of that name.
 * @returns null when there is none, or several
 */
export function monthIn(text: string, today: string): string | null {
	const whole = readMonth(text);
	if (whole !== null) return whole;
	const plain = text.normalize('NFKC');
	const named = [...plain.matchAll(/(20\d{2})\s*[-年./]\s*(\d{1,2})(?!\d)/g)].map(([, year, month]) => readMonth(`${year}-${month}`));
	const short = named.length > 0 ? [] : [...plain.matchAll(/(?<!\d)(1[0-2]|[1-9])月/g)].map(([, month]) => lastOf(String(month).padStart(2, '0'), monthOf(today)));
	const months = new Set([...named, ...short].filter((month) => month !== null));
	return months.size === 1 ? ([...months][0] as string) : null;
}

function lastOf(month: string, current: string): string {
	const year = Number(current.slice(0, 4));
	return `${year}-${month}` <= current ? `${year}-${month}` : `${year - 1}-${month}`;
}
