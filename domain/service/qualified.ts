import type { Day } from '../document/fields';

type Skill = { readonly skill: string; readonly validFrom: Day; readonly validTo: Day };

/**
 * Whether a certificate covers a product on a day; both days of its validity count.
 * @rule T-050 — repairers work only with a valid certificate
 * @rule V-023 — for the product line: the beginning of the model, or 全部
 */
export const isQualified = (skills: readonly Skill[], model: string, day: Day): boolean =>
	skills.some(({ skill, validFrom, validTo }) => (skill === '全部' || model.startsWith(skill)) && validFrom <= day && day <= validTo);
