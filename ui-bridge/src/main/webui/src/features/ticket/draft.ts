import type { InstrumentRow, PlaceOrderBody, Side } from '../../shared/contract'
import { formatTicks, readPrice } from '../../shared/ticks'

/** What the person has typed, as typed. */
export interface Draft {
  side: Side
  ordType: 'MARKET' | 'LIMIT'
  qty: string
  price: string
  /** The instrument the price was meant for: on any other it must not be sent. */
  priceOf: string
}

export const EMPTY_DRAFT: Draft = { side: 'BUY', ordType: 'LIMIT', qty: '1', price: '', priceOf: '' }

export type Check =
  | { kind: 'ready'; order: Omit<PlaceOrderBody, 'clOrdId'> }
  | { kind: 'incomplete'; field: 'qty' | 'price'; message: string }

/** The draft as it reads on this instrument. */
export function onInstrument(draft: Draft, symbol: string): Draft {
  return draft.priceOf === symbol ? draft : { ...draft, price: '', priceOf: symbol }
}

const MOST_LOTS = 100_000

export function checkDraft(typed: Draft, instrument: InstrumentRow): Check {
  const draft = onInstrument(typed, instrument.symbol)
  const qty = draft.qty.trim()
  if (!/^\d{1,7}$/.test(qty) || Number(qty) < 1 || Number(qty) > MOST_LOTS)
    return { kind: 'incomplete', field: 'qty', message: 'Quantity: a whole number of lots, at least 1' }
  const order = {
    symbol: instrument.symbol,
    side: draft.side,
    ordType: draft.ordType,
    orderQty: Number(qty),
    timeInForce: 'DAY' as const,
  }
  if (draft.ordType === 'MARKET') return { kind: 'ready', order }
  const reading = readPrice(draft.price, instrument.tickSize)
  switch (reading.kind) {
    case 'onTick':
      return { kind: 'ready', order: { ...order, price: formatTicks(reading.ticks, instrument.tickSize) } }
    case 'offTick':
      return {
        kind: 'incomplete',
        field: 'price',
        message: `Price: not a multiple of ${instrument.tickSize}`,
      }
    case 'notAPrice':
      return {
        kind: 'incomplete',
        field: 'price',
        message:
          draft.price.trim() === ''
            ? 'Enter a limit price, step to one, or pick one in the depth.'
            : 'Price: not a number',
      }
  }
}

export function stepQty(qty: string, steps: number): string {
  const lots = /^\d{1,7}$/.test(qty.trim()) ? Number(qty) : 0
  return String(Math.min(MOST_LOTS, Math.max(1, lots + steps)))
}
