import { html, type Html } from './html';

const MAX_BYTES = 400_000;
const PNG = 'data:image/png;base64,';

/** The box a customer signs in. */
export const signatureField = (drawn: string): Html =>
	html`<fieldset><legend>客户手写签名</legend><canvas class="sign" data-sign aria-label="签名框"></canvas><input type="hidden" name="signaturePng" value="${drawn.startsWith(PNG) ? drawn : ''}"><p><button type="button" class="plain" data-clear>重签</button> <small>请客户用手指在框内签名</small></p></fieldset>`;

/** The drawn signature as PNG; null when there is none or it is no picture of ours. */
export function signatureOf(value: unknown): Buffer | null {
	if (typeof value !== 'string' || !value.startsWith(PNG)) return null;
	const content = Buffer.from(value.slice(PNG.length), 'base64');
	const isPng = content.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
	return isPng && content.length <= MAX_BYTES ? content : null;
}

/** Draws with finger, pen or mouse; a refused form shows the signature again. */
export const signScript = `
document.querySelectorAll('[data-sign]').forEach(function(c){var box=c.closest('fieldset'),out=box.querySelector('[name=signaturePng]'),x=c.getContext('2d'),on=false,ready=false;
function size(){if(ready||!c.clientWidth)return;c.width=c.clientWidth;c.height=c.clientHeight;x.lineWidth=2.5;x.lineCap='round';x.lineJoin='round';x.strokeStyle='#111';ready=true;if(out.value){var i=new Image();i.onload=function(){x.drawImage(i,0,0)};i.src=out.value}}
function at(e){var r=c.getBoundingClientRect();return[e.clientX-r.left,e.clientY-r.top]}
c.addEventListener('pointerdown',function(e){size();on=true;c.setPointerCapture(e.pointerId);var p=at(e);x.beginPath();x.moveTo(p[0],p[1]);x.lineTo(p[0]+.1,p[1]);x.stroke();e.preventDefault()});
c.addEventListener('pointermove',function(e){if(!on)return;var p=at(e);x.lineTo(p[0],p[1]);x.stroke()});
function end(){if(on){on=false;out.value=c.toDataURL('image/png')}}
c.addEventListener('pointerup',end);c.addEventListener('pointercancel',end);
box.querySelector('[data-clear]').addEventListener('click',function(){x.clearRect(0,0,c.width,c.height);out.value=''});
document.addEventListener('change',function(){setTimeout(size,30)});document.addEventListener('toggle',function(){setTimeout(size,30)},true);size()});`;

/** Large photos are made small in the phone; where that fails they are sent as they are. */
export const photoScript = `
document.querySelectorAll('[data-photos]').forEach(function(input){input.addEventListener('change',function(){var files=Array.from(input.files),t=new DataTransfer();input.disabled=true;
Promise.all(files.map(function(f){if(f.size<600000||!/^image\\/(jpeg|png|webp|heic)/.test(f.type))return f;return createImageBitmap(f).then(function(b){var s=Math.min(1,1600/Math.max(b.width,b.height)),c=document.createElement('canvas');c.width=b.width*s;c.height=b.height*s;c.getContext('2d').drawImage(b,0,0,c.width,c.height);return new Promise(function(ok){c.toBlob(function(o){ok(o?new File([o],f.name.replace(/\\.\\w+$/,'')+'.jpg',{type:'image/jpeg'}):f)},'image/jpeg',.85)})}).catch(function(){return f})})).then(function(small){small.forEach(function(f){t.items.add(f)});input.files=t.files;input.disabled=false})})});`;
