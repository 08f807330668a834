import { channels, type PositionRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import { useChannel } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'

const symbolOf = (row: PositionRow) => row.symbol
const versionOf = (row: PositionRow) => row.version

/** Keeps the account's positions flowing, however many panels ask. */
export function usePositionFeed(accountId: string): void {
  const channel = channels.positions(accountId)
  useChannel(channel)
  useFallback<PositionRow>({
    channel,
    queryKey: queryKeys.positions(accountId),
    path: `/api/accounts/${encodeURIComponent(accountId)}/positions`,
    keyOf: symbolOf,
    versionOf,
  })
}
