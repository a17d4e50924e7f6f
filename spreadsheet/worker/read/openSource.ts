import { WorkbookError } from '../../workbookError';
import { csvSource } from './csvSource';
import { decodeText, TextDamage } from './decodeText';
import { describeBytes } from './describeBytes';
import { guardWorkbook } from './guardWorkbook';
import type { SheetSource, SourceRequest } from './sheetSource';
import { xlsxSource } from './xlsxSource';

/**
 * Opens a file as what it is, whatever its name says; nothing of it is trusted.
 * @returns its sheets in the order of their tabs, hidden ones too
 * @throws WorkbookError for what is no table, protected, or passes a limit
 * @throws ZipDamage
 */
export async function openSource(request: SourceRequest): Promise<SheetSource[]> {
	const { bytes, fileName, limits } = request;
	if (bytes.length > limits.fileBytes) throw new WorkbookError('TOO_LARGE', `《${fileName}》有 ${inMb(bytes.length)}，超过 ${inMb(limits.fileBytes)} 的上限`);
	const look = describeBytes(bytes);
	if (look.kind === null) throw new WorkbookError(look.code, `《${fileName}》${look.found}`);
	if (look.kind === 'xlsx') return await xlsxSource(await guardWorkbook(bytes, request));
	if (look.kind === 'text') return [csvSource(textOf(request), request)];
	// Only for old files: the library takes longer to load than a small file to read.
	const { xlsSource } = await import('./xlsSource');
	return xlsSource(look.kind === 'xls' ? bytes : textOf(request), look.kind, request);
}

function textOf({ bytes, fileName }: SourceRequest): string {
	try {
		return decodeText(bytes);
	} catch (error) {
		if (!(error instanceof TextDamage)) throw error;
		throw new WorkbookError('DAMAGED', `《${fileName}》${error.message}`);
	}
}

const inMb = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
