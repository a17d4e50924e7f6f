import type { RuleViolation } from '../domain/shared/ruleViolation';
import { html, Html } from './html';

const style = `
:root{--ink:#1f2933;--soft:#62707f;--line:#dfe4ea;--paper:#fff;--ground:#f3f5f8;--main:#0b5fff;--ok:#0a7d42;--bad:#c62828;--warn:#a15c00}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{background:var(--paper);border-bottom:1px solid var(--line);padding:12px 16px;display:flex;gap:12px;align-items:baseline;flex-wrap:wrap}
header b{font-size:17px}header span{color:var(--soft);font-size:14px}header nav{margin-left:auto;display:flex;gap:14px;font-size:14px}
main{max-width:760px;margin:0 auto;padding:16px}main.wide{max-width:1180px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:16px;margin:0 0 14px}
h1{font-size:20px;margin:4px 0 14px}h2{font-size:16px;margin:0 0 10px}h3{font-size:15px;margin:14px 0 6px}p{margin:6px 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 14px;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
a{color:var(--main);text-decoration:none}a:hover{text-decoration:underline}
label.field{display:block;margin:0 0 14px}label.field>span,fieldset>legend{display:block;font-weight:600;margin:0 0 4px}
label.field small,fieldset small{display:block;color:var(--soft)}
input,select,textarea{font:inherit;width:100%;padding:9px 11px;border:1px solid #c4ccd5;border-radius:7px;background:#fff;color:inherit}
input:focus,select:focus,textarea:focus{outline:2px solid var(--main);outline-offset:-1px;border-color:var(--main)}
textarea{min-height:76px;resize:vertical}fieldset{border:0;padding:0;margin:0 0 14px}
.chips{display:flex;flex-wrap:wrap;gap:8px}.chips label{position:relative}.chips input{position:absolute;opacity:0;width:100%;height:100%;margin:0;cursor:pointer}
.chips span{display:block;border:1px solid #c4ccd5;border-radius:18px;padding:7px 15px;background:#fff}.chips input:checked+span{background:var(--main);border-color:var(--main);color:#fff}
.chips input:focus-visible+span{outline:2px solid var(--main);outline-offset:2px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 14px}@media(max-width:560px){.two{grid-template-columns:1fr}}
button,.button{font:inherit;font-weight:600;background:var(--main);color:#fff;border:0;border-radius:8px;padding:11px 22px;cursor:pointer;display:inline-block}
button.wide{width:100%}button.plain,.button.plain{background:#fff;color:var(--main);border:1px solid var(--main)}.button:hover{text-decoration:none}
button[disabled]{opacity:.55;cursor:wait}
.note{border-left:4px solid var(--main);background:#eef4ff;padding:10px 14px;border-radius:6px;margin:0 0 14px}.note.bad{border-color:var(--bad);background:#fdeeee}.note.ok{border-color:var(--ok);background:#ecf8f1}.note.warn{border-color:#e0a100;background:#fff8e6}
.badge{display:inline-block;border-radius:11px;padding:1px 10px;font-size:13px;background:#e8edf3;color:#3b4855;white-space:nowrap}.badge.bad{background:#fde2e2;color:var(--bad)}.badge.warn{background:#fff0cc;color:var(--warn)}.badge.ok{background:#dcf3e6;color:var(--ok)}
table{width:100%;border-collapse:collapse;font-size:15px}th{text-align:left;color:var(--soft);font-weight:600;font-size:13px;white-space:nowrap}th,td{padding:8px 10px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}
.scroll{overflow-x:auto}.soft{color:var(--soft);font-size:14px}.row{display:flex;gap:10px;flex-wrap:wrap;align-items:center}
details{margin:0 0 10px}summary{cursor:pointer;font-weight:600;padding:9px 0;color:var(--main)}
.sides{display:grid;grid-template-columns:3fr 2fr;gap:14px;align-items:start}@media(max-width:860px){.sides{display:block}}.nowrap{white-space:nowrap}
.thumbs{display:flex;gap:10px;flex-wrap:wrap}.thumbs img{max-height:150px;max-width:220px;border:1px solid var(--line);border-radius:6px}
.sign{border:1px dashed #9aa5b1;border-radius:8px;background:#fff;touch-action:none;width:100%;height:190px;display:block}
.empty{color:var(--soft);text-align:center;padding:26px 0}.inline{display:inline}
`;

export type PageModel = {
	readonly title: string;
	readonly body: Html;
	/** Who is signed in, and where he can go. */
	readonly who?: string;
	readonly nav?: readonly { readonly label: string; readonly href: string }[];
	readonly wide?: boolean;
	/** Scripts of the page; they run under the page's nonce only. */
	readonly script?: string;
};

/** A whole page. `nonce` is the only script source the page allows. */
export function layout({ title, body, who, nav = [], wide = false, script = '' }: PageModel, nonce: string): string {
	return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${new Html(style)}</style></head><body><header><b>售后服务</b>${who === undefined ? '' : html`<span>${who}</span>`}<nav>${nav.map(({ label, href }) => html`<a href="${href}">${label}</a>`)}</nav></header><main class="${wide ? 'wide' : ''}"><h1>${title}</h1>${body}</main><script nonce="${nonce}">${new Html(once + script)}</script></body></html>`.text;
}

/** A form is sent once; without network it stays as it is. */
const once = `
document.addEventListener('submit',function(e){var f=e.target;if(f.method!=='post')return;
if(navigator.onLine===false){e.preventDefault();alert('没有网络，填写的内容还在本页，请联网后再提交。');return}
var b=f.querySelector('button[type=submit],button:not([type])');if(b){if(b.disabled){e.preventDefault();return}b.disabled=true;b.dataset.text=b.textContent;b.textContent='正在提交…';setTimeout(function(){b.disabled=false;b.textContent=b.dataset.text},20000)}});
window.addEventListener('pageshow',function(){document.querySelectorAll('button[disabled]').forEach(function(b){b.disabled=false;if(b.dataset.text)b.textContent=b.dataset.text})});`;

export const facts = (rows: readonly (readonly [string, string | Html | null | undefined])[]): Html =>
	html`<dl>${rows.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;

/** What was refused, and the way out; a missing role is said as such. */
export const refusal = ({ code, message, way }: RuleViolation): Html => html`<b>${code === 'NOT_ALLOWED' ? '没有权限：' : ''}${message}</b><br>${way}`;

export const note = (text: string | Html, tone: '' | 'bad' | 'ok' | 'warn' = ''): Html => html`<div class="note ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">${text}</div>`;

export const badge = (text: string, tone: '' | 'bad' | 'ok' | 'warn' = ''): Html => html`<span class="badge ${tone}">${text}</span>`;
