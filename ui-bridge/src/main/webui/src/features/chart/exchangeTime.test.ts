import { TickMarkType } from 'lightweight-charts'
import { expect, test } from 'vitest'
import { countdown, ExchangeTime, zoneOf } from './exchangeTime'

const chicago = new ExchangeTime('America/Chicago')
const at = (text: string) => Date.parse(text) / 1_000

test("the zone is the session's", () => {
  expect(zoneOf('17:00-16:00 America/Chicago')).toBe('America/Chicago')
  expect(zoneOf('24/7')).toBe('UTC')
})
test("times are the exchange's, summer and winter", () => {
  expect(chicago.full(at('2026-01-05T20:30:00Z'), false)).toBe('05 Jan 14:30')
  expect(chicago.full(at('2026-07-06T19:30:00Z'), false)).toBe('06 Jul 14:30')
})
test('where the UTC day begins it is still yesterday there, and the axis says so', () => {
  expect(chicago.mark(at('2026-01-06T00:00:00Z'), TickMarkType.DayOfMonth)).toBe('05 Jan 18:00')
  expect(chicago.mark(at('2026-01-06T06:00:00Z'), TickMarkType.Time)).toBe('06 Jan')
  expect(chicago.mark(at('2026-01-06T15:05:00Z'), TickMarkType.Time)).toBe('09:05')
})
test('what is left of a bar', () => {
  expect(countdown(59.7)).toBe('0:59')
  expect(countdown(247)).toBe('4:07')
  expect(countdown(3_723)).toBe('1:02:03')
  expect(countdown(-3)).toBe('0:00')
})
