import { isTerminal, type OrderRow, type Problem } from '../../shared/contract'
import { readPrice, type Ticks } from '../../shared/ticks'

export type LineField = 'price' | 'stopPx'

/** What a person takes hold of: a price of an order as it was then, or the line of the position. */
export type Handle =
  | { kind: 'order'; clOrdId: string; field: LineField; ticks: Ticks; version: number }
  | { kind: 'position'; ticks: Ticks }

/** A line in the hand. The true line stays where it is; `to` is the ghost's place. */
export interface Gesture {
  handle: Handle
  to: Ticks
}

/** A change that was asked for and is not settled: the line keeps its old price, the ghost shows the wish. */
export interface Wish {
  clOrdId: string
  field: LineField
  from: Ticks
  to: Ticks
  version: number
  phase: 'sending' | 'taken'
  /** Dropped again while the first is still being sent: only the last of them is sent afterwards. */
  next: Ticks | null
  /** The newest row seen since, for it may overtake the answer. */
  latest: OrderRow | null
}

export interface Drags {
  gesture: Gesture | null
  wishes: ReadonlyMap<string, Wish>
}

export const NO_DRAGS: Drags = { gesture: null, wishes: new Map() }

export type DragEvent =
  | { kind: 'grabbed'; handle: Handle }
  | { kind: 'moved'; to: Ticks }
  | { kind: 'dropped' }
  /** Escape, the pointer left the chart or was taken away, the focus went, the connection was lost. */
  | { kind: 'abandoned' }
  | { kind: 'taken'; clOrdId: string; row: OrderRow }
  | { kind: 'refused'; clOrdId: string; problem: Problem }
  | { kind: 'lost'; clOrdId: string; why: string }
  /** A row of the socket. */
  | { kind: 'seen'; row: OrderRow }

export type Effect =
  | { kind: 'send'; clOrdId: string; field: LineField; ticks: Ticks; version: number }
  | { kind: 'protect'; ticks: Ticks }
  /** Back to the true price, and why. */
  | { kind: 'reverted'; clOrdId: string; problem: Problem }
  | { kind: 'unknown'; clOrdId: string; why: string }

export type Decision = readonly [Drags, readonly Effect[]]

/** Everything a dragged line can go through; the caller only carries out the effects. `tickSize` reads prices of rows. */
export function decide(drags: Drags, event: DragEvent, tickSize: string): Decision {
  switch (event.kind) {
    case 'grabbed':
      return [{ ...drags, gesture: { handle: event.handle, to: event.handle.ticks } }, []]
    case 'moved':
      return drags.gesture === null || drags.gesture.to === event.to
        ? [drags, []]
        : [{ ...drags, gesture: { ...drags.gesture, to: event.to } }, []]
    case 'abandoned':
      return drags.gesture === null ? [drags, []] : [{ ...drags, gesture: null }, []]
    case 'dropped':
      return dropped(drags)
    case 'taken':
      return taken(drags, event.clOrdId, event.row, tickSize)
    case 'refused':
      return settled(drags, event.clOrdId, [
        { kind: 'reverted', clOrdId: event.clOrdId, problem: event.problem },
      ])
    case 'lost':
      return settled(drags, event.clOrdId, [{ kind: 'unknown', clOrdId: event.clOrdId, why: event.why }])
    case 'seen':
      return seen(drags, event.row, tickSize)
  }
}

function dropped(drags: Drags): Decision {
  const { gesture, wishes } = drags
  if (gesture === null) return [drags, []]
  const done = { ...drags, gesture: null }
  const { handle, to } = gesture
  if (handle.kind === 'position')
    return to === handle.ticks ? [done, []] : [done, [{ kind: 'protect', ticks: to }]]
  const { clOrdId, field, version } = handle
  const under = wishes.get(clOrdId)
  if (under === undefined && to === handle.ticks) return [done, []]
  if (under !== undefined && under.next === null && to === under.to) return [done, []]
  if (under?.phase === 'sending') return [{ ...done, wishes: put(wishes, { ...under, next: to }) }, []]
  const wish: Wish = {
    clOrdId,
    field,
    from: handle.ticks,
    to,
    version,
    phase: 'sending',
    next: null,
    latest: null,
  }
  return [{ ...done, wishes: put(wishes, wish) }, [{ kind: 'send', clOrdId, field, ticks: to, version }]]
}

