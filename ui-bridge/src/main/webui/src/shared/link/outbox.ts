import type { ValueItem, Version } from '../contract'
import { isNewer } from '../version'
import { type Changes, keyOf, type Put } from './board'

/** A profit that changes more often is not read by anybody, but laid out and painted in every panel that shows it. */
export const MARKS_EVERY_MS = 200

/**
 * What the page has not been told yet: per key only the newest value, so that a page that paints slowly,
 * or not at all, costs memory for its keys and not for its updates.
 */
export class Outbox {
  readonly #replaced = new Set<string>()
  readonly #puts = new Map<string, Map<string, Put>>()
  #unseen: ReadonlySet<string> = new Set()
  /** By channel and key: what stands of the account in the row that was handed over last, and when that was. */
  readonly #told = new Map<string, Map<string, { seq: number; at: number }>>()

  /** Of the `unseen` nothing is handed over: the newest of each key waits here until somebody looks. */
  want(channels: readonly string[], unseen: readonly string[]): void {
    this.#unseen = new Set(unseen)
    const wanted = new Set(channels)
    for (const channel of [...this.#puts.keys(), ...this.#replaced]) {
      if (wanted.has(channel)) continue
      this.#puts.delete(channel)
      this.#replaced.delete(channel)
    }
    for (const channel of this.#told.keys()) if (!wanted.has(channel)) this.#told.delete(channel)
  }

  replace(channel: string): void {
    this.#puts.delete(channel)
    this.#told.delete(channel)
    this.#replaced.add(channel)
  }

  put(item: ValueItem, receivedAt: number): void {
    const puts = this.#puts.get(item.ch) ?? new Map<string, Put>()
    this.#puts.set(item.ch, puts)
    const k = keyOf(item)
    const known = puts.get(k)
    if (known !== undefined && !isNewer(item.v, known.cell.v)) return
    puts.set(k, {
      ch: item.ch,
      k,
      cell: { v: item.v, data: item.data, asOf: receivedAt - (item.age ?? 0) },
    })
  }

  /** Nothing to hand over now; marks may be waiting for their time. */
  isEmpty(now: number): boolean {
    if (this.#seen(this.#replaced).length > 0) return false
    for (const channel of this.#seen(this.#puts.keys()))
      for (const put of this.#puts.get(channel)?.values() ?? []) if (this.#isDue(put, now)) return false
    return true
  }

  /** Whether something that is looked at waits for its time. */
  isWaiting(): boolean {
    return this.#seen(this.#puts.keys()).length > 0
  }

  take(now: number): Changes {
    const replaced = this.#seen(this.#replaced)
    const puts: Put[] = []
    for (const channel of this.#seen(this.#puts.keys())) {
      const waiting = this.#puts.get(channel)
      if (waiting === undefined) continue
      for (const put of waiting.values()) {
        if (!this.#isDue(put, now)) continue
        waiting.delete(put.k)
        puts.push(put)
        this.#tell(put, now)
      }
      if (waiting.size === 0) this.#puts.delete(channel)
    }
    for (const channel of replaced) this.#replaced.delete(channel)
    return { replaced, puts }
  }

  /** What happened to the account is told at once; what only another mark makes of it, five times a second. */
  #isDue({ ch, k, cell }: Put, now: number): boolean {
    const told = this.#told.get(ch)?.get(k)
    return (
      told === undefined ||
      cell.data === null ||
      told.seq !== seqOf(cell.v) ||
      now - told.at >= MARKS_EVERY_MS
    )
  }

  #tell({ ch, k, cell }: Put, at: number): void {
    if (!ch.startsWith('positions:') && !ch.startsWith('account:')) return
    const seq = seqOf(cell.v)
    if (seq === null) return
    const told = this.#told.get(ch) ?? new Map<string, { seq: number; at: number }>()
    this.#told.set(ch, told.set(k, { seq, at }))
  }

  #seen(channels: Iterable<string>): readonly string[] {
    return [...channels].filter(channel => !this.#unseen.has(channel))
  }
}

/** Of a version of two parts the first: where the account stood, whatever its marks are. */
const seqOf = (version: Version) => (typeof version === 'number' ? null : (version[0] ?? null))
