import { channels, type OrderRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import { useChannel } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'

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