function taken(drags: Drags, clOrdId: string, row: OrderRow, tickSize: string): Decision {
  const wish = drags.wishes.get(clOrdId)
  if (wish === undefined || wish.phase !== 'sending') return [drags, []]
  const newest = wish.latest !== null && wish.latest.seq > row.seq ? wish.latest : row
  if (wish.next !== null && wish.next !== wish.to && !isTerminal(newest.ordStatus)) {
    const next: Wish = { ...wish, to: wish.next, version: newest.version, next: null, latest: null }
    return [
      { ...drags, wishes: put(drags.wishes, next) },
      [{ kind: 'send', clOrdId, field: wish.field, ticks: next.to, version: next.version }],
    ]
  }
  const waiting: Wish = { ...wish, phase: 'taken', next: null, latest: newest }
  return judged({ ...drags, wishes: put(drags.wishes, waiting) }, waiting, newest, tickSize)
}

function seen(drags: Drags, row: OrderRow, tickSize: string): Decision {
  const wish = drags.wishes.get(row.clOrdId)
  const held = drags.gesture?.handle
  const gone = isTerminal(row.ordStatus) && held?.kind === 'order' && held.clOrdId === row.clOrdId
  const kept: Drags = gone ? { ...drags, gesture: null } : drags
  if (wish === undefined)
    return [kept, gone ? [{ kind: 'reverted', clOrdId: row.clOrdId, problem: endedMeanwhile(row) }] : []]
  if (wish.latest !== null && wish.latest.seq >= row.seq) return [kept, []]
  const informed = { ...wish, latest: row }
  const next = { ...kept, wishes: put(kept.wishes, informed) }
  return wish.phase === 'sending' ? [next, []] : judged(next, informed, row, tickSize)
}

/** After the answer: still on its way, done as wished, or left as it was. */
function judged(drags: Drags, wish: Wish, row: OrderRow, tickSize: string): Decision {
  const { clOrdId } = wish
  if (isTerminal(row.ordStatus))
    return settled(drags, clOrdId, [{ kind: 'reverted', clOrdId, problem: endedMeanwhile(row) }])
  if (row.pending.some(request => request.kind === 'REPLACE')) return [drags, []]
  if (fieldTicks(row, wish.field, tickSize) === wish.to) return settled(drags, clOrdId, [])
  if (row.snapped !== undefined && row.version > wish.version) return settled(drags, clOrdId, [])
  return settled(drags, clOrdId, [{ kind: 'reverted', clOrdId, problem: leftAsItWas(row) }])
}

function settled(drags: Drags, clOrdId: string, effects: readonly Effect[]): Decision {
  if (!drags.wishes.has(clOrdId)) return [drags, []]
  const wishes = new Map(drags.wishes)
  wishes.delete(clOrdId)
  return [{ ...drags, wishes }, effects]
}

function put(wishes: ReadonlyMap<string, Wish>, wish: Wish): ReadonlyMap<string, Wish> {
  return new Map(wishes).set(wish.clOrdId, wish)
}

export function fieldTicks(row: OrderRow, field: LineField, tickSize: string): Ticks | null {
  const price = row[field]
  const reading = price === undefined ? null : readPrice(price, tickSize)
  if (reading === null || reading.kind === 'notAPrice') return null
  return reading.kind === 'onTick' ? reading.ticks : reading.below
}

function endedMeanwhile(row: OrderRow): Problem {
  return {
    status: 409,
    reason: 'ORDER_ALREADY_DONE',
    detail: `The order ended meanwhile: ${row.ordStatus.toLowerCase()}.`,
    ...venueWords(row),
  }
}

function leftAsItWas(row: OrderRow): Problem {
  return {
    status: 409,
    reason: 'NOT_CHANGED',
    detail: 'The venue left the order as it was.',
    ...venueWords(row),
  }
}

function venueWords({ venueCode, venueText }: OrderRow): Partial<Problem> {
  return {
    ...(venueCode === undefined ? {} : { venueCode }),
    ...(venueText === undefined ? {} : { venueText }),
  }
}
