import { describe, expect, test } from 'vitest'
import type { OrderRow, Problem } from '../../shared/contract'
import { newClOrdId } from '../../shared/ids'
import { checkDraft, EMPTY_DRAFT, stepQty } from './draft'
import { askAgainMs, evolve, isLocked, maySetAside, type Ticket, type TicketEvent } from './ticket'
import { recall, remember } from './unanswered'

const draft = { ...EMPTY_DRAFT, price: '4800.25', priceOf: 'ESH4' }
const body = {
  clOrdId: 'ui-1',
  symbol: 'ESH4',
  side: 'BUY',
  ordType: 'LIMIT',
  orderQty: 2,
  price: '4800.25',
  timeInForce: 'DAY',
} as const
const sent = { accountId: 'A', body }
const problem: Problem = { status: 422, reason: 'MAX_ORDER_QTY', detail: 'too many' }
const order = (part: Partial<OrderRow> = {}) =>
  ({ clOrdId: 'ui-1', ordStatus: 'NEW', seq: 5, ...part }) as OrderRow

const editing: Ticket = { state: 'editing', draft }
const play = (from: Ticket, ...events: TicketEvent[]) => events.reduce(evolve, from)
const submitted: TicketEvent = { kind: 'submitted', sent }
const lost: TicketEvent = { kind: 'lost', clOrdId: 'ui-1', why: 'no answer in time', at: 1_000 }

describe('the ticket', () => {
  test('an accepted order is placed and follows its row from then on', () => {
    const placed = play(editing, submitted, { kind: 'seen', order: order() })
    expect(placed).toMatchObject({ state: 'placed', order: { seq: 5 } })
    const filled = play(placed, { kind: 'seen', order: order({ ordStatus: 'FILLED', seq: 8 }) })
    expect(filled).toMatchObject({ order: { ordStatus: 'FILLED' } })
    expect(play(filled, { kind: 'seen', order: order({ seq: 6 }) })).toBe(filled)
  })

  test('a refusal keeps the draft and shows why', () => {
    const denied = play(editing, submitted, { kind: 'refused', clOrdId: 'ui-1', problem })
    expect(denied).toEqual({ state: 'denied', draft, problem })
  })

  test('a row that says DENIED is a refusal too', () => {
    const denial = { reason: 'TRADING_HALTED', detail: 'halted' }
    const denied = play(editing, submitted, { kind: 'seen', order: order({ ordStatus: 'DENIED', denial }) })
    expect(denied).toMatchObject({ state: 'denied', problem: denial })
  })

  test('without an answer the order is unknown, never back in the form', () => {
    const unknown = play(editing, submitted, lost)
    expect(unknown).toMatchObject({ state: 'unknown', sent, notFound: 0 })
    expect(isLocked(unknown)).toBe(true)
    expect(play(unknown, { kind: 'edited', change: { qty: '9' } })).toBe(unknown)
    expect(play(unknown, { kind: 'submitted', sent: { ...sent, body: { ...body, clOrdId: 'ui-2' } } })).toBe(
      unknown,
    )
  })

  test('an unknown order that is seen after all is placed', () => {
    expect(play(editing, submitted, lost, { kind: 'seen', order: order() }).state).toBe('placed')
  })

  test('the row may overtake the answer, and a lost answer then means nothing', () => {
    const placed = play(editing, submitted, { kind: 'seen', order: order() })
    expect(play(placed, lost)).toBe(placed)
  })

  test('other orders change nothing', () => {
    const sending = play(editing, submitted)
    expect(play(sending, { kind: 'seen', order: order({ clOrdId: 'ui-9' }) })).toBe(sending)
    expect(play(sending, { kind: 'refused', clOrdId: 'ui-9', problem })).toBe(sending)
    expect(play(sending, { ...lost, clOrdId: 'ui-9' })).toBe(sending)
  })

  test('the form comes back only after the server has denied the order often and long enough', () => {
    const notFound: TicketEvent = { kind: 'notFound', clOrdId: 'ui-1' }
    const twice = play(editing, submitted, lost, notFound, notFound)
    expect(maySetAside(twice, 1_000 + 60_000)).toBe(false)
    const often = play(twice, notFound)
    expect(maySetAside(often, 1_000 + 29_999)).toBe(false)
    expect(play(often, { kind: 'setAside', at: 1_000 + 29_999 })).toBe(often)
    expect(play(often, { kind: 'setAside', at: 1_000 + 30_000 })).toEqual(editing)
  })

  test('after an end the next edit starts anew', () => {
    const denied = play(editing, submitted, { kind: 'refused', clOrdId: 'ui-1', problem })
    expect(play(denied, { kind: 'edited', change: { qty: '1' } })).toMatchObject({ state: 'editing' })
  })

  test('questions come at 1, 2, 4 … 30 seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(askAgainMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
  })
})

