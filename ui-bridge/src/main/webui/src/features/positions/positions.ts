import type { PositionRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { formatTicks, readPrice } from '../../shared/ticks'

/** The account's positions: open ones first, then by name. */
export function positionRows(cells: ReadonlyMap<string, Cell>): readonly PositionRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as PositionRow]))
    .sort((a, b) => Number(a.netQty === 0) - Number(b.netQty === 0) || a.symbol.localeCompare(b.symbol))
}

/** Whether the same is held, realised and paid; marks may be others. */
export function sameHoldings(a: readonly PositionRow[], b: readonly PositionRow[]): boolean {
  return a.length === b.length && a.every((row, index) => holdingOf(row) === holdingOf(b[index]))
}

function holdingOf(row: PositionRow | undefined): string {
  return row === undefined
    ? ''
    : [row.symbol, row.netQty, row.avgPx, row.realizedPnl, row.fees, row.reportedPnl].join(' ')
}

export function netText(netQty: number): string {
  return netQty === 0 ? 'flat' : netQty > 0 ? `+${netQty}` : `−${-netQty}`
}

/**
 * Where a stop at the entry lies, on the tick that loses nothing; or why there can be none: a stop that the market is
 * past already would close the position at once.
 */
export function breakevenOf(row: PositionRow, tickSize: string): { price: string } | { why: string } {
  if (row.avgPx === undefined || row.markPx === undefined) return { why: 'No price is known yet.' }
  const entry = readPrice(row.avgPx, tickSize)
  const mark = readPrice(row.markPx, tickSize)
  if (entry.kind === 'notAPrice' || mark.kind === 'notAPrice') return { why: 'No price is known yet.' }
  const long = row.netQty > 0
  const ticks = entry.kind === 'onTick' ? entry.ticks : long ? entry.below + 1n : entry.below
  const market = mark.kind === 'onTick' ? mark.ticks : long ? mark.below : mark.below + 1n
  return (long ? market > ticks : market < ticks)
    ? { price: formatTicks(ticks, tickSize) }
    : { why: 'The market is not past the entry yet: a stop there would close at once.' }
}
