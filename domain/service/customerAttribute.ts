import { attributes } from './registration';
import type { ServiceType } from './proposeServiceType';

export type Attribute = keyof typeof attributes;

const typeOf: Readonly<Record<Attribute, ServiceType>> = { in_warranty: 'C', annual_contract: 'B', per_visit_contract: 'B', contact_letter: 'A' };

/** Which tick a proposed type stands for. @rule V-003 */
export const attributeOf = (type: ServiceType): Attribute | null =>
	({ A: null, B: 'annual_contract', C: 'in_warranty', D: null } as const)[type];

/** A tick that contradicts what is on file is said; the file decides. @rule V-003 — in-warranty on a product out of warranty warns and stays type A */
export const attributeWarning = (attribute: Attribute | null, type: ServiceType): string | null =>
	attribute === null || typeOf[attribute] === type ? null : `客户属性选了“${attributes[attribute]}”，但按资料判定为 ${type} 类，请核对`;
