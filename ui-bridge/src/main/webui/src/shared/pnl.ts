import type { Decimal, InstrumentRow } from './contract'
import { formatExact, parseDecimal, rescale } from './decimal'
import type { Ticks } from './ticks'

type Worth = Pick<InstrumentRow, 'tickSize' | 'tickValue'>

/**
 * What `qty` lots (negative: short) bought at `avgPx` would have gained at `ticks`, before fees, in cents of the
 * instrument's currency: an average lies between ticks, so the last cent is rounded. null where a number is missing.
 */
export function pnlAt(ticks: Ticks, avgPx: Decimal | undefined, qty: number, worth: Worth): Decimal | null {
  const average = avgPx === undefined ? null : parseDecimal(avgPx)
  const tick = parseDecimal(worth.tickSize)
  const value = parseDecimal(worth.tickValue)
  if (average === null || tick === null || value === null || tick.units === 0n) return null
  const scale = Math.max(average.scale, tick.scale)
  const tickUnits = rescale(tick, scale).units
  const difference = ticks * tickUnits - rescale(average, scale).units
  const cents = rescale(value, 2)
  return formatExact({
    units: rounded(difference * cents.units * BigInt(qty), tickUnits * 10n ** BigInt(cents.scale - 2)),
    scale: 2,
  })
}

/** Whole ticks that so much money is for so many lots, rounded up: never less protection than asked for. */
export function ticksOf(money: Decimal, qty: number, tickValue: Decimal): number | null {
  const amount = parseDecimal(money)
  const value = parseDecimal(tickValue)
  if (amount === null || value === null || value.units <= 0n || qty < 1 || amount.units <= 0n) return null
  const scale = Math.max(amount.scale, value.scale)
  const perTick = rescale(value, scale).units * BigInt(qty)
  return Number((rescale(amount, scale).units + perTick - 1n) / perTick)
}

function rounded(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n
  return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor
}
