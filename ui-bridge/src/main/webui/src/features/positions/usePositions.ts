import { channels, type PositionRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import { useChannel, useLink, useWatched } from '../../shared/link/hooks'
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

/** The position; what of it moves with the market renders nobody. */
export function useHeld(accountId: string, symbol: string): PositionRow | undefined {
  const { board } = useLink()
  const channel = channels.positions(accountId)
  return useWatched(
    () => (board.cell(channel, symbol)?.data ?? undefined) as PositionRow | undefined,
    sameHeld,
    channel,
  )
}

function sameHeld(a: PositionRow | undefined, b: PositionRow | undefined): boolean {
  return a?.netQty === b?.netQty && a?.avgPx === b?.avgPx
}
