import type { BarRow } from '../../shared/contract'

/** Seconds of an interval such as 15s, 2m, 4h, 1d; null where it is none. A day counts as 24 hours: only for drawing. */
export function intervalSeconds(interval: string): number | null {
  const match = /^([1-9]\d?)([smhd])$/.exec(interval)
  if (match === null) return null
  const count = Number(match[1])
  const unit = { s: [1, 60], m: [60, 60], h: [3_600, 24], d: [86_400, 1] }[match[2] as 's' | 'm' | 'h' | 'd']
  const [seconds = 0, most = 0] = unit
  return count > most ? null : count * seconds
}

export const INTERVALS = ['1s', '5s', '15s', '30s', '1m', '2m', '5m', '15m', '30m', '1h', '4h', '1d'] as const

export function startOf(row: BarRow): number {
  return Math.floor(Date.parse(row.start) / 1_000)
}

/** Of two rows of one start: the higher revision, then the final one, then the one that has seen more trades. */
export function supersedes(next: BarRow, known: BarRow | undefined): boolean {
  if (known === undefined) return true
  if (next.revision !== known.revision) return next.revision > known.revision
  if (next.final !== known.final) return next.final
  return next.trades >= known.trades
}

/**
 * Whether something between the last bar that is known and what came live may be missing: then the history is asked
 * for once more. What overlaps, or follows a finished bar directly, joins without a seam.
 */
export function hasHole(last: BarRow | undefined, live: readonly BarRow[], seconds: number): boolean {
  const first = live[0]
  if (last === undefined || first === undefined) return false
  const known = startOf(last)
  const next = startOf(first)
  if (next <= known) return false
  return !(last.final && next === known + seconds)
}

/** Which part of a series changed: only its last bar, or more than that. */
export type Change = 'nothing' | 'tail' | 'all'

/** So many bars stay when there are more than the most: what is older is asked for again when somebody looks there. */
const MOST_BARS = 5_000
const KEPT_BARS = 4_000

/** The bars of one chart, oldest first, however they came: history, live, history again. */
export class Bars {
  #rows: BarRow[] = []

  get rows(): readonly BarRow[] {
    return this.#rows
  }

  get last(): BarRow | undefined {
    return this.#rows.at(-1)
  }

  add(rows: readonly BarRow[]): Change {
    let change: Change = 'nothing'
    const late: BarRow[] = []
    for (const row of rows) {
      const last = this.last
      const start = startOf(row)
      if (last === undefined || start > startOf(last)) {
        this.#rows.push(row)
        change = change === 'nothing' ? 'tail' : 'all'
      } else if (start === startOf(last)) {
        if (!supersedes(row, last) || same(row, last)) continue
        this.#rows[this.#rows.length - 1] = row
        change = change === 'nothing' ? 'tail' : change
      } else late.push(row)
    }
    return late.length > 0 && this.#addLate(late) ? 'all' : change
  }

  /** Lets the oldest go where there are too many, as a chart of seconds has after an hour; not more than are `unseen`. */
  dropOldest(unseen: number): boolean {
    if (this.#rows.length <= MOST_BARS || this.#rows.length - KEPT_BARS > unseen) return false
    this.#rows = this.#rows.slice(-KEPT_BARS)
    return true
  }

  #addLate(late: readonly BarRow[]): boolean {
    const byStart = new Map(this.#rows.map(row => [startOf(row), row]))
    let changed = false
    for (const row of late) {
      const known = byStart.get(startOf(row))
      if (!supersedes(row, known) || (known !== undefined && same(row, known))) continue
      byStart.set(startOf(row), row)
      changed = true
    }
    if (changed) this.#rows = [...byStart.values()].sort((a, b) => startOf(a) - startOf(b))
    return changed
  }
}

function same(a: BarRow, b: BarRow): boolean {
  return (
    a.final === b.final &&
    a.revision === b.revision &&
    a.trades === b.trades &&
    a.volume === b.volume &&
    a.close === b.close &&
    a.high === b.high &&
    a.low === b.low
  )
}
