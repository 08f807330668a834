import type { OrderRow, QuoteRow } from './contract'
import type { Changes } from './link/board'
import type { Heard } from './link/messages'

/** At most one frame in that time is timed: enough for percentiles, and little to tell. */
const BETWEEN_FRAMES_MS = 100
const MOST_CLICKS = 100
const MOST_SAMPLES = 200

/** The venue has spoken about a new order. */
const ANSWERED: ReadonlySet<string> = new Set(['NEW', 'PARTIALLY_FILLED', 'FILLED', 'REJECTED'])

export type HopTimes = Readonly<Record<string, readonly number[]>>

/** What this page adds to the ways from tick to paint and from click to confirmed, by the names of docs/timings.md. */
export class Hops {
  #times = new Map<string, number[]>()
  readonly #clicks = new Map<string, number>()
  #framedAt = Number.NEGATIVE_INFINITY

  /** A new order leaves. */
  clicked(clOrdId: string, at = Date.now()): void {
    this.#clicks.set(clOrdId, at)
    for (const oldest of this.#clicks.keys()) {
      if (this.#clicks.size <= MOST_CLICKS) return
      this.#clicks.delete(oldest)
    }
  }

  /** Whether anything of these changes would be timed: what is not needs no word of when it was seen. */
  wants(changes: Changes, frame: Heard | null, now: number): boolean {
    if (frame !== null && now - this.#framedAt >= BETWEEN_FRAMES_MS) return true
    return this.#clicks.size > 0 && changes.puts.some(({ ch }) => ch.startsWith('orders:'))
  }

  /** These changes are on the screen now; `aheadMs` is how far the bridge's clock is ahead of ours. */
  painted(changes: Changes, frame: Heard | null, aheadMs: number | null, now: number): void {
    if (aheadMs === null) return
    this.#tick(changes, frame, aheadMs, now)
    for (const { ch, cell } of changes.puts)
      if (ch.startsWith('orders:') && cell.data !== null)
        this.#order(cell.data as OrderRow, cell.asOf, aheadMs, now)
  }

  /** What was timed since the last call; null: nothing. */
  take(): HopTimes | null {
    if (this.#times.size === 0) return null
    const taken = Object.fromEntries(this.#times)
    this.#times = new Map()
    return taken
  }

  #tick({ puts, replaced }: Changes, frame: Heard | null, aheadMs: number, now: number): void {
    if (frame === null || now - this.#framedAt < BETWEEN_FRAMES_MS) return
    // the first picture of a channel is as old as the last thing that happened there
    const put = puts.find(({ ch, cell }) => ch.startsWith('quote:') && !replaced.includes(ch) && cell.data)
    if (put === undefined) return
    const quote = put.cell.data as QuoteRow
    this.#framedAt = now
    this.#add('hop.tick.frame', frame.receivedAt + aheadMs - frame.sentAt)
    this.#add('hop.tick.paint', now - frame.receivedAt)
    this.#add('hop.tick.all', now + aheadMs - Date.parse(quote.at))
  }

  #order(row: OrderRow, onTapeAt: number, aheadMs: number, now: number): void {
    const clickedAt = this.#clicks.get(row.clOrdId)
    if (clickedAt === undefined || row.ordStatus === 'PENDING_NEW') return
    this.#clicks.delete(row.clOrdId)
    if (!ANSWERED.has(row.ordStatus)) return
    this.#add('hop.click.rest', Date.parse(row.createdAt) - aheadMs - clickedAt)
    this.#add('hop.click.paint', now - onTapeAt)
    this.#add('hop.click.all', now - clickedAt)
  }

  #add(hop: string, ms: number): void {
    if (!Number.isFinite(ms)) return
    const times = this.#times.get(hop) ?? []
    this.#times.set(hop, times)
    if (times.length < MOST_SAMPLES) times.push(Math.max(0, Math.round(ms * 10) / 10))
  }
}
