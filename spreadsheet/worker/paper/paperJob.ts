import type { Workbook } from 'exceljs';

import { qrPng } from '../../../codes/qrCode';
import { layOut, type Picture } from '../../../domain/paper/layOut';
import type { PageModel, PaperModel } from '../../../domain/paper/paperModel';
import { sheetNames } from '../write/sheetNames';
import { writePage } from './writePage';

/** Writes a paper: one sheet a page, each fitted to one sheet of A4. */
export async function paperJob(paper: PaperModel): Promise<Uint8Array<ArrayBuffer>> {
	const { default: ExcelJS } = await import('exceljs');
	const workbook = new ExcelJS.Workbook();
	workbook.title = `${paper.title} ${paper.no}`.trim();
	workbook.creator = paper.pages[0]?.company ?? '';
	const names = sheetNames(paper.pages.map((page, index) => nameOf(page, index, paper.pages.length)));
	const pictures = new Map<string, number>();
	for (const [index, page] of paper.pages.entries()) {
		const grid = layOut(page);
		for (const { picture } of grid.rows.flatMap(({ cells }) => cells)) if (picture !== undefined) await addPicture(workbook, picture, pictures);
		writePage(workbook, names[index] as string, grid, (picture) => pictures.get(keyOf(picture)) as number);
	}
	return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const nameOf = ({ copy, title }: PageModel, index: number, pages: number): string => (copy !== '' ? copy : pages === 1 ? title : `${title} ${index + 1}`);

/** A picture that several pages show is in the file once. */
async function addPicture(workbook: Workbook, picture: Picture, known: Map<string, number>): Promise<void> {
	const key = keyOf(picture);
	if (known.has(key)) return;
	const bytes = 'code' in picture ? await qrPng(picture.code) : Buffer.from(picture.png, 'base64');
	known.set(key, workbook.addImage({ buffer: bytes as unknown as ArrayBuffer, extension: 'png' }));
}

const keyOf = (picture: Picture): string => ('code' in picture ? `code:${picture.code}` : `png:${picture.png}`);
