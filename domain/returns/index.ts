import { returnBatch } from './returnBatch';
import { returnInspection } from './returnInspection';
import { returnPlan } from './returnPlan';
import { returnProcedure } from './returnProcedure';
import { returnQuote } from './returnQuote';
import { returnScrap } from './returnScrap';
import { returnStats } from './returnStats';
import { supplierRepair } from './supplierRepair';

/** The workshop for returned products, in the order of its day. */
export const returnPapers = [returnBatch, returnQuote, returnInspection, returnProcedure, returnPlan, supplierRepair, returnScrap, returnStats] as const;
