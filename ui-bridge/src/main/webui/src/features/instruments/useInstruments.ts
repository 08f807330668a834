import { queryOptions, useQuery } from '@tanstack/react-query'
import type { InstrumentRow, QuoteRow } from '../../shared/contract'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'

const RETRY_MS = 3_000
const NONE: readonly InstrumentRow[] = []

export const instrumentsQuery = queryOptions({
  queryKey: queryKeys.instruments,
  queryFn: async ({ signal }) => itemsOf<InstrumentRow>(await get('/api/instruments', signal)),
})

export function useInstruments(): readonly InstrumentRow[] {
  const { data } = useQuery({
    ...instrumentsQuery,
    // Only while there is nothing to show yet, such as right after the suite was started.
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.length > 0 ? false : RETRY_MS),
  })
  return data ?? NONE
}

export function useInstrument(symbol: string): InstrumentRow | undefined {
  return useInstruments().find(instrument => instrument.symbol === symbol)
}

const FAVOURITE_ROOT = 'ES'

/** What to show first: a front contract of the account's own venue, one that is quoted if any is. */
export function firstInstrument(
  instruments: readonly InstrumentRow[],
  venue: string | undefined,
  quoted: ReadonlySet<string>,
): InstrumentRow | undefined {
  const rank = (each: InstrumentRow) =>
    (quoted.has(each.symbol) ? 8 : 0) +
    (each.venue === venue ? 4 : 0) +
    (each.front ? 2 : 0) +
    (each.root === FAVOURITE_ROOT ? 1 : 0)
  return instruments.toSorted((a, b) => rank(b) - rank(a))[0]
}

/** Which front contracts are quoted, asked once. */
export const firstQuotesQuery = (instruments: readonly InstrumentRow[]) => {
  const symbols = instruments.filter(each => each.front).map(each => encodeURIComponent(each.symbol))
  return queryOptions({
    queryKey: queryKeys.firstQuotes,
    retry: false,
    queryFn: async ({ signal }) =>
      itemsOf<QuoteRow>(await get(`/api/quotes?symbols=${symbols.join(',')}`, signal)),
  })
}

/**
 * The symbol to open on where none was chosen yet; null until it is known. Asked once: the instrument must not
 * change later under somebody's hand.
 */
export function useFirstSymbol(
  instruments: readonly InstrumentRow[],
  venue: string | undefined,
  isChosen: boolean,
): string | null {
  const quotes = useQuery({
    ...firstQuotesQuery(instruments),
    enabled: !isChosen && instruments.some(each => each.front),
  })
  if (isChosen || venue === undefined || quotes.isPending) return null
  const quoted = new Set((quotes.data ?? []).map(quote => quote.symbol))
  return firstInstrument(instruments, venue, quoted)?.symbol ?? null
}
