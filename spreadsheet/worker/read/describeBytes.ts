import type { WorkbookErrorCode } from '../../workbookError';
import { decodeHead } from './decodeText';

/** How a file can be read, by its first bytes. */
export type FileKind = 'xlsx' | 'xls' | 'xml' | 'html' | 'text';

type Look = { readonly kind: FileKind } | { readonly kind: null; readonly code: WorkbookErrorCode; readonly found: string };

const oleHeader = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Names of streams in the container that old Office files and protected new ones share. */
const oleStreams: ReadonlyArray<readonly [name: string, code: WorkbookErrorCode, found: string]> = [
	['EncryptedPackage', 'ENCRYPTED', '设了打开密码，无法读取'],
	['WordDocument', 'NOT_A_WORKBOOK', '其实是 Word 文档，不是表格'],
	['PowerPoint Document', 'NOT_A_WORKBOOK', '其实是 PowerPoint 文稿，不是表格'],
];
const headBytes = 4096;

const signatures: ReadonlyArray<readonly [hex: string, found: string]> = [
	['25504446', '是 PDF 文件，不是表格'],
	['89504e47', '是 PNG 图片，不是表格'],
	['ffd8ff', '是 JPEG 图片，不是表格'],
	['47494638', '是 GIF 图片，不是表格'],
	['52617221', '是 RAR 压缩包，请解压后再上传'],
	['377abcaf', '是 7z 压缩包，请解压后再上传'],
	['1f8b', '是 gzip 压缩包，请解压后再上传'],
];

/** Says what a file is by its first bytes, since names lie: .xls renamed to .xlsx, web pages and text “exported” as Excel. */
export function describeBytes(bytes: Buffer): Look {
	if (bytes.length === 0) return { kind: null, code: 'EMPTY_FILE', found: '是空文件（0 字节）' };
	if (bytes.subarray(0, 2).toString('latin1') === 'PK') return { kind: 'xlsx' };
	if (bytes.subarray(0, 8).equals(oleHeader)) return describeOle(bytes);
	// Workbooks of Excel 2 to 4 are a stream without a container.
	if (/^09(00|02|04)0[4-9]00/.test(bytes.subarray(0, 4).toString('hex'))) return { kind: 'xls' };
	const known = signatures.find(([hex]) => bytes.subarray(0, hex.length / 2).toString('hex') === hex);
	if (known) return { kind: null, code: 'NOT_A_WORKBOOK', found: known[1] };
	return describeText(decodeHead(bytes.subarray(0, headBytes)));
}

function describeOle(bytes: Buffer): Look {
	const found = oleStreams.find(([name]) => bytes.includes(Buffer.from(name, 'utf16le')));
	return found ? { kind: null, code: found[1], found: found[2] } : { kind: 'xls' };
}

function describeText(head: string | null): Look {
	const refuse = (found: string): Look => ({ kind: null, code: 'NOT_A_WORKBOOK', found });
	if (head === null) return refuse('不是表格文件，内容无法识别');
	if (head.trim() === '') return { kind: null, code: 'EMPTY_FILE', found: '只有空白，没有内容' };
	if (head.includes('urn:schemas-microsoft-com:office:spreadsheet')) return { kind: 'xml' };
	if (/<(!doctype\s+html|html|head|body|table|meta)\b/i.test(head)) return { kind: 'html' };
	if (head.includes('<?xml')) return refuse('其实是 XML 文件，不是表格');
	return /[,，\t;；|]/.test(head) ? { kind: 'text' } : refuse('其实是纯文本，不是表格');
}
