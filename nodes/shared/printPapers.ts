import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PaperModel } from '../../domain/paper/paperModel';
import { blankPaper, paperFor, printForm, registerPaper } from '../../engine/papers';
import type { Store } from '../../engine/store';
import { paperPage } from '../../pages/paperPage';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { writePaper } from '../../spreadsheet/writePaper';
import { PRINT, PRINT_BLANK, PRINT_REGISTER } from './printProperties';
import { actorOf, codeOf } from './readCode';
import { failedItem, toNodeError } from './toNodeError';

/** Prints the paper of each item into the binary field `paper`. */
export async function printPapers(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const [item] of context.getInputData().entries()) {
		try {
			const paper = await paperWanted(context, store, item);
			const isPage = context.getNodeParameter('paperFormat', item) === 'html';
			const fileName = `${[paper.title, paper.no === '' ? '空白' : paper.no].join('-').replace(/[\\/:*?"<>|]/g, '_')}.${isPage ? 'html' : 'xlsx'}`;
			const file = isPage ? Buffer.from(paperPage(paper)) : await writePaper(paper);
			results.push({
				json: { no: paper.no, form: paper.form, title: paper.title, pages: paper.pages.length, fileName },
				binary: { paper: await context.helpers.prepareBinaryData(file, fileName, isPage ? 'text/html' : XLSX) },
				pairedItem: { item },
			});
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

async function paperWanted(context: IExecuteFunctions, store: Store, item: number): Promise<PaperModel> {
	const text = (name: string) => codeOf(context.getNodeParameter(name, item, '', { extractValue: true }));
	const asked = { now: new Date().toISOString(), actor: actorOf(context, item) };
	switch (text('operation')) {
		case PRINT:
			return await paperFor(store, text('resource'), text('no'), { form: text('paperForm'), ...asked });
		case PRINT_BLANK:
			return await blankPaper(store, text('blankForm'), asked);
		case PRINT_REGISTER:
			return await registerPaper(store, text('registerForm'), text('period'), asked);
		default:
			return await printForm(store, text('anyForm'), text('subject'), asked);
	}
}
