import { attributeOf } from '../read/scanXml';

const sheetml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const vml = 'application/vnd.openxmlformats-officedocument.vmlDrawing';
const vbaProject = 'application/vnd.ms-office.vbaProject';

export type AddedPart = { readonly path: string; readonly kind: 'worksheet' | 'comments' | 'styles' };

/** Declares the new parts, forgets the dropped ones; a workbook with macros becomes one without. */
export function patchContentTypes(xml: string, added: readonly AddedPart[], dropped: ReadonlySet<string>): string {
	const news = new Set(added.map(({ path }) => `/${path}`.toLowerCase()));
	const rest = xml
		.replace(/<Types\b([^>]*)\/>/, '<Types$1></Types>')
		.replace(/<Override\b[^>]*?\/?>(?:<\/Override>)?/g, (tag) => {
			const name = (attributeOf(tag, 'PartName') ?? '').toLowerCase();
			return dropped.has(name.slice(1)) || news.has(name) ? '' : tag;
		})
		.replace(/application\/vnd\.(?:ms-excel\.(?:sheet|template)\.macroEnabled|openxmlformats-officedocument\.spreadsheetml\.template)\.main\+xml/gi, `${sheetml}.sheet.main+xml`)
		.replaceAll(vbaProject, `${sheetml}.printerSettings`)
		.replace(/<Default\b[^>]*Extension\s*=\s*"vml"[^>]*?\/?>/gi, '');
	const overrides = added.map(({ path, kind }) => `<Override PartName="/${path}" ContentType="${sheetml}.${kind}+xml"/>`);
	return rest.replace('</Types>', () => `<Default Extension="vml" ContentType="${vml}"/>${overrides.join('')}</Types>`);
}
