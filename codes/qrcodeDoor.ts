/** The one import of qrcode; the build replaces this file by a bundle, since the published package has no dependencies. */
export { create, toBuffer } from 'qrcode';
