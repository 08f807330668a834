import { expect, test } from 'vitest'
import { pnlAt, ticksOf } from './pnl'

const es = { tickSize: '0.25', tickValue: '12.5' }
const zn = { tickSize: '0.015625', tickValue: '15.625' }

test('profit at a price, long and short', () => {
  expect(pnlAt(19202n, '4800.25', 2, es)).toBe('25.00')
  expect(pnlAt(19202n, '4800.25', -2, es)).toBe('-25.00')
})
test('an average between two ticks counts exactly', () => {
  expect(pnlAt(19202n, '4800.375', 4, es)).toBe('25.00')
  expect(pnlAt(19202n, '4800.1667', 3, es)).toBe('50.00')
})
test('half a cent is rounded away from zero, also below it', () => {
  expect(pnlAt(7201n, '112.5', 1, zn)).toBe('15.63')
  expect(pnlAt(7199n, '112.5', 1, zn)).toBe('-15.63')
})
test('without an average there is no profit to show', () => {
  expect(pnlAt(1n, undefined, 1, es)).toBeNull()
})
test('money becomes ticks, never fewer than it is worth', () => {
  expect(ticksOf('100', 1, '12.5')).toBe(8)
  expect(ticksOf('101', 1, '12.5')).toBe(9)
  expect(ticksOf('100', 3, '12.5')).toBe(3)
  expect(ticksOf('', 1, '12.5')).toBeNull()
  expect(ticksOf('-5', 1, '12.5')).toBeNull()
})
