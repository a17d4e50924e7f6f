/** The one import of axios; bundled by the build. */
export { default } from 'axios';
