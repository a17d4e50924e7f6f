import type { WorkbookErrorCode } from '../../workbookError';

type Look = { readonly code: WorkbookErrorCode; readonly found: string };

const oleHeader = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le');
const headBytes = 4096;

const signatures: ReadonlyArray<readonly [hex: string, found: string]> = [
	['25504446', '是 PDF 文件'],
	['89504e47', '是 PNG 图片'],
	['ffd8ff', '是 JPEG 图片'],
	['47494638', '是 GIF 图片'],
	['52617221', '是 RAR 压缩包'],
	['377abcaf', '是 7z 压缩包'],
	['1f8b', '是 gzip 压缩包'],
];

/**
 * Says what a file is by its first bytes, since names lie (.xls renamed to .xlsx, web pages “exported” as Excel).
 * @returns null for a zip, which must be looked into
 */
export function describeBytes(bytes: Buffer): Look | null {
	if (bytes.length === 0) return { code: 'EMPTY_FILE', found: '是空文件（0 字节）' };
	if (bytes.subarray(0, 2).toString('latin1') === 'PK') return null;
	if (bytes.subarray(0, 8).equals(oleHeader)) return describeOle(bytes);
	const known = signatures.find(([hex]) => bytes.subarray(0, hex.length / 2).toString('hex') === hex);
	return { code: 'NOT_A_WORKBOOK', found: known?.[1] ?? describeText(bytes.subarray(0, headBytes)) };
}

function describeOle(bytes: Buffer): Look {
	return bytes.includes(encryptedStream)
		? { code: 'ENCRYPTED', found: '设了打开密码，无法读取' }
		: { code: 'OLD_XLS', found: '其实是旧版 .xls 文件' };
}

function describeText(head: Buffer): string {
	const isUtf16 = head[0] === 0xff && head[1] === 0xfe;
	if (!isUtf16 && hasControlBytes(head)) return '不是 Excel 文件，内容无法识别';
	// Only ASCII marks are looked for, so the encoding (UTF-8, GBK) does not matter.
	const text = head.toString(isUtf16 ? 'utf16le' : 'latin1');
	if (text.trim() === '') return '只有空白，没有内容';
	if (text.includes('urn:schemas-microsoft-com:office:spreadsheet')) return '其实是 XML 表格（Excel 2003 XML），不是 .xlsx';
	if (/<(!doctype\s+html|html|head|body|table|meta)\b/i.test(text)) return '其实是网页（HTML），不是 Excel 文件';
	if (text.includes('<?xml')) return '其实是 XML 文件，不是 Excel 文件';
	return /[,\t;]/.test(text) ? '其实是文本表格（CSV），不是 Excel 文件' : '其实是纯文本，不是 Excel 文件';
}

/** Control characters other than tab, line feed, form feed and return do not occur in text. */
function hasControlBytes(head: Buffer): boolean {
	return head.some((byte) => byte < 9 || byte === 11 || (byte > 13 && byte < 32));
}
