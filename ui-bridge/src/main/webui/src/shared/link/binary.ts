import type { ControlItem, Frame, ValueItem } from '../contract'
import { packedRows } from './protocol'

/** What a number stands for. */
interface Channel {
  name: string
  kind: string
  symbol: string
  interval: string | undefined
  tick: number
  decimals: number
  /** Prices as they are written, by ticks: most of them come again and again. */
  prices: Map<number, string>
}

type FieldKind = 'ticks' | 'count' | 'time' | 'text' | 'flag' | 'levels'
type Fields = readonly (readonly [name: string, kind: FieldKind])[]

const FIELDS = new Map<string, Fields>(Object.entries(packedRows))
const CONTROL = 0
const CHANNEL = 1
const VALUE = 0x80
const PACKED = 0x01
const GONE = 0x02
const NAMED = 0x04
const MARKED = 0x08
const SNAPSHOT = 0x10
const LOST = 0x20
/** Decimals of a tick that have a meaning; the bridge packs no prices that need more. */
const MOST_DECIMALS = 9
const MOST_PRICES = 1_024
/** The last number that is exact in a browser. */
const MOST = Number.MAX_SAFE_INTEGER

class MalformedFrame extends Error {}

/**
 * Reads the frames of one connection of `tapeline.v1.bin` as the frames of JSON they stand for; docs/protocol says
 * what each byte means. Needs every frame of the connection, from the first on.
 */
export class BinaryReader {
  readonly #channels = new Map<number, Channel>()
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #epoch = ''
  #bytes = new Uint8Array(0)
  #at = 0
  #ticks = 0
  #micros = 0
  #second = Number.NaN
  #secondText = ''

  /** Null where the bytes are no frame: what follows on this connection cannot be read either. */
  read(frame: ArrayBuffer): Frame | null {
    this.#bytes = new Uint8Array(frame)
    this.#at = 0
    try {
      return this.#frame()
    } catch (error) {
      if (error instanceof MalformedFrame || error instanceof SyntaxError || error instanceof TypeError)
        return null
      throw error
    }
  }

  #frame(): Frame {
    const flags = this.#byte()
    if (flags > 3) throw new MalformedFrame()
    const t = this.#time(this.#count())
    if ((flags & 2) !== 0) this.#epoch = this.#text()
    const items: (ValueItem | ControlItem)[] = []
    while (this.#at < this.#bytes.length) {
      const tag = this.#byte()
      if (tag >= VALUE) items.push(this.#value(tag))
      else if (tag === CHANNEL) this.#learn()
      else if (tag === CONTROL) items.push(this.#json() as unknown as ControlItem)
      else throw new MalformedFrame()
    }
    const frame = { t, epoch: this.#epoch, items }
    return (flags & 1) === 0 ? frame : { ...frame, con: true }
  }

  #learn(): void {
    const number = this.#count()
    const name = this.#text()
    const tick = this.#count()
    const decimals = this.#count()
    if (decimals > MOST_DECIMALS) throw new MalformedFrame()
    const [kind = '', symbol = '', interval] = name.split(':')
    this.#channels.set(number, { name, kind, symbol, interval, tick, decimals, prices: new Map() })
  }

  #value(tag: number): ValueItem {
    const channel = this.#channels.get(this.#count())
    if (channel === undefined || (tag & 0x40) !== 0) throw new MalformedFrame()
    const n = this.#count()
    const age = this.#count()
    const lost = (tag & LOST) === 0 ? 0 : this.#count()
    const k = (tag & NAMED) === 0 ? undefined : this.#text()
    const first = this.#signed()
    const item: { -readonly [P in keyof ValueItem]: ValueItem[P] } = {
      ch: channel.name,
      v: (tag & MARKED) === 0 ? first : [first, this.#signed()],
      n,
      age,
      data: null,
    }
    if (k !== undefined) item.k = k
    if ((tag & SNAPSHOT) !== 0) item.snap = true
    if (lost > 0) item.lost = lost
    if ((tag & PACKED) !== 0) item.data = this.#row(channel)
    else if ((tag & GONE) === 0) item.data = this.#json()
    return item
  }

  #row(channel: Channel): Record<string, unknown> {
    const fields = FIELDS.get(channel.kind)
    if (fields === undefined || channel.tick === 0) throw new MalformedFrame()
    const present = this.#count()
    if (present >= 2 << fields.length) throw new MalformedFrame()
    const row: Record<string, unknown> = { symbol: channel.symbol }
    if (channel.interval !== undefined) row.interval = channel.interval
    const noZeros = (present & 1) !== 0
    this.#ticks = 0
    this.#micros = 0
    for (let i = 0, bit = 2; i < fields.length; i++, bit <<= 1) {
      if ((present & bit) === 0) continue
      const [name, kind] = fields[i] as Fields[number]
      switch (kind) {
        case 'ticks':
          row[name] = this.#price(channel, noZeros)
          break
        case 'count':
          row[name] = this.#count()
          break
        case 'time':
          this.#micros += this.#signed()
          row[name] = this.#time(this.#micros)
          break
        case 'text':
          row[name] = this.#text()
          break
        case 'flag':
          row[name] = this.#byte() === 1
          break
        case 'levels':
          row[name] = this.#levels(channel, noZeros)
      }
    }
    return row
  }

