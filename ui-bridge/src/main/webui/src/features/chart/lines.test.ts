import { describe, expect, test } from 'vitest'
import type { InstrumentRow, OrderRow, PositionRow } from '../../shared/contract'
import { type Drags, NO_DRAGS } from './drag'
import { legAt, linesOf, POSITION_LINE, profitOf, spoken } from './lines'

const es = { symbol: 'ESH4', tickSize: '0.25', tickValue: '12.5' } as InstrumentRow
const order = (more: Partial<OrderRow>): OrderRow =>
  ({
    clOrdId: 'a',
    side: 'BUY',
    ordType: 'LIMIT',
    price: '4800.25',
    orderQty: 3,
    leavesQty: 2,
    cumQty: 1,
    ordStatus: 'NEW',
    pending: [],
    role: 'STANDALONE',
    version: 7,
    seq: 1,
    ...more,
  }) as OrderRow
const position = (netQty: number, avgPx = '4800', markPx = '4801') =>
  ({ netQty, avgPx, markPx, unrealizedPnl: '50.00' }) as PositionRow
const scene = (orders: OrderRow[], held?: PositionRow, drags: Drags = NO_DRAGS) =>
  linesOf({ orders, position: held, drags, frozen: null }, es)

describe('the lines of the chart', () => {
  test('a limit has one at its price, a stop-limit one at each of its prices, a market order none', () => {
    expect(scene([order({})]).map(line => line.ticks)).toEqual([19201n])
    expect(
      scene([order({ ordType: 'STOP_LIMIT', stopPx: '4801', price: '4801.5' })]).map(line => line.handle),
    ).toMatchObject([{ field: 'stopPx' }, { field: 'price' }])
    expect(scene([order({ ordType: 'MARKET' })])).toEqual([])
  })
  test('a stop is drawn where it is, whether or not a price is named as null', () => {
    const row = order({ ordType: 'STOP', stopPx: '4799' })
    delete row.price
    expect(scene([row]).map(line => line.ticks)).toEqual([19196n])
  })
  test('what is over has none', () => {
    expect(scene([order({ ordStatus: 'FILLED' })])).toEqual([])
  })
  test('one that would close says what it would gain, for the lots that are there', () => {
    const [line] = scene([order({ side: 'SELL', price: '4802', leavesQty: 5 })], position(2))
    expect(line?.pnl).toBe('+200.00')
    expect(scene([order({})], position(2))[0]?.pnl).toBe('')
  })
  test("the server's word decides whether it moves", () => {
    const child = order({ capabilities: { price: { allowed: false, reason: 'CANCEL_IN_FLIGHT' } } })
    expect(scene([child])[0]?.whyFixed).toBe('A cancel of the order is on its way.')
    expect(scene([order({})])[0]?.whyFixed).toBeNull()
  })
  test('a change on its way shows as a ghost, the line itself stays', () => {
    const row = order({ pending: [{ kind: 'REPLACE', since: '', inDoubt: false, price: '4799.00' }] })
    expect(scene([row])[0]).toMatchObject({ ticks: 19201n, ghost: 19196n, pending: true })
  })
})

test('dropped beyond the market a long gets a target, below it a stop, and a short the other way round', () => {
  expect(legAt(19210n, position(1), es)).toBe('takeProfit')
  expect(legAt(19190n, position(1), es)).toBe('stopLoss')
  expect(legAt(19210n, position(-1), es)).toBe('stopLoss')
  expect(legAt(19190n, position(-1), es)).toBe('takeProfit')
  // Above the entry but below the market: still a stop, one that keeps a profit.
  expect(legAt(19202n, position(1, '4800', '4802'), es)).toBe('stopLoss')
})
test('what is written into the line of a position by hand is what it would be rendered with', () => {
  const held = position(-2)
  const [line] = scene([], held)
  expect(line?.id).toBe(POSITION_LINE)
  expect(line).toMatchObject(profitOf(held) ?? {})
  expect(spoken(line?.label ?? '', line?.pnl ?? '')).toBe('Short 2, +50.00')
  expect(profitOf(position(0))).toBeNull()
})
