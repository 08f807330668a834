import { expect, test } from 'vitest'
import { firstAccount } from '../features/accounts/useAccounts'
import { firstInstrument } from '../features/instruments/useInstruments'
import type { AccountRow, InstrumentRow } from '../shared/contract'

const account = (accountId: string, venue: string) => ({ accountId, venue }) as AccountRow
const instrument = (symbol: string, venue: string, front: boolean) =>
  ({ symbol, venue, front }) as InstrumentRow

test('the desk opens on an account of the venue that runs', () => {
  const accounts = [account('PRACTICE', 'sim'), account('REPLAY', 'replay')]
  expect(firstAccount(accounts, [instrument('ESH4', 'replay', true)])?.accountId).toBe('REPLAY')
  expect(firstAccount(accounts, [instrument('ESH4', 'sim', true)])?.accountId).toBe('PRACTICE')
  expect(firstAccount(accounts, [])?.accountId).toBe('PRACTICE')
  expect(firstAccount([], [])).toBeUndefined()
})

test('and on the front contract of that venue', () => {
  const catalogue = [
    instrument('GCG7', 'sim', true),
    instrument('ESM4', 'replay', false),
    instrument('ESH4', 'replay', true),
  ]
  expect(firstInstrument(catalogue, 'replay')?.symbol).toBe('ESH4')
  expect(firstInstrument(catalogue, 'sim')?.symbol).toBe('GCG7')
  expect(firstInstrument(catalogue, 'fix')?.symbol).toBe('GCG7')
})
