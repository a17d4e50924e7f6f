import { engineTables, tableOf } from '../store/tables';
import { documents, records } from './registry';

/** Everything the product stores. */
export const allTables = [...records.map(tableOf), ...documents.map(tableOf), ...engineTables];
