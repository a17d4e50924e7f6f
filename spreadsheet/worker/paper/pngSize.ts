/** Width and height in pixels, from the file's first chunk. */
export function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
	const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
	return { width: view.getUint32(16), height: view.getUint32(20) };
}
