import type { MarketStatusRow } from './contract'

/** The venue's clock now, in milliseconds: in a replay the recorded time, which runs at its own rate. */
export function venueNow(status: MarketStatusRow | undefined, now: number): number | null {
  if (status === undefined) return null
  const said = Date.parse(status.venueTime)
  const at = Date.parse(status.at)
  if (Number.isNaN(said) || Number.isNaN(at)) return null
  return said + Math.max(0, now - at) * Number(status.rate)
}
