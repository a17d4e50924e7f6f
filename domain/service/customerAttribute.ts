import { attributes } from './registration';
import type { ServiceType } from './proposeServiceType';

export type Attribute = keyof typeof attributes;

const typeOf: Readonly<Record<Attribute, ServiceType>> = { in_warranty: 'C', annual_contract: 'B', per_visit_contract: 'B', contact_letter: 'A' };

type ContractKind = 'annual' | 'per_visit';

/** Which tick a type stands for. @rule V-003 — a contract by its kind; nothing for A, which needs a letter */
export const attributeOf = (type: ServiceType, contractKind: ContractKind | null): Attribute | null =>
	({ A: null, B: contractKind === 'per_visit' ? 'per_visit_contract' : 'annual_contract', C: 'in_warranty', D: null } as const)[type];

/** The tick on a printed slip: what reception chose if it fits the type, else what the file says. @rule V-003 — never one of another type */
export function attributeOnSlip({ attribute, type }: { readonly attribute: Attribute | null; readonly type: ServiceType }, contractKind: ContractKind | null, hasLetter: boolean): Attribute | null {
	if (attribute !== null && typeOf[attribute] === type) return attribute;
	return attributeOf(type, contractKind) ?? (type === 'A' && hasLetter ? 'contact_letter' : null);
}

/** A tick that contradicts what is on file is said; the file decides. @rule V-003 — in-warranty on a product out of warranty warns and stays type A */
export const attributeWarning = (attribute: Attribute | null, type: ServiceType): string | null =>
	attribute === null || typeOf[attribute] === type ? null : `客户属性选了“${attributes[attribute]}”，但按资料判定为 ${type} 类，请核对`;