  #levels(channel: Channel, noZeros: boolean): unknown[] {
    const head = this.#count()
    const orders = head % 3
    const levels: unknown[] = []
    for (let left = (head - orders) / 3; left > 0; left--) {
      const px = this.#price(channel, noZeros)
      const qty = this.#count()
      levels.push(orders === 0 ? [px, qty] : [px, qty, orders === 1 ? null : this.#count()])
    }
    return levels
  }

  #price(channel: Channel, noZeros: boolean): string {
    this.#ticks += this.#signed()
    const known = noZeros ? undefined : channel.prices.get(this.#ticks)
    if (known !== undefined) return known
    const text = decimal(this.#ticks * channel.tick, channel.decimals)
    if (noZeros) return channel.decimals === 0 ? text : text.replace(/\.?0+$/, '')
    if (channel.prices.size >= MOST_PRICES) channel.prices.clear()
    channel.prices.set(this.#ticks, text)
    return text
  }

  #time(micros: number): string {
    const second = Math.floor(micros / 1_000_000)
    if (second !== this.#second) {
      const at = new Date(second * 1_000)
      if (Number.isNaN(at.getTime())) throw new MalformedFrame()
      this.#second = second
      this.#secondText = at.toISOString().slice(0, -4)
    }
    return `${this.#secondText}${String(micros - second * 1_000_000).padStart(6, '0')}Z`
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new MalformedFrame()
    return byte
  }

  #count(): number {
    let byte = this.#byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let place = 128; ; place *= 128) {
      byte = this.#byte()
      value += (byte & 0x7f) * place
      if (value > MOST) throw new MalformedFrame()
      if (byte < 0x80) return value
    }
  }

  #signed(): number {
    const twice = this.#count()
    return twice % 2 === 0 ? twice / 2 : -(twice + 1) / 2
  }

  #text(): string {
    const length = this.#count()
    const from = this.#at
    this.#at += length
    if (this.#at > this.#bytes.length) throw new MalformedFrame()
    return this.#utf8.decode(this.#bytes.subarray(from, this.#at))
  }

  #json(): Record<string, unknown> {
    const json = JSON.parse(this.#text()) as Record<string, unknown> | null
    if (typeof json !== 'object' || json === null) throw new MalformedFrame()
    return json
  }
}

/** Digits with so many of them after the point. */
function decimal(unscaled: number, decimals: number): string {
  const digits = String(Math.abs(unscaled)).padStart(decimals + 1, '0')
  const sign = unscaled < 0 ? '-' : ''
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
