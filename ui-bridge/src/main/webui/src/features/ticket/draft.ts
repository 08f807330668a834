import type {
  BracketBody,
  BracketLeg,
  InstrumentRow,
  OrdType,
  PlaceOrderBody,
  Side,
  TimeInForce,
} from '../../shared/contract'
import { times } from '../../shared/decimal'
import { ticksOf } from '../../shared/pnl'
import { formatTicks, readPrice, type Ticks } from '../../shared/ticks'

export type BracketUnit = 'ticks' | 'price' | 'money'

/** What the person has typed, as typed. */
export interface Draft {
  side: Side
  ordType: OrdType
  qty: string
  price: string
  stopPx: string
  /** Whole ticks. */
  trail: string
  timeInForce: Exclude<TimeInForce, 'GTD'>
  reduceOnly: boolean
  bracket: boolean
  unit: BracketUnit
  stop: string
  target: string
  /** The stop-loss follows the market. */
  trailing: boolean
  /** Ticks in favour after which the stop-loss moves to the entry; empty: never. */
  breakeven: string
  /** The instrument the prices were meant for: on any other they must not be sent. */
  priceOf: string
}

export const EMPTY_DRAFT: Draft = {
  side: 'BUY',
  ordType: 'LIMIT',
  qty: '1',
  price: '',
  stopPx: '',
  trail: '',
  timeInForce: 'DAY',
  reduceOnly: false,
  bracket: false,
  unit: 'ticks',
  stop: '',
  target: '',
  trailing: false,
  breakeven: '',
  priceOf: '',
}

export type Field = 'qty' | 'price' | 'stopPx' | 'trail' | 'stop' | 'target' | 'breakeven'

export type Check =
  | { kind: 'ready'; order: Omit<PlaceOrderBody, 'clOrdId'> }
  | { kind: 'incomplete'; field: Field; message: string }

/** The draft as it reads on this instrument: prices of another are not prices here. */
export function onInstrument(draft: Draft, symbol: string): Draft {
  if (draft.priceOf === symbol) return draft
  const distances = draft.unit === 'price' ? { stop: '', target: '' } : {}
  return { ...draft, price: '', stopPx: '', ...distances, priceOf: symbol }
}

const MOST_LOTS = 100_000
const MOST_TICKS = 100_000

export const needsPrice = (ordType: OrdType) => ordType === 'LIMIT' || ordType === 'STOP_LIMIT'
export const needsStop = (ordType: OrdType) => ordType === 'STOP' || ordType === 'STOP_LIMIT'

export function checkDraft(typed: Draft, instrument: InstrumentRow): Check {
  const draft = onInstrument(typed, instrument.symbol)
  const qty = whole(draft.qty, MOST_LOTS)
  if (qty === null) return incomplete('qty', 'Quantity: a whole number of lots, at least 1')
  const order: Omit<PlaceOrderBody, 'clOrdId'> = {
    symbol: instrument.symbol,
    side: draft.side,
    ordType: draft.ordType,
    orderQty: qty,
    timeInForce: draft.timeInForce,
    ...(draft.reduceOnly ? { reduceOnly: true } : {}),
  }
  if (needsStop(draft.ordType)) {
    const stop = priceOf('stopPx', 'Stop price', draft.stopPx, instrument.tickSize)
    if (stop.kind === 'incomplete') return stop
    order.stopPx = stop.price
  }
  if (needsPrice(draft.ordType)) {
    const price = priceOf('price', 'Limit price', draft.price, instrument.tickSize)
    if (price.kind === 'incomplete') return price
    order.price = price.price
  }
  if (draft.ordType === 'TRAILING_STOP') {
    const trail = whole(draft.trail, MOST_TICKS)
    if (trail === null) return incomplete('trail', 'Trail: a whole number of ticks')
    order.trail = trail
  }
  if (!draft.bracket) return { kind: 'ready', order }
  const bracket = bracketOf(draft, qty, instrument)
  return 'kind' in bracket ? bracket : { kind: 'ready', order: { ...order, bracket } }
}

