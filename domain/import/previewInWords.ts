import type { PreviewRow } from './mappingPreview';

/** What a preview says, in one sentence. */
export function inWords(fileName: string, rows: readonly PreviewRow[]): string {
	const tables = [...Map.groupBy(rows.filter(({ table }) => table !== null), ({ sheet }) => sheet)].map(([sheet, own]) => {
		const count = (status: PreviewRow['status']) => own.filter((row) => row.status === status).length;
		const problems = [
			count('missing') > 0 ? `缺少必填的 ${count('missing')} 列（${own.filter(({ status }) => status === 'missing').map(({ fieldHeader }) => fieldHeader).join('、')}）` : '',
			count('unknown') > 0 ? `不认识 ${count('unknown')} 列` : '',
			count('repeated') > 0 ? `重复 ${count('repeated')} 列` : '',
			count('unit') > 0 ? `单位不同 ${count('unit')} 列` : '',
		];
		const [first] = own;
		if (first?.headerRow === null) return `“${sheet}”：${first.message}`;
		return [`“${sheet}”读作${first?.table ?? ''}，表头在第 ${first?.headerRow ?? ''} 行，识别 ${count('mapped')} 列`, ...problems].filter((part) => part !== '').join('，');
	});
	const ignored = [...new Set(rows.filter(({ table }) => table === null).map(({ sheet }) => sheet))];
	return `《${fileName}》：${[...tables, ...(ignored.length > 0 ? [`不读取的工作表：${ignored.join('、')}`] : []), '没有保存任何内容'].join('；')}。`;
}
