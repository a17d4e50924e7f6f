/** The one import of nodemailer; bundled by the build. */
export { createTransport } from 'nodemailer';