function bracketOf(
  draft: Draft,
  qty: number,
  instrument: InstrumentRow,
): BracketBody | Extract<Check, { kind: 'incomplete' }> {
  const body: BracketBody = {}
  if (draft.stop.trim() !== '') {
    const leg = legOf(draft, draft.stop, qty, instrument)
    if (leg === null) return incomplete('stop', `Stop-loss: ${unitText(draft.unit)}`)
    if (draft.trailing && leg.ticks === undefined)
      return incomplete('stop', 'A stop-loss that follows is a distance: ticks or money')
    body.stopLoss = draft.trailing && leg.ticks !== undefined ? { ...leg, trail: leg.ticks } : leg
  }
  if (draft.target.trim() !== '') {
    const leg = legOf(draft, draft.target, qty, instrument)
    if (leg === null) return incomplete('target', `Target: ${unitText(draft.unit)}`)
    body.takeProfit = [leg]
  }
  if (body.stopLoss === undefined && body.takeProfit === undefined)
    return incomplete(
      'stop',
      'A bracket needs a stop-loss or a target; without either the order would be naked.',
    )
  if (draft.breakeven.trim() !== '') {
    const afterTicks = whole(draft.breakeven, MOST_TICKS)
    if (afterTicks === null) return incomplete('breakeven', 'Breakeven: a whole number of ticks')
    if (body.stopLoss === undefined) return incomplete('stop', 'Breakeven moves a stop-loss: name one')
    body.breakeven = { afterTicks }
  }
  return body
}

function legOf({ unit }: Draft, text: string, qty: number, instrument: InstrumentRow): BracketLeg | null {
  switch (unit) {
    case 'ticks': {
      const ticks = whole(text, MOST_TICKS)
      return ticks === null ? null : { ticks }
    }
    case 'money': {
      const ticks = ticksOf(text, qty, instrument.tickValue)
      return ticks === null || ticks > MOST_TICKS ? null : { ticks }
    }
    case 'price': {
      const reading = readPrice(text, instrument.tickSize)
      return reading.kind === 'onTick' ? { price: formatTicks(reading.ticks, instrument.tickSize) } : null
    }
  }
}

const unitText = (unit: BracketUnit) =>
  ({ ticks: 'a whole number of ticks', price: 'a price on tick', money: 'an amount of money' })[unit]

export interface Plan {
  /** Money lost at the stop-loss and won at the target, as positive amounts before fees. */
  risk: string | null
  reward: string | null
  /** How many times the risk the target is worth. */
  r: number | null
}

/** What the order risks, before it is sent: from where it would be filled as far as that is known. */
export function planOf(
  order: Omit<PlaceOrderBody, 'clOrdId'>,
  entry: string | undefined,
  instrument: InstrumentRow,
): Plan {
  const from = order.price ?? order.stopPx ?? entry
  const distance = (leg: BracketLeg | undefined): number | null => {
    if (leg === undefined) return null
    if (leg.ticks !== undefined) return leg.ticks
    const to = leg.price === undefined ? null : ticksAt(leg.price, instrument)
    const at = from === undefined ? null : ticksAt(from, instrument)
    return to === null || at === null ? null : Math.abs(Number(to - at))
  }
  const worth = (ticks: number | null) =>
    ticks === null ? null : times(instrument.tickValue, ticks * order.orderQty)
  const risked = distance(order.bracket?.stopLoss)
  const won = distance(order.bracket?.takeProfit?.[0])
  return {
    risk: worth(risked),
    reward: worth(won),
    r: risked === null || won === null || risked === 0 ? null : won / risked,
  }
}

function ticksAt(price: string, { tickSize }: InstrumentRow): Ticks | null {
  const reading = readPrice(price, tickSize)
  return reading.kind === 'onTick' ? reading.ticks : null
}

function whole(text: string, most: number): number | null {
  const trimmed = text.trim()
  if (!/^\d{1,7}$/.test(trimmed)) return null
  const value = Number(trimmed)
  return value < 1 || value > most ? null : value
}

function incomplete(field: Field, message: string): Extract<Check, { kind: 'incomplete' }> {
  return { kind: 'incomplete', field, message }
}

function priceOf(
  field: Field,
  name: string,
  text: string,
  tickSize: string,
): { kind: 'price'; price: string } | Extract<Check, { kind: 'incomplete' }> {
  const reading = readPrice(text, tickSize)
  switch (reading.kind) {
    case 'onTick':
      return { kind: 'price', price: formatTicks(reading.ticks, tickSize) }
    case 'offTick':
      return incomplete(field, `${name}: not a multiple of ${tickSize}`)
    case 'notAPrice':
      return incomplete(
        field,
        text.trim() === ''
          ? `${name}: enter one, step to one, or pick one in the ladder.`
          : `${name}: not a number`,
      )
  }
}

export function stepQty(qty: string, steps: number): string {
  const lots = /^\d{1,7}$/.test(qty.trim()) ? Number(qty) : 0
  return String(Math.min(MOST_LOTS, Math.max(1, lots + steps)))
}
