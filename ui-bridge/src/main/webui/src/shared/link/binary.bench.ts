import { bench, describe } from 'vitest'
import { BinaryReader } from './binary'
import vectors from './protocol.binary.json'

/** `npx vitest bench`: what reading a frame takes, in JSON and in binary. Thirty items, prices that move by a tick. */
const ITEMS = 30

class Frame {
  readonly bytes: number[] = []
  count(value: number): this {
    let rest = value
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.bytes.push(rest)
    return this
  }
  signed(value: number): this {
    return this.count(value < 0 ? -2 * value - 1 : 2 * value)
  }
  text(value: string): this {
    const utf8 = new TextEncoder().encode(value)
    this.count(utf8.length)
    this.bytes.push(...utf8)
    return this
  }
}

function start(at: number, channel: string): Frame {
  const frame = new Frame()
  frame.bytes.push(2)
  frame.count(at * 1_000).text('5f2c9a1e00b4d7aa')
  frame.bytes.push(1)
  return frame.count(0).text(channel).count(25).count(2)
}

function quotes(): ArrayBuffer {
  const at = Date.UTC(2026, 1, 3, 14, 30)
  const frame = start(at, 'quote:ESH4')
  for (let i = 0; i < ITEMS; i++) {
    frame.bytes.push(0x81)
    frame
      .count(0)
      .count(2)
      .count(7)
      .signed(41_000 + i)
    frame
      .count(0b111111110)
      .signed(19_222 + (i % 7))
      .count(12)
      .signed(1)
      .count(9)
      .signed(-(i % 2))
      .count(1)
    frame.signed(at * 1_000 + i * 997).signed(-1_204)
  }
  return Uint8Array.from(frame.bytes).buffer
}

function depths(): ArrayBuffer {
  const at = Date.UTC(2026, 1, 3, 14, 30)
  const frame = start(at, 'depth:ESH4')
  for (let i = 0; i < ITEMS; i++) {
    frame.bytes.push(0x81)
    frame
      .count(0)
      .count(2)
      .count(7)
      .signed(41_000 + i)
      .count(0b11110)
    for (const step of [-1, 1]) {
      frame.count(32)
      for (let level = 0; level < 10; level++)
        frame
          .signed(level > 0 || step > 0 ? (level > 0 ? step : 10) : 19_222 + (i % 7))
          .count(40 + 7 * level)
          .count(9)
    }
    frame.signed(at * 1_000 + i * 997).signed(-1_204)
  }
  return Uint8Array.from(frame.bytes).buffer
}

for (const [what, frame] of Object.entries({ quotes: quotes(), depths: depths() })) {
  const json = JSON.stringify(new BinaryReader().read(frame))
  const reader = new BinaryReader()
  describe(`${ITEMS} ${what}: ${json.length} bytes in JSON, ${frame.byteLength} in binary`, () => {
    bench('JSON', () => void JSON.parse(json))
    bench('binary', () => void reader.read(frame))
  })
}

describe('an order', () => {
  const hex = vectors.ordersFirst
  const frame = Uint8Array.from(hex.match(/../g)?.map(pair => Number.parseInt(pair, 16)) ?? []).buffer
  const json = JSON.stringify(new BinaryReader().read(frame))
  bench('JSON', () => void JSON.parse(json))
  bench('binary', () => void new BinaryReader().read(frame))
})
