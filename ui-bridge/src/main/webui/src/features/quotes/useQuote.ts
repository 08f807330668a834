import { channels, type MarketStatusRow, type QuoteRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import type { Cell } from '../../shared/link/board'
import { useCell, useChannel, useLiveness, useSelected } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'
import { useNow } from '../../shared/useNow'

/** The gateway says every quote again at least every 10 s; a little more and the number cannot be trusted. */
const STALE_AFTER_MS = 13_000

const single = () => ''
const unversioned = () => undefined

/** Keeps quote and status flowing; one panel of the desk does it for all. */
export function useQuoteFeed(symbol: string): void {
  const channel = channels.quote(symbol)
  useChannel(channel)
  useChannel(channels.status)
  useFallback<QuoteRow>({
    channel,
    queryKey: queryKeys.quotes(symbol),
    path: `/api/quotes?symbols=${encodeURIComponent(symbol)}`,
    keyOf: single,
    versionOf: unversioned,
  })
}

export function useQuote(symbol: string): Cell<QuoteRow> | undefined {
  return useCell<QuoteRow>(channels.quote(symbol))
}

export type Freshness = { kind: 'fresh' } | { kind: 'none' } | { kind: 'stale'; ageMs: number; why: string }

export function useFreshness(cell: Cell | undefined, feed: MarketStatusRow | undefined): Freshness {
  const link = useLiveness()
  const now = Math.max(useNow(), Date.now())
  if (cell === undefined || cell.data === null) return { kind: 'none' }
  const ageMs = Math.max(0, now - cell.asOf)
  if (link.kind !== 'live' && ageMs > 2_000) return { kind: 'stale', ageMs, why: 'not connected' }
  if (feed !== undefined && feed.feed !== 'LIVE' && feed.feed !== 'QUIET')
    return { kind: 'stale', ageMs, why: feed.reason ?? `feed ${feed.feed.toLowerCase()}` }
  if (ageMs > STALE_AFTER_MS) return { kind: 'stale', ageMs, why: 'no update' }
  return { kind: 'fresh' }
}

const statusRows = (cells: ReadonlyMap<string, Cell>) => [...cells.values()].map(cell => cell.data)

/** The instrument's own state where there is one, else its venue's. */
export function useMarketStatus(symbol: string, venue: string): MarketStatusRow | undefined {
  const rows = useSelected(channels.status, statusRows) as readonly (MarketStatusRow | null)[]
  return (
    rows.find(row => row?.venue === venue && row.symbol === symbol) ??
    rows.find(row => row?.venue === venue && row.symbol === undefined) ??
    undefined
  )
}
