import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Version } from './contract'
import { useChannelState, useLink, useLinkState } from './link/hooks'
import { get, itemsOf } from './rest'

const POLL_MS = 5_000
/** How long an open socket may take to bring a channel before its rows are asked for once by REST. */
const PATIENCE_MS = 3_000

const OLDEST = -1

export interface Fallback<R> {
  channel: string
  queryKey: readonly unknown[]
  path: string
  keyOf: (row: R) => string
  /** Rows without a version replace what there is while the socket is down, and give way to whatever it brings. */
  versionOf: (row: R) => Version | undefined
}

/**
 * The rows of a channel by REST while the socket does not bring them: every 5 s while it is down, once when it is
 * up but silent about the channel, never otherwise. They enter the same store, under the same rule: newest wins.
 */
export function useFallback<R>({ channel, queryKey, path, keyOf, versionOf }: Fallback<R>): void {
  const link = useLink()
  const open = useLinkState().phase === 'open'
  const following = useChannelState(channel)?.kind === 'following'
  const late = useLate(!(open && following))

  const { data } = useQuery({
    queryKey,
    enabled: late && !(open && following),
    refetchInterval: () => (open ? false : POLL_MS),
    // Leaving fallback and coming back must ask again: what was fetched then is old now.
    staleTime: 0,
    retry: false,
    gcTime: 0,
    queryFn: async ({ signal }) => ({
      rows: itemsOf<R>(await get(path, signal)),
      at: Date.now(),
    }),
  })

  useEffect(() => {
    if (data === undefined) return
    const puts = data.rows.map(row => ({
      ch: channel,
      k: keyOf(row),
      cell: { v: versionOf(row) ?? OLDEST, data: row, asOf: data.at },
    }))
    const unversioned = data.rows.some(row => versionOf(row) === undefined)
    const replaced = unversioned && link.state().phase !== 'open' ? [channel] : []
    link.board.apply({ replaced, puts })
  }, [data, link, channel, keyOf, versionOf])
}

function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!waiting) return
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [waiting])
  return late
}
