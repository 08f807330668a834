import type { Decimal, Side } from './contract'
import { type Exact, formatExact, parseDecimal, rescale, trimTo } from './decimal'

/** Prices are whole ticks as soon as anything is computed with them; they may be negative (WTI settled at -37.63). */
export type Ticks = bigint

export type PriceReading =
  | { kind: 'onTick'; ticks: Ticks }
  /** Between two ticks: `below` and `below + 1`. */
  | { kind: 'offTick'; below: Ticks }
  | { kind: 'notAPrice' }

function tickOf(tickSize: Decimal): Exact {
  const tick = parseDecimal(tickSize)
  if (tick === null || tick.units <= 0n) throw new RangeError(`not a tick size: ${tickSize}`)
  return tick
}

function floorDiv(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return dividend % divisor < 0n ? quotient - 1n : quotient
}

export function readPrice(price: string, tickSize: Decimal): PriceReading {
  const parsed = parseDecimal(price)
  if (parsed === null) return { kind: 'notAPrice' }
  const tick = tickOf(tickSize)
  const scale = Math.max(parsed.scale, tick.scale)
  const priceUnits = rescale(parsed, scale).units
  const tickUnits = rescale(tick, scale).units
  const below = floorDiv(priceUnits, tickUnits)
  return below * tickUnits === priceUnits ? { kind: 'onTick', ticks: below } : { kind: 'offTick', below }
}

/** A limit off tick goes to the safe side, as the order-service does it: BUY down, SELL up. */
export function snapLimit(price: string, tickSize: Decimal, side: Side): Ticks | null {
  const reading = readPrice(price, tickSize)
  switch (reading.kind) {
    case 'onTick':
      return reading.ticks
    case 'offTick':
      return side === 'BUY' ? reading.below : reading.below + 1n
    case 'notAPrice':
      return null
  }
}

export function formatTicks(ticks: Ticks, tickSize: Decimal): Decimal {
  const tick = tickOf(tickSize)
  return formatExact({ units: ticks * tick.units, scale: tick.scale })
}

/** The price moved by whole ticks; from between two ticks the first step lands on the nearer tick in that direction. */
export function stepPrice(price: string, tickSize: Decimal, steps: number): Decimal | null {
  const reading = readPrice(price, tickSize)
  switch (reading.kind) {
    case 'onTick':
      return formatTicks(reading.ticks + BigInt(steps), tickSize)
    case 'offTick':
      return formatTicks(reading.below + BigInt(steps > 0 ? steps : steps + 1), tickSize)
    case 'notAPrice':
      return null
  }
}

/** For people: with the decimals of the tick, so that a column of prices lines up; more where it has more. Never rounded. */
export function formatPrice(price: Decimal | undefined, tickSize: Decimal | undefined): string {
  if (price === undefined) return '–'
  const parsed = parseDecimal(price)
  const tick = tickSize === undefined ? null : parseDecimal(tickSize)
  if (parsed === null || tick === null) return price
  return formatExact(trimTo(rescale(parsed, tick.scale), tick.scale)).replace('-', '−')
}

/** Whole ticks from bid to ask; null where one of them is missing. */
export function spreadTicks(
  bid: Decimal | undefined,
  ask: Decimal | undefined,
  tickSize: Decimal,
): Ticks | null {
  if (bid === undefined || ask === undefined) return null
  const low = readPrice(bid, tickSize)
  const high = readPrice(ask, tickSize)
  return low.kind === 'onTick' && high.kind === 'onTick' ? high.ticks - low.ticks : null
}
