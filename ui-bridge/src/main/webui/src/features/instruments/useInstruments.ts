import { useQuery } from '@tanstack/react-query'
import type { InstrumentRow } from '../../shared/contract'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'

const RETRY_MS = 3_000
const NONE: readonly InstrumentRow[] = []

export function useInstruments(): readonly InstrumentRow[] {
  const { data } = useQuery({
    queryKey: queryKeys.instruments,
    queryFn: async ({ signal }) => itemsOf<InstrumentRow>(await get('/api/instruments', signal)),
    // Only while there is nothing to show yet, such as right after the suite was started.
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.length > 0 ? false : RETRY_MS),
  })
  return data ?? NONE
}

export function useInstrument(symbol: string): InstrumentRow | undefined {
  return useInstruments().find(instrument => instrument.symbol === symbol)
}

/** What to show first: the front contract of the account's own venue, else any front contract. */
export function firstInstrument(
  instruments: readonly InstrumentRow[],
  venue: string | undefined,
): InstrumentRow | undefined {
  const ofVenue = instruments.filter(instrument => instrument.venue === venue)
  return (
    ofVenue.find(instrument => instrument.front) ??
    ofVenue[0] ??
    instruments.find(instrument => instrument.front) ??
    instruments[0]
  )
}
