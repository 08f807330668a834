import { expect, test } from 'vitest'
import type { PositionRow } from '../../shared/contract'
import { breakevenOf } from './positions'

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
