/** What one workbook may cost; each limit, when passed, is refused with its own WorkbookError code. */
export type ReadLimits = {
	readonly fileBytes: number;
	/** All parts of the file together, after unpacking. */
	readonly unpackedBytes: number;
	/** Unpacked : packed, looked at only for parts that unpack to more than `ratioFromBytes`. */
	readonly ratio: number;
	readonly ratioFromBytes: number;
	/** Rows with a value, over all sheets. */
	readonly rows: number;
	readonly columns: number;
	/** Cells up to the last value of each row, over all sheets: bounds the memory of the reader's caller. */
	readonly cells: number;
	readonly workerHeapMb: number;
	/** Time spent waiting for the worker; the time that the caller takes between batches does not count. */
	readonly timeoutMs: number;
	/** For what is no .xlsx: the library for it holds the whole file, and may hang on a broken one. */
	readonly oldFormatHeapMb: number;
	readonly oldFormatMs: number;
	readonly oldFormatMsPerMb: number;
};

const megabyte = 1024 * 1024;

export const defaultReadLimits: ReadLimits = {
	fileBytes: 30 * megabyte,
	unpackedBytes: 300 * megabyte,
	ratio: 200,
	ratioFromBytes: 10 * megabyte,
	rows: 200_000,
	columns: 300,
	cells: 10_000_000,
	workerHeapMb: 512,
	timeoutMs: 60_000,
	oldFormatHeapMb: 1_024,
	oldFormatMs: 8_000,
	oldFormatMsPerMb: 2_000,
};
