import type { RowOfRecord } from '../document/document';
import type { item } from '../master/records';
import type { Settings } from '../settings';
import { placeText, type Place } from './place';

export type StoredItem = RowOfRecord<typeof item>;

const levels = { light: ['上'], heavy: ['下'], frequent: ['中'] } as const;
const because = { light: '轻件宜放上层', heavy: '重件宜放下层', frequent: '常用件宜放中层' } as const;

/** Zones for dangerous goods, as the setting lists them. */
const hazardZones = (settings: Settings): string[] => settings['stock.hazard_zones'].split(/[,，、\s]+/).filter((zone) => zone !== '');

/**
 * What is wrong with lying there; null when nothing is. A warning, no refusal: the goods are there already.
 * @rule P-071 — what burns or is unstable lies apart; light above, heavy below, often used in the middle
 */
export function storageWarnings(record: Pick<StoredItem, 'name' | 'hazardous' | 'weight'> | null, where: Place, settings: Settings): string | null {
	if (record === null) return null;
	const warnings: string[] = [];
	if (record.hazardous === true && !hazardZones(settings).includes(where.zone ?? '')) warnings.push(`易燃或不稳定物品“${record.name}”不应放在${placeText(where) === '' ? '未定的库位' : placeText(where)}，请移到${hazardZones(settings).join('、')}`);
	const level = where.level?.slice(0, 1) ?? '';
	if (record.weight !== null && ['上', '中', '下'].includes(level) && !(levels[record.weight] as readonly string[]).includes(level)) warnings.push(because[record.weight]);
	return warnings.length === 0 ? null : warnings.join('；');
}
