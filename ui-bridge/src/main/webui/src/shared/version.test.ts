import { expect, test } from 'vitest'
import { isNewer } from './version'

test('a counter must grow', () => {
  expect(isNewer(2, 1)).toBe(true)
  expect(isNewer(1, 1)).toBe(false)
  expect(isNewer(1, undefined)).toBe(true)
})
test('a fact beats any mark, a mark beats an older one of the same fact', () => {
  expect(isNewer([8, 1], [7, 999])).toBe(true)
  expect(isNewer([7, 1000], [7, 999])).toBe(true)
  expect(isNewer([7, 999], [7, 999])).toBe(false)
  expect(isNewer([6, 5000], [7, 999])).toBe(false)
})
test('marks numbered in microseconds of the clock keep their order', () => {
  expect(isNewer([1, 1_795_000_000_000_001], [1, 1_795_000_000_000_000])).toBe(true)
})
