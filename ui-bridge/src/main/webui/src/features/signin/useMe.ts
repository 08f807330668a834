import { queryOptions, useQuery } from '@tanstack/react-query'
import type { MeRow } from '../../shared/contract'
import { queryKeys } from '../../shared/queryKeys'
import { get } from '../../shared/rest'

const RETRY_MS = 3_000

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: ({ signal }) => get<MeRow>('/api/me', signal),
})

/** Who is signed in; asks again only while nobody answers. */
export function useMe(signedOut = false) {
  return useQuery({
    ...meQuery,
    refetchInterval: ({ state }) => (state.data === undefined && !signedOut ? RETRY_MS : false),
  })
}

/** A sign-in that does not say what it includes is taken at the bridge's word: it refuses by itself. */
export function mayTrade(me: MeRow | undefined): boolean {
  return me?.scopes === undefined || me.scopes.includes('trade')
}
