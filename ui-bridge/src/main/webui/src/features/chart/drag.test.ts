import { describe, expect, test } from 'vitest'
import type { OrderRow, PendingRow } from '../../shared/contract'
import { type DragEvent, type Drags, decide, type Effect, type Handle, NO_DRAGS } from './drag'

const handle: Handle = { kind: 'order', clOrdId: 'a', field: 'price', ticks: 100n, version: 4 }
const replacing: PendingRow = { kind: 'REPLACE', since: '', inDoubt: false }
const row = (seq: number, more: Partial<OrderRow> = {}): OrderRow =>
  ({ clOrdId: 'a', price: '100', ordStatus: 'NEW', pending: [], version: 4, seq, ...more }) as OrderRow

/** Tells the events one after the other; returns where that leads and everything that was to be done. */
function play(...events: DragEvent[]): { drags: Drags; effects: Effect[] } {
  let drags = NO_DRAGS
  const effects: Effect[] = []
  for (const event of events) {
    const [next, done] = decide(drags, event, '1')
    drags = next
    effects.push(...done)
  }
  return { drags, effects }
}

const grab: DragEvent = { kind: 'grabbed', handle }
const move = (to: bigint): DragEvent => ({ kind: 'moved', to })
const drop: DragEvent = { kind: 'dropped' }
const seen = (order: OrderRow): DragEvent => ({ kind: 'seen', row: order })
const taken = (order: OrderRow): DragEvent => ({ kind: 'taken', clOrdId: 'a', row: order })
const dragged = [grab, move(107n), drop]

describe('a dragged line', () => {
  test('sends nothing before it is let go, then one change with the version it was taken at', () => {
    expect(play(grab, move(101n), move(107n)).effects).toEqual([])
    expect(play(...dragged).effects).toEqual([
      { kind: 'send', clOrdId: 'a', field: 'price', ticks: 107n, version: 4 },
    ])
  })
  test('put back where it was sends nothing', () => {
    expect(play(grab, move(107n), move(100n), drop)).toEqual({ drags: NO_DRAGS, effects: [] })
  })
  test('abandoned leaves no trace', () => {
    expect(play(grab, move(107n), { kind: 'abandoned' }, drop)).toEqual({ drags: NO_DRAGS, effects: [] })
  })
  test('stays in the hand whatever the socket says of the order, a fill included', () => {
    const { drags } = play(grab, move(107n), seen(row(9, { version: 5, cumQty: 1 })))
    expect(drags.gesture?.to).toBe(107n)
  })
  test('names the version it was taken at even after a fill, so that the server says what changed', () => {
    const { effects } = play(grab, move(107n), seen(row(9, { version: 5 })), drop)
    expect(effects).toMatchObject([{ kind: 'send', version: 4 }])
  })
  test('leaves the hand when its order ends, and says so', () => {
    const { drags, effects } = play(grab, move(107n), seen(row(9, { ordStatus: 'FILLED' })), drop)
    expect(drags).toEqual(NO_DRAGS)
    expect(effects).toMatchObject([{ kind: 'reverted', problem: { reason: 'ORDER_ALREADY_DONE' } }])
  })
})

describe('a change that was sent', () => {
  test('is a wish until the venue confirms it', () => {
    const { drags } = play(...dragged, taken(row(5, { pending: [replacing] })))
    expect(drags.wishes.get('a')).toMatchObject({ from: 100n, to: 107n, phase: 'taken' })
    const confirmed = play(
      ...dragged,
      taken(row(5, { pending: [replacing] })),
      seen(row(6, { price: '107', version: 5 })),
    )
    expect(confirmed.drags).toEqual(NO_DRAGS)
    expect(confirmed.effects).toHaveLength(1)
  })
  test('goes back with the true reason when it is refused', () => {
    const problem = { status: 409, reason: 'STALE_VERSION', detail: 'changed' }
    const { drags, effects } = play(...dragged, { kind: 'refused', clOrdId: 'a', problem })
    expect(drags).toEqual(NO_DRAGS)
    expect(effects.at(-1)).toEqual({ kind: 'reverted', clOrdId: 'a', problem })
  })
  test("goes back with the venue's words when the venue leaves the order as it was", () => {
    const { drags, effects } = play(
      ...dragged,
      taken(row(5, { pending: [replacing] })),
      seen(row(6, { venueCode: '3', venueText: 'Invalid price' })),
    )
    expect(drags).toEqual(NO_DRAGS)
    expect(effects.at(-1)).toMatchObject({
      kind: 'reverted',
      problem: { venueCode: '3', venueText: 'Invalid price' },
    })
  })
  test('whose confirmation overtakes the answer is confirmed', () => {
    const { drags, effects } = play(
      ...dragged,
      seen(row(5, { pending: [replacing] })),
      seen(row(6, { price: '107', version: 5 })),
      taken(row(5, { pending: [replacing] })),
    )
    expect(drags).toEqual(NO_DRAGS)
    expect(effects).toHaveLength(1)
  })
  test('whose refusal by the venue overtakes the answer is not waited for for ever', () => {
    const { drags, effects } = play(
      ...dragged,
      seen(row(5, { pending: [replacing] })),
      seen(row(6, { venueText: 'no' })),
      taken(row(5, { pending: [replacing] })),
    )
    expect(drags).toEqual(NO_DRAGS)
    expect(effects.at(-1)).toMatchObject({ kind: 'reverted' })
  })
  test('without an answer is told as unknown, never sent again', () => {
    const { drags, effects } = play(...dragged, { kind: 'lost', clOrdId: 'a', why: 'timeout' })
    expect(drags).toEqual(NO_DRAGS)
    expect(effects.map(effect => effect.kind)).toEqual(['send', 'unknown'])
  })
})

describe('several drags of one order', () => {
  test('while the first is being sent only the last of the others follows', () => {
    const { drags, effects } = play(
      ...dragged,
      grab,
      move(110n),
      drop,
      grab,
      move(115n),
      drop,
      taken(row(5, { pending: [replacing] })),
    )
    expect(effects.filter(effect => effect.kind === 'send').map(effect => effect.ticks)).toEqual([107n, 115n])
    expect(drags.wishes.get('a')).toMatchObject({ to: 115n, phase: 'sending' })
  })
  test('back to the old price while a change is under way is a change too', () => {
    const { effects } = play(...dragged, taken(row(5, { pending: [replacing] })), grab, move(100n), drop)
    expect(effects.at(-1)).toMatchObject({ kind: 'send', ticks: 100n })
  })
})

test('dragged off the position line it asks for protection there, once', () => {
  const grabbed: DragEvent = { kind: 'grabbed', handle: { kind: 'position', ticks: 50n } }
  expect(play(grabbed, move(44n), drop).effects).toEqual([{ kind: 'protect', ticks: 44n }])
  expect(play(grabbed, drop).effects).toEqual([])
})
