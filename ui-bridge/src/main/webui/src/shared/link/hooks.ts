import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from 'react'
import { useNow } from '../useNow'
import type { Cell } from './board'
import type { Link } from './link'
import { type ChannelState, type LinkState, type Liveness, liveness } from './linkState'

export const LinkContext = createContext<Link | null>(null)

export function useLink(): Link {
  const link = useContext(LinkContext)
  if (link === null) throw new Error('no link above this component')
  return link
}

/** Keeps the channel subscribed as long as the component is mounted. */
export function useChannel(channel: string | null): void {
  const link = useLink()
  useEffect(() => (channel === null ? undefined : link.hold(channel)), [link, channel])
}

/** One value; renders again only when that one changes. */
export function useCell<T>(channel: string, key = ''): Cell<T> | undefined {
  const { board } = useLink()
  const subscribe = useCallback(
    (listener: () => void) => board.subscribe(channel, key, listener),
    [board, channel, key],
  )
  return useSyncExternalStore(subscribe, () => board.cell(channel, key)) as Cell<T> | undefined
}

/**
 * What `select` makes of a channel's rows, by default compared item by item: a table that selects keys renders
 * when a row comes or goes, not when one changes. `select` must be stable (module level or useCallback).
 */
export function useSelected<R extends readonly unknown[]>(
  channel: string,
  select: (cells: ReadonlyMap<string, Cell>) => R,
): R {
  const { board } = useLink()
  const last = useRef<R | null>(null)
  const subscribe = useCallback(
    (listener: () => void) => board.subscribe(channel, null, listener),
    [board, channel],
  )
  return useSyncExternalStore(subscribe, () => {
    const next = select(board.cells(channel))
    if (last.current === null || !sameItems(last.current, next)) last.current = next
    return last.current
  })
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]))
}

export function useLinkState(): LinkState {
  const link = useLink()
  const subscribe = useCallback((listener: () => void) => link.subscribe(listener), [link])
  return useSyncExternalStore(subscribe, () => link.state())
}

export function useChannelState(channel: string): ChannelState | undefined {
  const link = useLink()
  const subscribe = useCallback((listener: () => void) => link.subscribe(listener), [link])
  return useSyncExternalStore(subscribe, () => link.channel(channel))
}

export function useRefusals(): readonly string[] {
  const link = useLink()
  const subscribe = useCallback((listener: () => void) => link.subscribe(listener), [link])
  return useSyncExternalStore(subscribe, () => link.refusals())
}

export function useLiveness(): Liveness {
  const state = useLinkState()
  return liveness(state, Math.max(useNow(), Date.now()), navigator.onLine)
}
