import {
  createContext,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { everySecond } from '../useNow'
import type { Cell } from './board'
import type { Link } from './link'
import { type ChannelState, type LinkState, type Liveness, liveness, sameLiveness } from './linkState'

export const LinkContext = createContext<Link | null>(null)

export function useLink(): Link {
  const link = useContext(LinkContext)
  if (link === null) throw new Error('no link above this component')
  return link
}

/** Keeps the channel subscribed as long as the component is mounted; who does not look at it yet gets nothing of it. */
export function useChannel(channel: string | null, looks = true): void {
  const link = useLink()
  useEffect(() => (channel === null ? undefined : link.hold(channel, looks)), [link, channel, looks])
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

/** One plain value of a row; what else changes in the row renders nobody. `part` must be stable. */
export function usePart<T, V extends string | number | boolean | undefined>(
  channel: string,
  key: string,
  part: (row: T | undefined) => V,
): V {
  const { board } = useLink()
  const subscribe = useCallback(
    (listener: () => void) => board.subscribe(channel, key, listener),
    [board, channel, key],
  )
  return useSyncExternalStore(subscribe, () =>
    part((board.cell(channel, key)?.data ?? undefined) as T | undefined),
  )
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

/** Told once a second, when the link changes, and when one of the channels (their names with blanks between) does. */
function listen(link: Link, channels: string, listener: () => void): () => void {
  const stops = [
    everySecond(listener),
    link.subscribe(listener),
    ...channels
      .split(' ')
      .filter(channel => channel !== '')
      .map(channel => link.board.subscribe(channel, null, listener)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** What `look` sees now; who asks renders again only where that is not the `same`. */
export function useWatched<T>(look: () => T, same: (a: T, b: T) => boolean, channels = ''): T {
  const link = useLink()
  const last = useRef<{ seen: T } | null>(null)
  const subscribe = useCallback((listener: () => void) => listen(link, channels, listener), [link, channels])
  return useSyncExternalStore(subscribe, () => {
    const seen = look()
    if (last.current === null || !same(last.current.seen, seen)) last.current = { seen }
    return last.current.seen
  })
}

export function livenessOf(link: Link): Liveness {
  return liveness(link.state(), Date.now(), navigator.onLine)
}

export function useLiveness(): Liveness {
  const link = useLink()
  return useWatched(() => livenessOf(link), sameLiveness)
}

export function useConnected(): boolean {
  const link = useLink()
  return useWatched(() => livenessOf(link).kind === 'live', Object.is)
}

/**
 * Paints what changes many times a second into an element by hand, without a render: at once, when `paint` is another, once a
 * second, and when one of the channels has changed, once for all of a frame. `paint` must be stable, and write only what
 * differs from what is there.
 */
export function usePainted<E extends HTMLElement>(
  element: RefObject<E | null>,
  channels: string,
  paint: (element: E) => void,
): void {
  const link = useLink()
  useLayoutEffect(() => {
    let queued = false
    let gone = false
    const look = () => {
      queued = false
      if (!gone && element.current !== null) paint(element.current)
    }
    look()
    const deaf = listen(link, channels, () => {
      if (queued) return
      queued = true
      queueMicrotask(look)
    })
    return () => {
      gone = true
      deaf()
    }
  }, [element, link, channels, paint])
}
