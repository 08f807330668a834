import { describe, expect, it } from 'vitest'
import type { LimitRow } from '../../shared/contract'
import { amountText, counted, limitName, shareOf, stillNeeded } from './limits'

describe('a limit', () => {
  it('is named as a person reads it', () => {
    expect(limitName({ name: 'DAILY_LOSS' } as LimitRow)).toBe('Daily loss')
  })
  it('is used by a share from none to all', () => {
    expect(shareOf('250', '1000.00')).toBe(0.25)
    expect(shareOf('-10', '1000')).toBe(0)
    expect(shareOf('1500', '1000')).toBe(1)
    expect(shareOf('1', '0')).toBe(0)
  })
  it('is told in its own unit', () => {
    expect(counted('3', 'LOTS')).toBe('3 lots')
    expect(counted('42', 'PERCENT')).toBe('42 %')
    expect(counted('3', undefined)).toBe('3')
  })
  it('tells money as money, what is counted with its name where that is not said beside it, percent always', () => {
    const of = (unit: LimitRow['unit'], named: boolean) => amountText({ unit } as LimitRow, '1200', named)
    expect([of('MONEY', false), of(undefined, true)]).toEqual(['1,200.00', '1,200.00'])
    expect([of('LOTS', true), of('LOTS', false)]).toEqual(['1200 lots', '1200'])
    expect(of('PERCENT', false)).toBe('1200 %')
  })
  it('says what must still be earned, and nothing once that is done', () => {
    expect(stillNeeded({ needed: '1250.50' } as LimitRow)).toBe('1250.50')
    expect(stillNeeded({ needed: '0' } as LimitRow)).toBeNull()
    expect(stillNeeded({} as LimitRow)).toBeNull()
  })
})
