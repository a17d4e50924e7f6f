/** The one import of pg; bundled by the build. */
export { Pool, types } from 'pg';
export type { PoolClient, PoolConfig } from 'pg';
