import { describe, expect, test } from 'vitest'
import type { BarRow } from '../../shared/contract'
import { Bars, hasHole, intervalSeconds, supersedes } from './bars'

const at = (minute: number) => `2026-02-03T14:${String(minute).padStart(2, '0')}:00.000000Z`
const bar = (minute: number, more: Partial<BarRow> = {}): BarRow => ({
  symbol: 'ESH4',
  interval: '1m',
  start: at(minute),
  open: '10',
  high: '12',
  low: '9',
  close: '11',
  volume: 5,
  trades: 3,
  final: true,
  revision: 0,
  ...more,
})
const starts = (bars: Bars) => bars.rows.map(row => row.start.slice(14, 16))

describe('history and live bars', () => {
  test('of more than can be looked at the oldest go, as far as nobody looks at them', () => {
    const second = (index: number) =>
      bar(0, { interval: '1s', start: new Date(Date.UTC(2026, 1, 3, 14) + 1_000 * index).toISOString() })
    const bars = new Bars()
    bars.add(Array.from({ length: 5_000 }, (_, index) => second(index)))
    expect(bars.dropOldest(4_900), 'as many as there may be').toBe(false)
    bars.add([second(5_000)])
    expect(bars.dropOldest(1_000), 'somebody looks at the last that would go').toBe(false)
    expect(bars.rows.length).toBe(5_001)
    expect(bars.dropOldest(1_001)).toBe(true)
    expect(bars.rows.length).toBe(4_000)
    expect(bars.rows[0]).toEqual(second(1_001))
    expect(bars.last).toEqual(second(5_000))
    // What went comes back as history does.
    expect(bars.add([second(1_000)])).toBe('all')
    expect(bars.rows[0]).toEqual(second(1_000))
  })
  test('join whichever comes first', () => {
    const one = new Bars()
    one.add([bar(3, { final: false })])
    expect(one.add([bar(1), bar(2), bar(3, { final: false, trades: 2 })])).toBe('all')
    expect(starts(one)).toEqual(['01', '02', '03'])
    expect(one.last?.trades).toBe(3)

    const other = new Bars()
    other.add([bar(1), bar(2)])
    expect(other.add([bar(3, { final: false })])).toBe('tail')
    expect(starts(other)).toEqual(['01', '02', '03'])
  })
  test('an answer that is older than what the socket brought changes nothing', () => {
    const bars = new Bars()
    bars.add([bar(1), bar(2, { final: false, trades: 9, close: '13' })])
    expect(bars.add([bar(1), bar(2, { final: false, trades: 4 })])).toBe('nothing')
    expect(bars.last?.close).toBe('13')
  })
  test('a bar that is revised later takes the place of the first', () => {
    const bars = new Bars()
    bars.add([bar(1), bar(2), bar(3)])
    expect(bars.add([bar(1, { revision: 1, close: '15' })])).toBe('all')
    expect(bars.rows[0]?.close).toBe('15')
  })
  test('the end of one bar and the start of the next in one frame are both drawn', () => {
    const bars = new Bars()
    bars.add([bar(1, { final: false })])
    expect(bars.add([bar(1), bar(2, { final: false })])).toBe('all')
    expect(bars.rows[0]?.final).toBe(true)
  })
})

test('of two rows of one start the revision counts, then the end, then the trades', () => {
  expect(supersedes(bar(1, { revision: 1, final: false }), bar(1))).toBe(true)
  expect(supersedes(bar(1), bar(1, { final: false, trades: 99 }))).toBe(true)
  expect(supersedes(bar(1, { final: false, trades: 2 }), bar(1, { final: false, trades: 3 }))).toBe(false)
})

test('only a real hole asks for history again', () => {
  expect(hasHole(bar(1), [bar(2)], 60)).toBe(false)
  expect(hasHole(bar(1), [bar(1), bar(9)], 60)).toBe(false)
  expect(hasHole(bar(1), [bar(3)], 60)).toBe(true)
  expect(hasHole(bar(1, { final: false }), [bar(2)], 60)).toBe(true)
  expect(hasHole(undefined, [bar(2)], 60)).toBe(false)
})

test('an interval is 1 to 60 seconds or minutes, 1 to 24 hours, or a day', () => {
  expect(intervalSeconds('7m')).toBe(420)
  expect(intervalSeconds('1d')).toBe(86_400)
  for (const none of ['61s', '25h', '2d', '0m', 'm', '1w', '']) expect(intervalSeconds(none)).toBeNull()
})
