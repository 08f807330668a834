import { expect, test } from 'vitest'
import { type Candle, ema, sma, vwap } from './indicators'

const candle = (close: number, volume = 1, time = 0): Candle => ({
  time,
  high: close,
  low: close,
  close,
  volume,
})

test('a plain average begins once there are enough bars and forgets the oldest', () => {
  const line = sma(3)
  expect([1, 2, 3, 4].map(close => line.next(candle(close)))).toEqual([null, null, 2, 3])
})
test('an exponential average weighs the newest by 2 / (n + 1)', () => {
  const line = ema(3)
  expect([10, 20, 20].map(close => line.next(candle(close)))).toEqual([10, 15, 17.5])
})
test('the volume-weighted price starts anew with each session', () => {
  const line = vwap(time => time)
  expect(line.next(candle(10, 1, 1))).toBe(10)
  expect(line.next(candle(20, 3, 1))).toBe(17.5)
  expect(line.next(candle(50, 1, 2))).toBe(50)
})
test.each([
  ['ema', () => ema(4)],
  ['sma', () => sma(4)],
  ['vwap', () => vwap(() => 1)],
])('%s of a bar that forms tick by tick ends where that of the finished bar does', (_, make) => {
  const ticked = make()
  const whole = make()
  for (let bar = 1; bar <= 9; bar++) {
    ticked.next(candle(bar, 1))
    ticked.again(candle(bar * 3, 2))
    const formed = ticked.again(candle(bar * 2, 5))
    const finished = whole.next(candle(bar * 2, 5))
    if (finished === null) expect(formed).toBeNull()
    else expect(formed).toBeCloseTo(finished, 9)
  }
})
