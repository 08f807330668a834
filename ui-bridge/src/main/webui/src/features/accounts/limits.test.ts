import { describe, expect, it } from 'vitest'
import type { LimitRow } from '../../shared/contract'
import { limitName, shareOf } from './limits'

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
})
