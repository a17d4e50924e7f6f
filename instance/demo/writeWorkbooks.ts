import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { dealerWorkbook, demoMaster, masterWorkbook, qaWorkbook } from './demoData';

/** Writes the shipped workbooks into `folder`: master data filled and empty, an outlet's month-end and QA's results. */
export async function writeWorkbooks(folder: string): Promise<void> {
	const books = {
		'基础资料-示例.xlsx': masterWorkbook(demoMaster),
		'基础资料-空白.xlsx': masterWorkbook({}),
		'经销商月结-示例-2026-10.xlsx': dealerWorkbook('2026-10'),
		'旧件检测结果-示例-2026-10.xlsx': qaWorkbook('2026-10'),
	};
	for (const [name, model] of Object.entries(books)) writeFileSync(join(folder, name), await writeWorkbook(model));
}

if (require.main === module) void writeWorkbooks(process.argv[2] ?? 'instance/demo');
