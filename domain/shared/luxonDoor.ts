/** The one import of luxon; the build replaces this file by a bundle, since the published package has no dependencies. */
export { DateTime, IANAZone } from 'luxon';
