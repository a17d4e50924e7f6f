import { create, toBuffer } from './qrcodeDoor';

/** Survives a crease or an oil stain of a quarter of the code. */
const options = { errorCorrectionLevel: 'Q', margin: 2 } as const;

/** A QR code as drawing, one unit a module, with its quiet zone. */
export function qrSvg(text: string): string {
	const { modules } = create(text, options);
	const size = modules.size + 2 * options.margin;
	const dark: string[] = [];
	for (let row = 0; row < modules.size; row++) for (let column = 0; column < modules.size; column++) if (modules.get(row, column) === 1) dark.push(`M${column + options.margin} ${row + options.margin}h1v1h-1z`);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${dark.join('')}"/></svg>`;
}

/** The same code as PNG, sharp at any size that papers use. */
export const qrPng = async (text: string): Promise<Buffer> => await toBuffer(text, { ...options, type: 'png', scale: 12 });
