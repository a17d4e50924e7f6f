/**
 * Changes that adding tables and columns cannot make: renames, conversions, removals.
 * Append only: never edit one that was released, never import today's code. Statements must run on both databases.
 */
export type Migration = { readonly id: string; readonly statements: readonly string[] };

export const migrations: readonly Migration[] = [];
