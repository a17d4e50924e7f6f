import { posix } from 'node:path';
import { attributeOf } from '../read/scanXml';

export type Relation = { readonly id: string; readonly type: string; readonly target: string; /** In the package; null for what lies outside. */ readonly path: string | null; readonly raw: string };

const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
export const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function readRelations(xml: string, owner: string): Relation[] {
	return [...xml.matchAll(/<(?:\w+:)?Relationship\b[^>]*?\/?>/g)].map(([raw]) => {
		const target = attributeOf(raw, 'Target') ?? '';
		const isOutside = attributeOf(raw, 'TargetMode') === 'External';
		const path = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(owner), target);
		return { id: attributeOf(raw, 'Id') ?? '', type: attributeOf(raw, 'Type') ?? '', target, path: isOutside ? null : path, raw };
	});
}

/** Relations of `owner`: those kept as they were written, and new ones to parts of the package. */
export function writeRelations(owner: string, kept: readonly Relation[], added: readonly { readonly id: string; readonly type: string; readonly path: string }[] = []): string {
	const news = added.map(({ id, type, path }) => `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="${posix.relative(posix.dirname(owner), path)}"/>`);
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${namespace}">${kept.map(({ raw }) => raw.replace(/<\w+:/, '<').replace(/\s*\/?>$/, '/>')).join('')}${news.join('')}</Relationships>`;
}
