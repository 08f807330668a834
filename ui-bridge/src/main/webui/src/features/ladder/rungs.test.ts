import { expect, test } from 'vitest'
import type { OrderRow } from '../../shared/contract'
import { NO_DRAGS } from '../chart/drag'
import { chipsOf, marketOf, recentred } from './rungs'

const order = (more: Partial<OrderRow>) =>
  ({
    clOrdId: 'a',
    side: 'BUY',
    ordType: 'LIMIT',
    price: '100.25',
    leavesQty: 2,
    ordStatus: 'NEW',
    pending: [],
    ...more,
  }) as OrderRow

test('the ladder stands still until the market nears its edge', () => {
  expect(recentred(100n, 104n, 40)).toBe(100n)
  expect(recentred(100n, 116n, 40)).toBe(116n)
  expect(recentred(100n, 80n, 40)).toBe(80n)
  expect(recentred(null, 7n, 40)).toBe(7n)
  expect(recentred(100n, null, 40)).toBe(100n)
})
test('levels are found by their tick', () => {
  const market = marketOf(
    { symbol: 'X', bids: [['100.00', 5]], asks: [['100.25', 9, 2]], at: '', venueTime: '' },
    undefined,
    '0.25',
  )
  expect(market.bids.get(400n)).toBe(5)
  expect(market.asks.get(401n)).toBe(9)
  expect([market.bestBid, market.bestAsk, market.largest]).toEqual([400n, 401n, 9])
})
test('an order that is on its way to another price is at both, there as a ghost', () => {
  const moving = order({ pending: [{ kind: 'REPLACE', since: '', inDoubt: false, price: '101' }] })
  const chips = chipsOf([moving, order({ clOrdId: 'b', ordStatus: 'FILLED' })], NO_DRAGS, '0.25')
  expect(chips.get(401n)?.map(chip => [chip.clOrdId, chip.ghost])).toEqual([['a', false]])
  expect(chips.get(404n)?.map(chip => [chip.clOrdId, chip.ghost])).toEqual([['a', true]])
})
