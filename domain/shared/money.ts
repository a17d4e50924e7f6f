/** `123456` fen → `1,234.56`. */
export function yuan(fen: number): string {
	const [whole, cents] = (Math.abs(fen) / 100).toFixed(2).split('.') as [string, string];
	return `${fen < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/**
 * A percentage of an amount, rounded half up to one fen.
 * @rule README 6
 */
export const percentOf = (fen: number, pct: number): number => Math.floor((fen * pct + 50) / 100);
