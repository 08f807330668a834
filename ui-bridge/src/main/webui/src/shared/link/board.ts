import type { ValueItem, Version } from '../contract'
import { isNewer } from '../version'

/** One value as it stands, with what is needed to say how old it is. */
export interface Cell<T = unknown> {
  readonly v: Version
  /** null: the key is gone; kept so that a late older value does not bring it back. */
  readonly data: T | null
  /** When the value was true at its source, on this browser's clock. */
  readonly asOf: number
}

export interface Put {
  readonly ch: string
  readonly k: string
  readonly cell: Cell
}

/** What changed since the last frame; `replaced` channels start from nothing. */
export interface Changes {
  readonly replaced: readonly string[]
  readonly puts: readonly Put[]
}

type Listener = () => void

/**
 * Every row the desk shows, by channel and key. Newest version wins; a snapshot replaces its channel.
 * Components subscribe to one key or to one channel and are told after all changes of a frame are in.
 */
export class Board {
  readonly #channels = new Map<string, Map<string, Cell>>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #evict: (channel: string, cells: Map<string, Cell>) => void

  constructor(evict: (channel: string, cells: Map<string, Cell>) => void = () => {}) {
    this.#evict = evict
  }

  /** Only open channels take values: what is still under way for a closed one must not pile up. */
  open(channel: string): void {
    if (!this.#channels.has(channel)) this.#channels.set(channel, new Map())
  }

  close(channel: string): void {
    this.#channels.delete(channel)
    this.#tell(channel)
  }

  cell(channel: string, key: string): Cell | undefined {
    return this.#channels.get(channel)?.get(key)
  }

  /** The live map: read it, never keep it. */
  cells(channel: string): ReadonlyMap<string, Cell> {
    return this.#channels.get(channel) ?? NOTHING
  }

  apply(changes: Changes): void {
    const touched = new Set<string>()
    for (const channel of changes.replaced) {
      const cells = this.#channels.get(channel)
      if (cells === undefined || cells.size === 0) continue
      for (const key of cells.keys()) touched.add(address(channel, key))
      touched.add(channel)
      cells.clear()
    }
    const grown = new Set<string>()
    for (const put of changes.puts) {
      const cells = this.#channels.get(put.ch)
      if (cells === undefined) continue
      const known = cells.get(put.k)
      if (!isNewer(put.cell.v, known?.v)) continue
      cells.set(put.k, put.cell)
      if (known === undefined) grown.add(put.ch)
      touched.add(put.ch)
      touched.add(address(put.ch, put.k))
    }
    for (const channel of grown) {
      const cells = this.#channels.get(channel)
      if (cells !== undefined) this.#evict(channel, cells)
    }
    for (const name of touched) this.#tell(name)
  }

  /** Told of every change of the channel, or of one key of it. */
  subscribe(channel: string, key: string | null, listener: Listener): () => void {
    const name = key === null ? channel : address(channel, key)
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(name) === listeners) this.#listeners.delete(name)
    }
  }

  #tell(name: string): void {
    const listeners = this.#listeners.get(name)
    if (listeners !== undefined) for (const listener of [...listeners]) listener()
  }
}

const NOTHING: ReadonlyMap<string, Cell> = new Map()

function address(channel: string, key: string): string {
  return `${channel}\u0000${key}`
}

/** The key of an item: what the bridge says, else what identifies the row; a channel of one thing has one key. */
export function keyOf(item: Pick<ValueItem, 'ch' | 'k' | 'data'>): string {
  const row = (item.data ?? {}) as Record<string, unknown>
  const named = (name: string) => (row[name] === undefined ? '' : String(row[name]))
  switch (item.ch.split(':', 1)[0]) {
    case 'quote':
    case 'depth':
    case 'account':
      return ''
    case 'orders':
      return item.k ?? named('clOrdId')
    case 'positions':
      return item.k ?? named('symbol')
    case 'fills':
      return item.k ?? named('execId')
    case 'notices':
    case 'alerts':
      return item.k ?? named('id')
    case 'trades':
    case 'tape':
      return item.k ?? named('tradeId')
    case 'bar':
      return item.k ?? named('start')
    case 'status':
      return item.k ?? `${named('venue')}|${named('symbol')}`
    default:
      return item.k ?? ''
  }
}
