import { describe, expect, test } from 'vitest'
import { Hops } from './hops'
import type { Changes } from './link/board'
import { BridgeClock } from './link/bridgeClock'

const NOON = Date.parse('2026-02-03T12:00:00.000Z')
const at = (ms: number) => new Date(NOON + ms).toISOString().replace('Z', '000Z')
const put = (ch: string, data: object, asOf = 0) => ({ ch, k: '', cell: { v: 1, data, asOf } })
const changes = (...puts: ReturnType<typeof put>[]): Changes => ({ replaced: [], puts })
const quote = (ms: number) => changes(put('quote:ESH4', { symbol: 'ESH4', at: at(ms) }))

describe('tick to paint', () => {
  test('a frame is timed by the clock of the bridge', () => {
    const hops = new Hops()
    // our clock is 5 s behind: 12:00:00.000 there is 11:59:55.000 here
    const here = (ms: number) => NOON + ms - 5_000
    hops.painted(quote(0), { sentAt: NOON + 40, receivedAt: here(42) }, 5_000, here(55))
    expect(hops.take()).toEqual({ 'hop.tick.frame': [2], 'hop.tick.paint': [13], 'hop.tick.all': [55] })
    expect(hops.take()).toBeNull()
  })

  test('ten frames a second are enough', () => {
    const hops = new Hops()
    for (let ms = 0; ms < 1_000; ms += 20)
      hops.painted(quote(ms), { sentAt: NOON + ms, receivedAt: NOON + ms }, 0, NOON + ms)
    expect(hops.take()?.['hop.tick.all']).toHaveLength(10)
  })

  test('without the time of the bridge, of a first picture, and without a quote nothing is said', () => {
    const hops = new Hops()
    const heard = { sentAt: NOON, receivedAt: NOON }
    hops.painted(quote(0), heard, null, NOON)
    hops.painted({ ...quote(-9_000), replaced: ['quote:ESH4'] }, heard, 0, NOON)
    hops.painted(changes(put('depth:ESH4', {})), heard, 0, NOON)
    hops.painted(quote(0), null, 0, NOON)
    expect(hops.take()).toBeNull()
  })
})

test('a moment is looked at only where something would be timed', () => {
  const hops = new Hops()
  const heard = { sentAt: NOON, receivedAt: NOON }
  expect(hops.wants(quote(0), heard, NOON)).toBe(true)
  hops.painted(quote(0), heard, 0, NOON)
  expect(hops.wants(quote(20), heard, NOON + 20)).toBe(false)
  expect(hops.wants(quote(100), heard, NOON + 100)).toBe(true)
  expect(hops.wants(quote(100), null, NOON + 100)).toBe(false)
  const order = changes(put('orders:A', { clOrdId: 'a1' }))
  expect(hops.wants(order, null, NOON + 20)).toBe(false)
  hops.clicked('a1', NOON)
  expect(hops.wants(order, null, NOON + 20)).toBe(true)
})

describe('click to confirmed', () => {
  const row = (clOrdId: string, ordStatus: string) =>
    put('orders:A', { clOrdId, ordStatus, createdAt: at(7) }, NOON + 30)

  test('the venue’s first answer ends the way', () => {
    const hops = new Hops()
    hops.clicked('a1', NOON)
    hops.painted(changes(row('a1', 'PENDING_NEW')), null, 0, NOON + 20)
    expect(hops.take()).toBeNull()
    hops.painted(changes(row('a1', 'FILLED')), null, 0, NOON + 48)
    hops.painted(changes(row('a1', 'FILLED')), null, 0, NOON + 400)
    expect(hops.take()).toEqual({ 'hop.click.rest': [7], 'hop.click.paint': [18], 'hop.click.all': [48] })
  })

  test('what was denied, and what others sent, has no way', () => {
    const hops = new Hops()
    hops.clicked('a1', NOON)
    hops.painted(changes(row('a1', 'DENIED'), row('b1', 'NEW')), null, 0, NOON + 9)
    hops.painted(changes(row('a1', 'NEW')), null, 0, NOON + 10)
    expect(hops.take()).toBeNull()
  })
})

test('of the answers to pings the quickest says what time it is', () => {
  const clock = new BridgeClock()
  expect(clock.aheadMs).toBeNull()
  clock.answered(1_000, 61_150, 1_200)
  clock.answered(2_000, 62_003, 2_004)
  clock.answered(3_000, Number.NaN, 3_000)
  expect(clock.aheadMs).toBe(60_001)
  for (let ping = 0; ping < 12; ping++) clock.answered(4_000, 34_020, 4_040)
  expect(clock.aheadMs).toBe(30_000)
})
