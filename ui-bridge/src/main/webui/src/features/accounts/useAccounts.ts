import { queryOptions, useQuery } from '@tanstack/react-query'
import type { AccountRow, InstrumentRow } from '../../shared/contract'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'

const RETRY_MS = 3_000
const NONE: readonly AccountRow[] = []

export const accountsQuery = queryOptions({
  queryKey: queryKeys.accounts,
  queryFn: async ({ signal }) => itemsOf<AccountRow>(await get('/api/accounts', signal)),
})

export function useAccounts(): readonly AccountRow[] {
  const { data } = useQuery({
    ...accountsQuery,
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.length > 0 ? false : RETRY_MS),
  })
  return data ?? NONE
}

/** What to show first: an account of the venue whose market is running, for on any other no price would move. */
export function firstAccount(
  accounts: readonly AccountRow[],
  instruments: readonly InstrumentRow[],
): AccountRow | undefined {
  return accounts.find(({ venue }) => instruments.some(each => each.venue === venue)) ?? accounts[0]
}
