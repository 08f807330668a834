import { channels, type MarketStatusRow, type QuoteRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import type { Cell } from '../../shared/link/board'
import { livenessOf, useChannel, useLink, useSelected, useWatched } from '../../shared/link/hooks'
import type { Link } from '../../shared/link/link'
import type { Liveness } from '../../shared/link/linkState'
import { queryKeys } from '../../shared/queryKeys'

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

export const bidPx = (row: QuoteRow | undefined) => row?.bidPx
export const askPx = (row: QuoteRow | undefined) => row?.askPx

export type Freshness = { kind: 'fresh' } | { kind: 'none' } | { kind: 'stale'; ageMs: number; why: string }

/** Whether a quote may be trusted, and if not, why. */
export function freshnessOf(
  cell: Cell | undefined,
  feed: MarketStatusRow | undefined,
  link: Liveness,
  now: number,
): Freshness {
  if (cell === undefined || cell.data === null) return { kind: 'none' }
  const ageMs = Math.max(0, now - cell.asOf)
  if (link.kind !== 'live' && ageMs > 2_000) return { kind: 'stale', ageMs, why: 'not connected' }
  if (feed !== undefined && feed.feed !== 'LIVE' && feed.feed !== 'QUIET')
    return { kind: 'stale', ageMs, why: feed.reason ?? `feed ${feed.feed.toLowerCase()}` }
  if (ageMs > STALE_AFTER_MS) return { kind: 'stale', ageMs, why: 'no update' }
  return { kind: 'fresh' }
}

export function freshnessNow(link: Link, symbol: string, venue: string): Freshness {
  const cell = link.board.cell(channels.quote(symbol), '')
  return freshnessOf(cell, marketStatus(link, symbol, venue), livenessOf(link), Date.now())
}

/** Changes with what is said of the quote, not with the quote. */
export function useFreshness(symbol: string, venue: string): Freshness {
  const link = useLink()
  return useWatched(() => freshnessNow(link, symbol, venue), sameFreshness, quoteAndStatus(symbol))
}

export const quoteAndStatus = (symbol: string) => `${channels.quote(symbol)} ${channels.status}`

function sameFreshness(a: Freshness, b: Freshness): boolean {
  if (a.kind !== 'stale' || b.kind !== 'stale') return a.kind === b.kind
  return a.why === b.why && Math.round(a.ageMs / 1_000) === Math.round(b.ageMs / 1_000)
}

const statusRows = (cells: ReadonlyMap<string, Cell>) =>
  [...cells.values()].map(cell => cell.data as MarketStatusRow | null)

/** The instrument's own state where there is one, else its venue's. */
export function useMarketStatus(symbol: string, venue: string): MarketStatusRow | undefined {
  return statusIn(useSelected(channels.status, statusRows), symbol, venue)
}

function marketStatus({ board }: Link, symbol: string, venue: string): MarketStatusRow | undefined {
  return statusIn(statusRows(board.cells(channels.status)), symbol, venue)
}

function statusIn(rows: readonly (MarketStatusRow | null)[], symbol: string, venue: string) {
  return (
    rows.find(row => row?.venue === venue && row.symbol === symbol) ??
    rows.find(row => row?.venue === venue && row.symbol === undefined) ??
    undefined
  )
}
