import type { FillRow, Side } from '../../shared/contract'

/** Where fills lie on the chart. */
export interface Mark {
  /** Start of the bar, in seconds. */
  time: number
  side: Side
  lots: number
}

/**
 * One mark per bar and side, however many executions made it: an order filled in twenty parts is one arrow. What the venue
 * took back is not marked; a correction stands in its place.
 */
export function marksOf(
  fills: readonly FillRow[],
  oldest: number,
  newest: number,
  seconds: number,
): readonly Mark[] {
  const replaced = new Set(fills.flatMap(fill => fill.corrects ?? []))
  const marks = new Map<string, Mark>()
  for (const { execId, revised, venueTime, side, lastQty } of fills) {
    const at = Date.parse(venueTime) / 1_000
    if (at < oldest || revised === 'BUSTED' || replaced.has(execId)) continue
    const time = Math.min(newest, Math.floor(at / seconds) * seconds)
    const key = `${time} ${side}`
    marks.set(key, { time, side, lots: (marks.get(key)?.lots ?? 0) + lastQty })
  }
  return [...marks.values()].sort((a, b) => a.time - b.time)
}
