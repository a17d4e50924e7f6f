import { RuleViolation } from '../shared/ruleViolation';
import type { Pieces, ReturnBatch, ReturnLine } from './returnPaper';

type Account = Pick<ReturnLine, 'quantity' | 'repaired' | 'scrapped' | 'unrepaired' | 'atSupplier'>;
type Place = 'repaired' | 'scrapped' | 'unrepaired' | 'atSupplier';

/** Pieces of a line nobody has accounted for yet. */
export const openOf = ({ quantity, repaired, scrapped, unrepaired, atSupplier }: Account): number => quantity - repaired - scrapped - unrepaired - atSupplier;

const sum = (goods: readonly Account[], of: (line: Account) => number): number => goods.reduce((total, line) => total + of(line), 0);
export const openPieces = (goods: readonly Account[]): number => sum(goods, openOf);

/**
 * Moves pieces of lines from one place to another; `open` are those not accounted for.
 * @rule R-209 — no piece is counted twice
 * @throws RuleViolation CONDITION_NOT_MET naming the line and what it has
 */
export function move(goods: readonly ReturnLine[], moved: readonly Pieces[], from: Place | 'open', to: Place | 'open'): ReturnLine[] {
	const changed = goods.map((line) => ({ ...line }));
	for (const { line: number, quantity } of moved) {
		const line = changed[number - 1];
		if (line === undefined) throw new RuleViolation('FIELD_INVALID', `没有第 ${number} 行`, `请填写 1 到 ${goods.length} 的行号`, 'R-209');
		const there = from === 'open' ? openOf(line) : line[from];
		if (quantity > there) throw new RuleViolation('CONDITION_NOT_MET', `第 ${number} 行 ${line.model} 共 ${line.quantity}，可登记的只有 ${there}，填了 ${quantity}`, '请核对行号和数量', 'R-209');
		if (from !== 'open') line[from] -= quantity;
		if (to !== 'open') line[to] += quantity;
	}
	return changed;
}

/** Where a batch stands by its account: pieces left to do, pieces at a supplier, or all accounted for. */
export const stateOf = (goods: readonly Account[]): 'Planned' | 'AtSupplier' | 'Repaired' => (openPieces(goods) > 0 ? 'Planned' : goods.some(({ atSupplier }) => atSupplier > 0) ? 'AtSupplier' : 'Repaired');

/**
 * What came in is repaired, scrapped or goes back unrepaired; all but what is scrapped has left.
 * @rule R-209 — each batch is settled on its own
 * @throws RuleViolation CONDITION_NOT_MET naming the pieces that are missing
 */
export function checkSettlement({ no, goods, shippedQuantity }: Pick<ReturnBatch, 'no' | 'shippedQuantity'> & { readonly goods: readonly Account[] }): void {
	const [came, repaired, scrapped, unrepaired] = [sum(goods, (line) => line.quantity), sum(goods, (line) => line.repaired), sum(goods, (line) => line.scrapped), sum(goods, (line) => line.unrepaired)];
	const missing = came - repaired - scrapped - unrepaired;
	if (missing !== 0) throw new RuleViolation('CONDITION_NOT_MET', `${no} 收入 ${came}，修好 ${repaired}、报废 ${scrapped}、未修退回 ${unrepaired}，差 ${missing}`, '请查明差数，登记后再单结', 'R-209');
	if (shippedQuantity !== repaired + unrepaired) throw new RuleViolation('CONDITION_NOT_MET', `${no} 应出货 ${repaired + unrepaired}，出货 ${shippedQuantity ?? 0}`, '请补出差数（“补出货”），再单结', 'R-209');
}
