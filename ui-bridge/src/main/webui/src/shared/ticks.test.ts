import { describe, expect, test } from 'vitest'
import { formatPrice, formatTicks, readPrice, snapLimit, spreadTicks, stepPrice } from './ticks'

describe('reading a price', () => {
  test('a multiple of the tick is on tick, however it is written', () => {
    for (const text of ['4800.25', '4800.250', ' 4800.25 ', '+4800.25'])
      expect(readPrice(text, '0.25')).toEqual({ kind: 'onTick', ticks: 19201n })
  })
  test('between two ticks it names the lower one, also below zero', () => {
    expect(readPrice('4800.30', '0.25')).toEqual({ kind: 'offTick', below: 19201n })
    expect(readPrice('-37.635', '0.01')).toEqual({ kind: 'offTick', below: -3764n })
  })
  test('what is not a plain decimal number is not a price', () => {
    for (const text of ['', 'abc', '1e3', '4,800.25', '1.2.3', '-', '.', '0x10', '9'.repeat(40)])
      expect(readPrice(text, '0.25')).toEqual({ kind: 'notAPrice' })
  })
  test('no digit is lost where floating point would lose it', () => {
    expect(readPrice('9007199254740993.25', '0.25')).toEqual({ kind: 'onTick', ticks: 36028797018963973n })
    expect(readPrice('0.3', '0.1')).toEqual({ kind: 'onTick', ticks: 3n })
  })
  test('a tick size of zero is a defect, not a price', () => {
    expect(() => readPrice('1', '0')).toThrow(RangeError)
  })
})

describe('snapping a limit', () => {
  test('BUY goes down, SELL goes up: the safe side', () => {
    expect(snapLimit('4800.30', '0.25', 'BUY')).toBe(19201n)
    expect(snapLimit('4800.30', '0.25', 'SELL')).toBe(19202n)
  })
  test('also below zero', () => {
    expect(snapLimit('-37.635', '0.01', 'BUY')).toBe(-3764n)
    expect(snapLimit('-37.635', '0.01', 'SELL')).toBe(-3763n)
  })
  test('on tick it stays for both', () => {
    expect(snapLimit('112.328125', '0.015625', 'BUY')).toBe(snapLimit('112.328125', '0.015625', 'SELL'))
  })
  test('nonsense is not snapped', () => {
    expect(snapLimit('x', '0.25', 'BUY')).toBeNull()
  })
})

describe('stepping', () => {
  test('moves by whole ticks', () => {
    expect(stepPrice('4800.25', '0.25', 1)).toBe('4800.50')
    expect(stepPrice('4800.25', '0.25', -10)).toBe('4797.75')
    expect(stepPrice('112.328125', '0.015625', 1)).toBe('112.343750')
  })
  test('crosses zero', () => {
    expect(stepPrice('0.01', '0.01', -2)).toBe('-0.01')
  })
  test('from between two ticks the first step lands on the next tick that way', () => {
    expect(stepPrice('4800.30', '0.25', 1)).toBe('4800.50')
    expect(stepPrice('4800.30', '0.25', -1)).toBe('4800.25')
  })
})

describe('showing', () => {
  test('a column of prices has the decimals of the tick', () => {
    expect(formatPrice('4800.5', '0.25')).toBe('4800.50')
    expect(formatPrice('4800', '0.25')).toBe('4800.00')
    expect(formatPrice('2063.4', '0.1')).toBe('2063.4')
  })
  test('an average keeps its digits and loses idle zeros', () => {
    expect(formatPrice('4800.1667', '0.25')).toBe('4800.1667')
    expect(formatPrice('4800.2500', '0.25')).toBe('4800.25')
  })
  test('an absent side is a dash', () => {
    expect(formatPrice(undefined, '0.25')).toBe('–')
  })
  test('ticks become the price again', () => {
    for (const [price, tick] of [
      ['4800.25', '0.25'],
      ['-37.63', '0.01'],
      ['18', '1'],
      ['112.328125', '0.015625'],
    ] as const) {
      const reading = readPrice(price, tick)
      expect(reading.kind === 'onTick' && formatTicks(reading.ticks, tick)).toBe(price)
    }
  })
  test('the spread counts ticks', () => {
    expect(spreadTicks('4800.25', '4800.75', '0.25')).toBe(2n)
    expect(spreadTicks(undefined, '4800.75', '0.25')).toBeNull()
  })
})
