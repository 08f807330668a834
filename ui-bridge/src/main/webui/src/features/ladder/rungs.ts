import {
  type DepthLevel,
  type DepthRow,
  isTerminal,
  type OrderRow,
  type QuoteRow,
} from '../../shared/contract'
import { readPrice, type Ticks } from '../../shared/ticks'
import { type Drags, fieldTicks, type LineField } from '../chart/drag'

/** An own order at a price; what it is about to become is a ghost at another. */
export interface Chip {
  clOrdId: string
  field: LineField
  side: OrderRow['side']
  qty: number
  stop: boolean
  pending: boolean
  ghost: boolean
  row: OrderRow
}

export interface Market {
  bids: ReadonlyMap<Ticks, number>
  asks: ReadonlyMap<Ticks, number>
  bestBid: Ticks | null
  bestAsk: Ticks | null
  last: Ticks | null
  lastQty: number
  largest: number
}

export function marketOf(depth: DepthRow | undefined, quote: QuoteRow | undefined, tickSize: string): Market {
  const levels = (side: readonly DepthLevel[] | undefined) => {
    const known = new Map<Ticks, number>()
    for (const [px, qty] of side ?? []) {
      const ticks = onTick(px, tickSize)
      if (ticks !== null) known.set(ticks, qty)
    }
    return known
  }
  const bids = levels(depth?.bids)
  const asks = levels(depth?.asks)
  return {
    bids,
    asks,
    bestBid: onTick(quote?.bidPx ?? depth?.bids[0]?.[0], tickSize),
    bestAsk: onTick(quote?.askPx ?? depth?.asks[0]?.[0], tickSize),
    last: onTick(quote?.lastPx, tickSize),
    lastQty: quote?.lastQty ?? 0,
    largest: Math.max(1, ...bids.values(), ...asks.values()),
  }
}

function onTick(price: string | undefined, tickSize: string): Ticks | null {
  const reading = price === undefined ? null : readPrice(price, tickSize)
  return reading?.kind === 'onTick' ? reading.ticks : null
}

/** Own orders by price, those that move at both places. */
export function chipsOf(
  orders: readonly OrderRow[],
  drags: Drags,
  tickSize: string,
): ReadonlyMap<Ticks, readonly Chip[]> {
  const chips = new Map<Ticks, Chip[]>()
  const put = (ticks: Ticks, chip: Chip) => {
    const there = chips.get(ticks)
    if (there === undefined) chips.set(ticks, [chip])
    else there.push(chip)
  }
  for (const row of orders) {
    if (isTerminal(row.ordStatus)) continue
    const field: LineField = row.ordType === 'LIMIT' ? 'price' : 'stopPx'
    const ticks = fieldTicks(row, field, tickSize)
    if (ticks === null) continue
    const { gesture } = drags
    const held =
      gesture?.handle.kind === 'order' && gesture.handle.clOrdId === row.clOrdId ? gesture.to : null
    const wish = drags.wishes.get(row.clOrdId)
    const asked = onTick(row.pending.find(each => each.kind === 'REPLACE')?.[field], tickSize)
    const ghost = held ?? wish?.next ?? wish?.to ?? asked
    const chip: Chip = {
      clOrdId: row.clOrdId,
      field,
      side: row.side,
      qty: row.leavesQty,
      stop: field === 'stopPx',
      pending: row.pending.length > 0 || wish !== undefined,
      ghost: false,
      row,
    }
    put(ticks, chip)
    if (ghost !== null && ghost !== undefined && ghost !== ticks) put(ghost, { ...chip, ghost: true })
  }
  return chips
}

/** Where the ladder's middle goes: it stays while the market is well inside, and jumps when it nears an edge. */
export function recentred(middle: Ticks | null, market: Ticks | null, rows: number): Ticks | null {
  if (market === null) return middle
  if (middle === null) return market
  const away = market > middle ? market - middle : middle - market
  return away > BigInt(Math.max(1, Math.floor(rows * 0.38))) ? market : middle
}
