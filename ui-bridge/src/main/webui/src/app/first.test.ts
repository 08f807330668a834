import { expect, test } from 'vitest'
import { firstAccount } from '../features/accounts/useAccounts'
import { firstInstrument } from '../features/instruments/useInstruments'
import type { AccountRow, InstrumentRow } from '../shared/contract'

const account = (accountId: string, venue: string) => ({ accountId, venue }) as AccountRow
const instrument = (symbol: string, venue: string, front: boolean) =>
  ({ symbol, venue, front, root: symbol.slice(0, -2) }) as InstrumentRow

test('the desk opens on an account of the venue that runs', () => {
  const accounts = [account('PRACTICE', 'sim'), account('REPLAY', 'replay')]
  expect(firstAccount(accounts, [instrument('ESH4', 'replay', true)])?.accountId).toBe('REPLAY')
  expect(firstAccount(accounts, [instrument('ESH4', 'sim', true)])?.accountId).toBe('PRACTICE')
  expect(firstAccount(accounts, [])?.accountId).toBe('PRACTICE')
  expect(firstAccount([], [])).toBeUndefined()
})

test('and on a front contract of that venue, one that is quoted before all', () => {
  const catalogue = [
    instrument('6AZ6', 'replay', true),
    instrument('ESH4', 'replay', true),
    instrument('ESM4', 'replay', false),
    instrument('GCG7', 'sim', true),
  ]
  const none = new Set<string>()
  expect(firstInstrument(catalogue, 'replay', none)?.symbol).toBe('ESH4')
  expect(firstInstrument(catalogue, 'sim', none)?.symbol).toBe('GCG7')
  expect(firstInstrument(catalogue, 'replay', new Set(['6AZ6']))?.symbol).toBe('6AZ6')
  expect(firstInstrument([], 'replay', none)).toBeUndefined()
})
