import type { RoundTrip } from '../../shared/contract'
import { type Exact, formatExact, negate, parseDecimal, rescale, signOf, sum } from '../../shared/decimal'

export interface Statistics {
  count: number
  wins: number
  losses: number
  /** Net of fees, as everything here. */
  net: string
  fees: string
  /** Of all round trips, 0 to 1; null without any. */
  winRate: number | null
  averageWin: string | null
  averageLoss: string | null
  /** What was won for each unit lost; null while nothing was lost. */
  profitFactor: number | null
  expectancy: string | null
  largestWin: string | null
  largestLoss: string | null
  /** The deepest fall of the running sum, as a positive amount. */
  drawdown: string
  /** How far trades went against, and for, whoever held them; of those for which it is known. */
  averageMae: string | null
  averageMfe: string | null
}

/** What was taken back never was: it counts in no figure. */
export const standing = (trips: readonly RoundTrip[]) => trips.filter(trip => trip.voided !== true)

export const netOf = (trip: RoundTrip) => sum(trip.pnl, negate(trip.fees))

/** Figures of round trips in the order they ended. Sums are exact; ratios and averages are for reading. */
export function statisticsOf(trips: readonly RoundTrip[]): Statistics {
  const nets = trips.map(netOf)
  const won = nets.filter(net => signOf(net) > 0)
  const lost = nets.filter(net => signOf(net) < 0)
  const net = sum(...nets)
  const gains = sum(...won)
  const losses = negate(sum(...lost))
  return {
    count: nets.length,
    wins: won.length,
    losses: lost.length,
    net,
    fees: sum(...trips.map(trip => trip.fees)),
    winRate: nets.length === 0 ? null : won.length / nets.length,
    averageWin: average(gains, won.length),
    averageLoss: average(losses, lost.length),
    profitFactor: lost.length === 0 ? null : Number(gains) / Number(losses),
    expectancy: average(net, nets.length),
    largestWin: extreme(won, 1),
    largestLoss: extreme(lost, -1),
    drawdown: drawdownOf(nets),
    averageMae: averageOf(trips.flatMap(trip => trip.mae ?? [])),
    averageMfe: averageOf(trips.flatMap(trip => trip.mfe ?? [])),
  }
}

/** The running sum after each of them, beginning at zero. */
export function equityOf(trips: readonly RoundTrip[]): readonly string[] {
  const curve = ['0']
  for (const trip of trips) curve.push(sum(curve.at(-1), netOf(trip)))
  return curve
}

export interface Day {
  day: string
  net: string
  count: number
}

/** By the exchange's trading day they ended in: what is closed on a Sunday evening belongs to Monday. */
export function daysOf(trips: readonly RoundTrip[]): readonly Day[] {
  const days = new Map<string, Day>()
  for (const trip of trips) {
    const day = trip.tradingDay
    const known = days.get(day)
    days.set(day, { day, net: sum(known?.net, netOf(trip)), count: (known?.count ?? 0) + 1 })
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day))
}

const averageOf = (values: readonly string[]) => average(sum(...values), values.length)

function average(total: string, count: number): string | null {
  const exact = parseDecimal(total)
  if (exact === null || count === 0) return null
  const cents = rescale(exact, 2)
  const divisor = BigInt(count) * 10n ** BigInt(cents.scale - 2)
  const half = divisor / 2n
  const units = cents.units < 0n ? -((-cents.units + half) / divisor) : (cents.units + half) / divisor
  return formatExact({ units, scale: 2 })
}

function extreme(values: readonly string[], sign: 1 | -1): string | null {
  return values.reduce<string | null>(
    (most, value) => (most === null || signOf(sum(value, negate(most))) === sign ? value : most),
    null,
  )
}

function drawdownOf(nets: readonly string[]): string {
  let at: Exact = { units: 0n, scale: 0 }
  let peak = at
  let deepest = at
  for (const net of nets) {
    const step = parseDecimal(net)
    if (step === null) continue
    const scale = Math.max(at.scale, step.scale)
    at = { units: rescale(at, scale).units + rescale(step, scale).units, scale }
    peak = rescale(peak, scale)
    deepest = rescale(deepest, scale)
    if (at.units > peak.units) peak = at
    if (peak.units - at.units > deepest.units) deepest = { units: peak.units - at.units, scale }
  }
  return formatExact(deepest)
}
