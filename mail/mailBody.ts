export type BodyLine = string | readonly [string, string] | { readonly label: string; readonly href: string };

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** A mail body from lines; runs of pairs become a table. */
export function mailHtml(subject: string, lines: readonly BodyLine[]): string {
	const blocks: string[] = [];
	let rows: string[] = [];
	const closeTable = () => {
		if (rows.length > 0) blocks.push(`<table style="border-collapse:collapse;margin:12px 0">${rows.join('')}</table>`);
		rows = [];
	};
	for (const line of lines) {
		if (typeof line === 'string') {
			closeTable();
			blocks.push(`<p style="margin:8px 0">${escape(line)}</p>`);
		} else if ('href' in line) {
			closeTable();
			blocks.push(`<p style="margin:16px 0"><a href="${escape(line.href)}" style="display:inline-block;background:#0b5fff;color:#fff;padding:10px 22px;border-radius:6px;text-decoration:none">${escape(line.label)}</a></p>`);
		} else rows.push(row(line));
	}
	closeTable();
	return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="font:14px/1.6 'Microsoft YaHei','PingFang SC',sans-serif;color:#222"><h2 style="font-size:18px;margin:0 0 8px">${escape(subject)}</h2>${blocks.join('')}<p style="color:#888;font-size:12px">本邮件由售后服务系统自动发出。</p></body></html>`;
}

const cell = 'border:1px solid #d0d7de;padding:6px 10px;vertical-align:top';
const row = ([name, value]: readonly [string, string]): string =>
	`<tr><th style="${cell};background:#f6f8fa;text-align:left;white-space:nowrap">${escape(name)}</th><td style="${cell}">${escape(value).replaceAll('\n', '<br>')}</td></tr>`;

export const mailText = (lines: readonly BodyLine[]): string =>
	lines.map((line) => (typeof line === 'string' ? line : 'href' in line ? `${line.label}：${line.href}` : `${line[0]}：${line[1]}`)).join('\n');
