import { useQuery } from '@tanstack/react-query'
import type { AccountRow } from '../../shared/contract'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'

const RETRY_MS = 3_000
const NONE: readonly AccountRow[] = []

export function useAccounts(): readonly AccountRow[] {
  const { data } = useQuery({
    queryKey: queryKeys.accounts,
    queryFn: async ({ signal }) => itemsOf<AccountRow>(await get('/api/accounts', signal)),
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.length > 0 ? false : RETRY_MS),
  })
  return data ?? NONE
}
