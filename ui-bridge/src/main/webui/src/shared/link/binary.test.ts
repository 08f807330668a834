import { describe, expect, test } from 'vitest'
import { BinaryReader } from './binary'
import vectors from './protocol.binary.json'
import examples from './protocol.examples.json'

const bytes = (hex: string) => new Uint8Array(hex.match(/../g)?.map(pair => Number.parseInt(pair, 16)) ?? [])
const named = Object.entries(vectors)
const frames = named.map(([, hex]) => bytes(hex))

/** The same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('frames in binary', () => {
  test('there is a vector of every example', () => {
    expect(Object.keys(vectors)).toEqual(Object.keys(examples.frame))
  })

  test.each(named)('%s is the example of the protocol', (name, hex) => {
    const read = new BinaryReader().read(bytes(hex).buffer)
    expect(read).toEqual((examples.frame as Record<string, unknown>)[name])
  })

  test.each(named)('%s, cut off anywhere, is no frame or a shorter one', (name, hex) => {
    const whole = bytes(hex)
    const items = (examples.frame as unknown as Record<string, { items: unknown[] }>)[name]?.items ?? []
    for (let length = 0; length < whole.length; length++) {
      const read = new BinaryReader().read(whole.slice(0, length).buffer)
      if (read !== null) expect(items.slice(0, read.items.length)).toEqual(read.items)
    }
  })

  test('whatever comes, the reader ends and says what it is', () => {
    const next = random(7)
    const pick = (below: number) => Math.floor(next() * below)
    let refused = 0
    const rounds = 10_000
    for (let round = 0; round < rounds; round++) {
      const frame = frames[pick(frames.length)]?.slice() ?? new Uint8Array(1)
      for (let changes = 1 + pick(4); changes > 0; changes--) frame[pick(frame.length)] = pick(256)
      const read = new BinaryReader().read(frame.buffer)
      if (read === null) refused++
      else expect(Array.isArray(read.items)).toBe(true)
    }
    expect(refused).toBeGreaterThan(rounds / 10)
  })

  test('noise is no frame', () => {
    const next = random(11)
    for (let round = 0; round < 5_000; round++) {
      const noise = Uint8Array.from({ length: 1 + Math.floor(next() * 200) }, () => Math.floor(next() * 256))
      new BinaryReader().read(noise.buffer)
    }
    expect(new BinaryReader().read(new ArrayBuffer(0))).toBeNull()
  })
})
