import { expect, test } from 'vitest'
import { joined, moved } from './queue'

test('a new order is behind all that was there', () => {
  expect(joined(40, 2).ahead).toBe(38)
  expect(joined(1, 2).ahead).toBe(0)
})
test('trades at the price move it up, others who join behind do not move it back', () => {
  const place = joined(40, 2)
  expect(moved(place, 35, 5, 2).ahead).toBe(33)
  expect(moved(place, 90, 0, 2).ahead).toBe(38)
})
test('a level that has become smaller than what was ahead moves it up', () => {
  expect(moved(joined(40, 2), 12, 0, 2).ahead).toBe(10)
  expect(moved(joined(40, 2), 2, 100, 2).ahead).toBe(0)
})
