import { goodsIn } from './goodsIn';
import { goodsIssue } from './goodsIssue';
import { openingStock } from './openingStock';
import { scrapList } from './scrapList';
import { stockCard } from './stockCard';
import { stockLot } from './stockLot';
import { stockMove } from './stockMove';

/** The papers of the warehouse. */
export const warehousePapers = [openingStock, goodsIn, goodsIssue, scrapList, stockCard, stockLot, stockMove];
