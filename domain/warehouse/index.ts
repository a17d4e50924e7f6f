import { goodsIn } from './goodsIn';
import { goodsIssue } from './goodsIssue';
import { openingStock } from './openingStock';
import { scrapList } from './scrapList';
import { stockAdjustment } from './adjustment';
import { stockCard } from './stockCard';
import { stockCount } from './stockCount';
import { stockLot } from './stockLot';
import { stockMove } from './stockMove';

/** The papers of the warehouse. */
export const warehousePapers = [openingStock, goodsIn, goodsIssue, scrapList, stockCount, stockAdjustment, stockCard, stockLot, stockMove];
