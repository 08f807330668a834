import { expect, test } from 'vitest'
import type { PositionRow } from '../../shared/contract'
import { breakevenOf, sameHoldings } from './positions'

const at = (netQty: number, avgPx: string, markPx?: string) =>
  breakevenOf({ netQty, avgPx, ...(markPx === undefined ? {} : { markPx }) } as PositionRow, '0.25')

test('a stop goes to the entry once the market is past it', () => {
  expect(at(2, '6700.00', '6700.25')).toEqual({ price: '6700.00' })
  expect(at(-2, '6700.00', '6699.75')).toEqual({ price: '6700.00' })
})
test('an entry between two ticks is rounded to the one that loses nothing', () => {
  expect(at(2, '6700.1250', '6701')).toEqual({ price: '6700.25' })
  expect(at(-2, '6700.1250', '6699')).toEqual({ price: '6700.00' })
})
test('never where it would close the position at once', () => {
  expect(at(2, '6700.00', '6700.00')).toHaveProperty('why')
  expect(at(2, '6700.00', '6690.00')).toHaveProperty('why')
  expect(at(-2, '6700.00', '6700.25')).toHaveProperty('why')
  expect(at(2, '6700.00')).toHaveProperty('why')
})
test('marks are no other holdings; a fill, a fee and another row are', () => {
  const row = (more: Partial<PositionRow> = {}) =>
    ({ symbol: 'ESZ6', netQty: 1, avgPx: '6700', realizedPnl: '0', fees: '2.25', ...more }) as PositionRow
  expect(sameHoldings([row()], [row({ markPx: '6701', unrealizedPnl: '50' })])).toBe(true)
  for (const other of [
    { netQty: 2 },
    { avgPx: '6701' },
    { realizedPnl: '1' },
    { fees: '4.50' },
    { symbol: 'NQZ6' },
  ])
    expect(sameHoldings([row()], [row(other)]), JSON.stringify(other)).toBe(false)
  expect(sameHoldings([row()], [])).toBe(false)
})
