import type { ValueItem } from '../contract'
import { isNewer } from '../version'
import { type Changes, keyOf, type Put } from './board'

/**
 * What the page has not been told yet: per key only the newest value, so that a page that paints slowly,
 * or not at all, costs memory for its keys and not for its updates.
 */
export class Outbox {
  readonly #replaced = new Set<string>()
  readonly #puts = new Map<string, Map<string, Put>>()
  #unseen: ReadonlySet<string> = new Set()

  /** Of the `unseen` nothing is handed over: the newest of each key waits here until somebody looks. */
  want(channels: readonly string[], unseen: readonly string[]): void {
    this.#unseen = new Set(unseen)
    const wanted = new Set(channels)
    for (const channel of [...this.#puts.keys(), ...this.#replaced]) {
      if (wanted.has(channel)) continue
      this.#puts.delete(channel)
      this.#replaced.delete(channel)
    }
  }

  replace(channel: string): void {
    this.#puts.delete(channel)
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

  isEmpty(): boolean {
    return this.#seen(this.#replaced).length === 0 && this.#seen(this.#puts.keys()).length === 0
  }

  take(): Changes {
    const replaced = this.#seen(this.#replaced)
    const channels = this.#seen(this.#puts.keys())
    const puts = channels.flatMap(channel => [...(this.#puts.get(channel)?.values() ?? [])])
    for (const channel of replaced) this.#replaced.delete(channel)
    for (const channel of channels) this.#puts.delete(channel)
    return { replaced, puts }
  }

  #seen(channels: Iterable<string>): readonly string[] {
    return [...channels].filter(channel => !this.#unseen.has(channel))
  }
}