describe('the draft', () => {
  const instrument = {
    symbol: 'ESH4',
    root: 'ES',
    exchange: 'XCME',
    description: 'E-mini S&P 500',
    tickSize: '0.25',
    tickValue: '12.5',
    currency: 'USD',
    session: '',
    venue: 'sim',
    front: true,
  }

  test('a limit order carries its price as the instrument writes it', () => {
    expect(checkDraft({ ...draft, price: '4800.5' }, instrument)).toMatchObject({
      kind: 'ready',
      order: { price: '4800.50' },
    })
  })
  test('a price typed for one instrument is never sent for another', () => {
    expect(checkDraft(draft, { ...instrument, symbol: 'GCG4' })).toMatchObject({
      kind: 'incomplete',
      field: 'price',
    })
  })
  test('a market order carries none', () => {
    const check = checkDraft({ ...draft, ordType: 'MARKET' }, instrument)
    expect(check.kind === 'ready' && 'price' in check.order).toBe(false)
  })
  test('what cannot be sent says which field is why', () => {
    const fields = [
      { qty: '0' },
      { qty: '1.5' },
      { qty: '-2' },
      { qty: '' },
      { price: '' },
      { price: 'abc' },
      { price: '4800.3' },
    ]
      .map(part => checkDraft({ ...draft, ...part }, instrument))
      .map(check => (check.kind === 'incomplete' ? check.field : 'ready'))
    expect(fields).toEqual(['qty', 'qty', 'qty', 'qty', 'price', 'price', 'price'])
  })
  test('quantity steps stay whole and positive', () => {
    expect(stepQty('1', -1)).toBe('1')
    expect(stepQty('x', 1)).toBe('1')
    expect(stepQty('9', 10)).toBe('19')
  })
})

describe('over a reload', () => {
  const storage = () => {
    const items = new Map<string, string>()
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
      removeItem: (key: string) => items.delete(key),
    } as unknown as Storage
  }

  test('an order without an answer stays unknown', () => {
    for (const before of [play(editing, submitted), play(editing, submitted, lost)]) {
      const kept = storage()
      remember(before, kept)
      expect(recall(EMPTY_DRAFT, kept, 5_000)).toMatchObject({ state: 'unknown', sent, draft, since: 5_000 })
    }
  })

  test('an answered one is forgotten', () => {
    const kept = storage()
    remember(play(editing, submitted), kept)
    remember(play(editing, submitted, { kind: 'seen', order: order() }), kept)
    expect(recall(EMPTY_DRAFT, kept, 5_000)).toEqual({ state: 'editing', draft: EMPTY_DRAFT })
  })

  test('what cannot be read is an empty ticket', () => {
    for (const text of ['{', 'null', '{}', '{"sent":{}}']) {
      const kept = storage()
      kept.setItem('tapeline.unanswered-order', text)
      expect(recall(EMPTY_DRAFT, kept, 0).state).toBe('editing')
    }
  })
})

test('ids fit the alphabet and leave room for bracket children', () => {
  const ids = Array.from({ length: 200 }, newClOrdId)
  expect(new Set(ids).size).toBe(200)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._-]{1,30}$/)
})
