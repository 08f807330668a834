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
    return this.#puts.size === 0 && this.#replaced.size === 0
  }

  take(): Changes {
    const changes = {
      replaced: [...this.#replaced],
      puts: [...this.#puts.values()].flatMap(puts => [...puts.values()]),
    }
    this.#replaced.clear()
    this.#puts.clear()
    return changes
  }
}
