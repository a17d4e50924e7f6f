import type { Finding } from '../../domain/import/finding';
import type { TableLayout } from '../../domain/import/tableLayout';
import type { PackedRows } from '../packedRows';
import type { SheetFacts } from '../sheetData';
import type { ReadLimits } from '../readLimits';
import type { WorkbookErrorCode } from '../workbookError';
import type { PaperModel } from '../../domain/paper/paperModel';
import type { TablesPiece } from './read/tablesJob';
import type { WorkbookModel } from '../../domain/report/workbookModel';

export type AnnotateOptions = { readonly title: string; readonly accepted: number; readonly rejected: number };

/** One piece of work for the sheet worker; it takes one job and ends. */
export type SheetJob =
	| { readonly kind: 'read'; readonly bytes: Uint8Array; readonly fileName: string; readonly limits: ReadLimits }
	| { readonly kind: 'tables'; readonly bytes: Uint8Array; readonly fileName: string; readonly limits: ReadLimits; readonly layouts: readonly TableLayout[]; readonly headsOnly: boolean }
	| {
			readonly kind: 'annotate';
			readonly bytes: Uint8Array;
			readonly fileName: string;
			readonly limits: ReadLimits;
			readonly findings: readonly Finding[];
			readonly options: AnnotateOptions;
	  }
	| { readonly kind: 'write'; readonly model: WorkbookModel }
	| { readonly kind: 'paper'; readonly paper: PaperModel };

/** What the worker says: any number of rows, then exactly one of the others. */
export type SheetMessage =
	| { readonly kind: 'rows'; readonly sheet: SheetFacts; readonly packed: PackedRows }
	| TablesPiece
	| { readonly kind: 'done'; readonly bytes?: Uint8Array }
	| { readonly kind: 'refused'; readonly code: WorkbookErrorCode; readonly message: string }
	| { readonly kind: 'failed'; readonly message: string; readonly stack?: string | undefined };

/** Sent to the worker for each batch taken, so that it never runs far ahead of a slow reader. */
export type BatchTaken = { readonly kind: 'taken' };
