import { useQuery } from '@tanstack/react-query'
import { channels, type OrderRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import { useChannel } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'

const idOf = (row: OrderRow) => row.clOrdId
const seqOf = (row: OrderRow) => row.seq

/** Keeps the account's orders flowing; one panel of the desk does it for all. */
export function useOrderFeed(accountId: string): void {
  const channel = channels.orders(accountId)
  useChannel(channel)
  useFallback<OrderRow>({
    channel,
    queryKey: queryKeys.orders(accountId),
    path: `/api/accounts/${encodeURIComponent(accountId)}/orders?state=all&limit=200`,
    keyOf: idOf,
    versionOf: seqOf,
  })
}

const NONE: readonly OrderRow[] = []

/** The socket begins with what works; what was over before is asked for when somebody wants to see it. */
export function useEarlierOrders(accountId: string, wanted: boolean): readonly OrderRow[] {
  const { data } = useQuery({
    queryKey: queryKeys.endedOrders(accountId),
    enabled: wanted,
    staleTime: 0,
    queryFn: async ({ signal }) =>
      itemsOf<OrderRow>(
        await get(`/api/accounts/${encodeURIComponent(accountId)}/orders?state=all&limit=200`, signal),
      ),
  })
  return data ?? NONE
}
