import {
  createContext,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import { everySecond, secondNow } from '../useNow'
import type { Board, Cell } from './board'
import type { Link } from './link'
import { type ChannelState, type LinkState, type Liveness, liveness, sameLiveness } from './linkState'
import type { Turn } from './turns'

export const LinkContext = createContext<Link | null>(null)

/** Whose turn it is to render, for all that is inside; without one everything renders in the frame in which it changes. */
export const TurnContext = createContext<Turn | null>(null)

/** A turn of one's own, for a panel or another part of the page that renders as one. */
export function useOwnTurn(canWait: boolean): Turn {
  const link = useLink()
  return useMemo(() => link.turns.turn(canWait), [link, canWait])
}

/** Hears of the channel, or of one key of it, when the turn has come. Where nothing `differs` from what is shown nobody asks for one. */
function inTurn(
  turn: Turn | null,
  board: Board,
  channel: string,
  key: string | null,
  listener: () => void,
  differs: () => boolean,
): () => void {
  if (turn === null) return board.subscribe(channel, key, listener)
  const { ask, stop } = turn.deferred(listener)
  const deaf = board.subscribe(channel, key, () => {
    if (differs()) ask()
  })
  return () => {
    deaf()
    stop()
  }
}

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
  const turn = useContext(TurnContext)
  const subscribe = useCallback(
    (listener: () => void) => inTurn(turn, board, channel, key, listener, always),
    [turn, board, channel, key],
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
  const turn = useContext(TurnContext)
  const look = useCallback(
    () => part((board.cell(channel, key)?.data ?? undefined) as T | undefined),
    [board, channel, key, part],
  )
  const shown = useRef<V>(undefined)
  const subscribe = useCallback(
    (listener: () => void) =>
      inTurn(turn, board, channel, key, listener, () => !Object.is(shown.current, look())),
    [turn, board, channel, key, look],
  )
  shown.current = useSyncExternalStore(subscribe, look)
  return shown.current
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
  const turn = useContext(TurnContext)
  const last = useRef<R | null>(null)
  const shown = useRef<R | null>(null)
  const look = useCallback(() => {
    const next = select(board.cells(channel))
    const known = [shown.current, last.current].find(each => each !== null && sameItems(each, next))
    last.current = known ?? next
    return last.current
  }, [board, channel, select])
  const subscribe = useCallback(
    (listener: () => void) => inTurn(turn, board, channel, null, listener, () => shown.current !== look()),
    [turn, board, channel, look],
  )
  const selected = useSyncExternalStore(subscribe, look)
  shown.current = selected
  return selected
}

const always = () => true

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
function listen(
  link: Link,
  turn: Turn | null,
  channels: string,
  listener: () => void,
  differs: () => boolean = always,
): () => void {
  const stops = [
    everySecond(listener),
    link.subscribe(listener),
    ...channels
      .split(' ')
      .filter(channel => channel !== '')
      .map(channel => inTurn(turn, link.board, channel, null, listener, differs)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** What `look` sees now; who asks renders again only where that is not the `same`. */
export function useWatched<T>(look: () => T, same: (a: T, b: T) => boolean, channels = ''): T {
  const link = useLink()
  const turn = useContext(TurnContext)
  const last = useRef<{ seen: T } | null>(null)
  const shown = useRef<{ differs: () => boolean } | null>(null)
  const subscribe = useCallback(
    (listener: () => void) => listen(link, turn, channels, listener, () => shown.current?.differs() ?? true),
    [link, turn, channels],
  )
  const seen = useSyncExternalStore(subscribe, () => {
    const now = look()
    if (last.current === null || !same(last.current.seen, now)) last.current = { seen: now }
    return last.current.seen
  })
  shown.current = { differs: () => !same(seen, look()) }
  return seen
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

/** The wall clock to the second, told when the turn has come; for ages, never for decisions. */
export function useNowInTurn(): number {
  const turn = useContext(TurnContext)
  const subscribe = useCallback(
    (listener: () => void) => {
      if (turn === null) return everySecond(listener)
      const { ask, stop } = turn.deferred(listener)
      const deaf = everySecond(ask)
      return () => {
        deaf()
        stop()
      }
    },
    [turn],
  )
  return useSyncExternalStore(subscribe, secondNow)
}

/**
 * Keeps by hand what an element says of a channel: nobody renders for it. All such figures have one turn together, and who
 * would say the same asks for none. `say` and `paint` must be stable.
 */
export function useFigure<E extends HTMLElement>(
  element: RefObject<E | null>,
  channel: string,
  say: (board: Board) => string,
  paint: (element: E, said: string) => void,
): void {
  const { board, figures } = useLink()
  useLayoutEffect(() => {
    let said: string | null = null
    const look = () => {
      if (element.current === null) return
      said = say(board)
      paint(element.current, said)
    }
    look()
    return inTurn(figures, board, channel, null, look, () => said !== say(board))
  }, [element, board, figures, channel, say, paint])
}

/**
 * Paints what changes many times a second into an element by hand, without a render: at once, when `paint` is another, once a
 * second, and when one of the channels has changed, once for all of a frame. `paint` must be stable, and write only what
 * differs from what is there. What is `large` has the frame for itself: nobody else's turn comes in it.
 */
export function usePainted<E extends HTMLElement>(
  element: RefObject<E | null>,
  channels: string,
  paint: (element: E) => void,
  large = false,
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
    const deaf = listen(link, null, channels, () => {
      if (queued) return
      queued = true
      if (large) link.turns.take()
      queueMicrotask(look)
    })
    return () => {
      gone = true
      deaf()
    }
  }, [element, link, channels, paint, large])
}
