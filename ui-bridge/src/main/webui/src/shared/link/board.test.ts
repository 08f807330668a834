import { describe, expect, test, vi } from 'vitest'
import type { OrderRow, Version } from '../contract'
import { Board, type Changes, keyOf } from './board'
import { Outbox } from './outbox'
import { evictOldest } from './retention'

const put = (k: string, v: Version, data: unknown = { v }, ch = 'orders:A') => ({
  ch,
  k,
  cell: { v, data, asOf: 0 },
})
const changes = (...puts: ReturnType<typeof put>[]): Changes => ({ replaced: [], puts })

function board() {
  const created = new Board()
  created.open('orders:A')
  return created
}

describe('the board', () => {
  test('the newest version wins, whatever the order of arrival', () => {
    const b = board()
    b.apply(changes(put('O1', 5)))
    b.apply(changes(put('O1', 4), put('O1', 5, 'repeat')))
    expect(b.cell('orders:A', 'O1')?.data).toEqual({ v: 5 })
    b.apply(changes(put('O1', 6)))
    expect(b.cell('orders:A', 'O1')?.v).toBe(6)
  })

  test('a snapshot replaces its channel, older versions and vanished keys included', () => {
    const b = board()
    b.apply(changes(put('O1', 50), put('O2', 51)))
    b.apply({ replaced: ['orders:A'], puts: [put('O1', 3)] })
    expect(b.cell('orders:A', 'O1')?.v).toBe(3)
    expect(b.cell('orders:A', 'O2')).toBeUndefined()
  })

  test('an empty snapshot empties', () => {
    const b = board()
    b.apply(changes(put('O1', 50)))
    b.apply({ replaced: ['orders:A'], puts: [] })
    expect(b.cells('orders:A').size).toBe(0)
  })

  test('a key that is gone does not come back with an older value', () => {
    const b = board()
    b.apply(changes(put('O1', 7, null)))
    b.apply(changes(put('O1', 6)))
    expect(b.cell('orders:A', 'O1')?.data).toBeNull()
  })

  test('only who looks at what changed is told, once per frame, after all changes are in', () => {
    const b = board()
    const seen: unknown[] = []
    const first = vi.fn(() => seen.push(b.cell('orders:A', 'O2')?.v))
    const other = vi.fn()
    const whole = vi.fn()
    b.subscribe('orders:A', 'O1', first)
    b.subscribe('orders:A', 'O3', other)
    const stop = b.subscribe('orders:A', null, whole)
    b.apply(changes(put('O1', 1), put('O1', 2), put('O2', 3)))
    expect([first, other, whole].map(f => f.mock.calls.length)).toEqual([1, 0, 1])
    expect(seen).toEqual([3])
    stop()
    b.apply(changes(put('O1', 9)))
    expect(whole).toHaveBeenCalledTimes(1)
  })

  test('what changes nothing tells nobody', () => {
    const b = board()
    b.apply(changes(put('O1', 5)))
    const listener = vi.fn()
    b.subscribe('orders:A', null, listener)
    b.apply(changes(put('O1', 5)))
    b.apply({ replaced: ['fills:A'], puts: [] })
    expect(listener).not.toHaveBeenCalled()
  })

  test('a closed channel takes nothing that was still under way', () => {
    const b = board()
    b.close('orders:A')
    b.apply(changes(put('O1', 1)))
    expect(b.cells('orders:A').size).toBe(0)
  })

  test('old closed orders are let go of, a live one never', () => {
    const b = new Board(evictOldest)
    b.open('orders:A')
    const row = (ordStatus: OrderRow['ordStatus']) => ({ ordStatus })
    const rows = Array.from({ length: 2_000 }, (_, i) => put(`O${i}`, i, row(i === 0 ? 'NEW' : 'FILLED')))
    b.apply(changes(...rows))
    expect(b.cells('orders:A').size).toBe(501)
    expect(b.cell('orders:A', 'O0')?.data).toEqual(row('NEW'))
    expect(b.cell('orders:A', 'O1999')).toBeDefined()
  })
})

describe('the outbox', () => {
  const item = (ch: string, k: string, v: Version, data: unknown = v) => ({ ch, k, v, data })

  test('keeps one value per key, the newest', () => {
    const outbox = new Outbox()
    for (let v = 1; v <= 1_000; v++) outbox.put(item('positions:A', 'ESH4', v), 0)
    outbox.put(item('positions:A', 'ESH4', 3), 0)
    const { puts } = outbox.take()
    expect(puts.map(({ cell }) => cell.v)).toEqual([1_000])
    expect(outbox.isEmpty()).toBe(true)
  })

  test('a replaced channel loses what was waiting, and what follows stands', () => {
    const outbox = new Outbox()
    outbox.put(item('orders:A', 'O1', 9), 0)
    outbox.put(item('fills:A', 'E1', 9), 0)
    outbox.replace('orders:A')
    outbox.put(item('orders:A', 'O2', 4), 0)
    const taken = outbox.take()
    expect(taken.replaced).toEqual(['orders:A'])
    expect(taken.puts.map(({ k }) => k).sort()).toEqual(['E1', 'O2'])
  })

  test('keeps back what nobody looks at, the newest of it, until somebody does', () => {
    const outbox = new Outbox()
    outbox.want(['quote:A', 'quote:B'], ['quote:B'])
    outbox.replace('quote:B')
    for (let v = 1; v <= 100; v++) for (const ch of ['quote:A', 'quote:B']) outbox.put(item(ch, '', v), 0)
    expect(outbox.take().puts.map(({ ch, cell }) => [ch, cell.v])).toEqual([['quote:A', 100]])
    expect(outbox.isEmpty()).toBe(true)
    outbox.want(['quote:A', 'quote:B'], [])
    expect(outbox.isEmpty()).toBe(false)
    const { replaced, puts } = outbox.take()
    expect(replaced).toEqual(['quote:B'])
    expect(puts.map(({ ch, cell }) => [ch, cell.v])).toEqual([['quote:B', 100]])
  })

  test('lets go of what is not wanted any more', () => {
    const outbox = new Outbox()
    outbox.want(['quote:A'], ['quote:A'])
    outbox.replace('quote:A')
    outbox.put(item('quote:A', '', 1), 0)
    outbox.want([], [])
    outbox.want(['quote:A'], [])
    expect(outbox.isEmpty()).toBe(true)
  })

  test('says when a value was true, by the age it came with', () => {
    const outbox = new Outbox()
    outbox.put({ ch: 'quote:ESH4', v: 1, age: 120, data: {} }, 10_000)
    expect(outbox.take().puts[0]?.cell.asOf).toBe(9_880)
  })
})

test('rows are keyed by what identifies them, single values by nothing', () => {
  expect(keyOf({ ch: 'orders:A', k: 'O1', data: null })).toBe('O1')
  expect(keyOf({ ch: 'orders:A', data: { clOrdId: 'O2' } })).toBe('O2')
  expect(keyOf({ ch: 'fills:A', data: { execId: 'E1' } })).toBe('E1')
  expect(keyOf({ ch: 'positions:A', data: { symbol: 'ESH4' } })).toBe('ESH4')
  expect(keyOf({ ch: 'quote:ESH4', k: 'ESH4', data: {} })).toBe('')
  expect(keyOf({ ch: 'account:A', data: {} })).toBe('')
  expect(keyOf({ ch: 'status', data: { venue: 'sim' } })).toBe('sim|')
})
