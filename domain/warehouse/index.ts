import { courierSlip } from './courierSlip';
import { archiveDisposal, documentArchive } from './documentArchive';
import { freightCheck } from './freightCheck';
import { goodsIn } from './goodsIn';
import { goodsIssue } from './goodsIssue';
import { icProgramming } from './icProgramming';
import { openingStock } from './openingStock';
import { scrapList } from './scrapList';
import { stockAdjustment } from './adjustment';
import { stockCard } from './stockCard';
import { stockCount } from './stockCount';
import { stockLot } from './stockLot';
import { stockMove } from './stockMove';
import { stockProblem } from './stockProblem';
import { warehouseCheck } from './warehouseCheck';

/** The papers of the warehouse. */
export const warehousePapers = [openingStock, goodsIn, goodsIssue, scrapList, stockCount, stockAdjustment, warehouseCheck, stockProblem, icProgramming, courierSlip, freightCheck, documentArchive, archiveDisposal, stockCard, stockLot, stockMove];
