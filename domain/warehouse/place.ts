import { optional, text } from '../document/fields';

/** Where goods lie. @rule P-071 — zone, shelf and level */
export const place = {
	zone: optional(text({ en: 'Zone', zh: '库区' }, { compact: true })),
	shelf: optional(text({ en: 'Shelf', zh: '货架' }, { compact: true })),
	level: optional(text({ en: 'Level', zh: '层' }, { help: '上、中、下，或层号' })),
};

export type Place = { readonly zone: string | null; readonly shelf: string | null; readonly level: string | null };

/** The place given, else the one where the part belongs. */
export const placeOr = (given: Place, usual: Place | null): Place => ({ zone: given.zone ?? usual?.zone ?? null, shelf: given.shelf ?? usual?.shelf ?? null, level: given.level ?? usual?.level ?? null });

/** `A-03-中`; empty where nothing is known. */
export const placeText = ({ zone, shelf, level }: Place): string => [zone, shelf, level].filter((part) => part !== null).join('-');
