import { expect, test } from 'vitest'
import { formatMoney, negate, parseDecimal, signOf, sum, times } from './decimal'

test('sums are exact', () => {
  expect(sum('0.1', '0.2')).toBe('0.3')
  expect(sum('15.625', '-0.625', undefined)).toBe('15.000')
  expect(sum()).toBe('0')
})
test('products with a whole number are exact', () => {
  expect(times('15.625', 3)).toBe('46.875')
  expect(times('12.5', -2)).toBe('-25.0')
})
test('a sign is read from the number, not from the text', () => {
  expect(signOf('-0.00')).toBe(0)
  expect(signOf('-0.01')).toBe(-1)
  expect(signOf('3')).toBe(1)
  expect(signOf(undefined)).toBe(0)
  expect(negate('-2.50')).toBe('2.50')
})
test('money is grouped, has two decimals at least and every digit it came with', () => {
  expect(formatMoney('1234567.5')).toBe('1,234,567.50')
  expect(formatMoney('-46.875', { plus: true })).toBe('−46.875')
  expect(formatMoney('100', { plus: true })).toBe('+100.00')
  expect(formatMoney('0', { plus: true })).toBe('0.00')
  expect(formatMoney('999')).toBe('999.00')
  expect(formatMoney(undefined)).toBe('–')
})
test('exponents and other spellings are refused', () => {
  expect(parseDecimal('1e5')).toBeNull()
  expect(parseDecimal('Infinity')).toBeNull()
})
