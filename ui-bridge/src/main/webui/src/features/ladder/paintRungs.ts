import { mark, write } from '../../shared/byHand'
import type { OrderRow } from '../../shared/contract'
import type { Ticks } from '../../shared/ticks'
import type { Chip, Market } from './rungs'
import type { Traded } from './useLadderMarket'

export interface RungsNow {
  /** The price of the first rung; each next one is a tick lower. */
  top: Ticks
  market: Market
  traded: Traded
  chips: ReadonlyMap<Ticks, readonly Chip[]>
  aheadOf: (row: OrderRow, level: number | undefined, volume: number) => number | null
}

/** What moves with the market, on rungs that are there: by hand, for it comes fifty times a second. */
export function paintRungs(body: HTMLElement, { top, market, traded, chips, aheadOf }: RungsNow): void {
  for (const [index, rung] of [...body.children].entries()) {
    const ticks = top - BigInt(index)
    const bid = market.bids.get(ticks) ?? 0
    const ask = market.asks.get(ticks) ?? 0
    const volume = traded.volume.get(ticks) ?? 0
    const inside = ticks === market.bestBid ? 'bid' : ticks === market.bestAsk ? 'ask' : null
    const [, bidCell, priceCell, askCell, , volumeCell] = rung.children
    mark(rung, 'data-inside', inside)
    mark(bidCell, 'data-testid', inside === 'bid' ? 'ladder-best-bid' : null)
    mark(askCell, 'data-testid', inside === 'ask' ? 'ladder-best-ask' : null)
    paintBar(bidCell, bid, market.largest)
    paintBar(askCell, ask, market.largest)
    paintBar(volumeCell, volume, traded.most)
    write(
      priceCell?.lastElementChild,
      ticks === market.last && market.lastQty > 0 ? String(market.lastQty) : '',
    )
    for (const chip of chips.get(ticks) ?? []) {
      if (chip.ghost || chip.stop) continue
      const ahead = aheadOf(chip.row, bid || ask || undefined, volume)
      const place = rung.querySelector(`[data-ahead="${CSS.escape(chip.clOrdId)}"]`)
      write(place, ahead === null ? '' : String(ahead))
    }
  }
}

function paintBar(cell: Element | undefined, lots: number, most: number): void {
  if (!(cell instanceof HTMLElement)) return
  write(cell, lots > 0 ? String(lots) : '')
  const size = `${lots > 0 ? Math.max(1, Math.round((100 * lots) / most)) : 0}% 100%`
  if (cell.style.backgroundSize !== size) cell.style.backgroundSize = size
}
