import { expect, test } from 'vitest'
import type { OrderRow } from '../../shared/contract'
import { endReason, inFlight, mayCancel, recentRows, withEarlier, workingRows } from './orders'

const row = (part: Partial<OrderRow>) =>
  ({
    clOrdId: 'O',
    ordStatus: 'NEW',
    seq: 1,
    createdAt: '2026-01-01T00:00:00.000000Z',
    pending: [],
    ...part,
  }) as OrderRow
const cells = (...rows: OrderRow[]) =>
  new Map(rows.map(data => [data.clOrdId, { v: data.seq, data, asOf: 0 }]))
const pending = (kind: 'NEW' | 'CANCEL' | 'REPLACE', inDoubt = false) => ({ kind, since: '', inDoubt })

test('working orders keep their place by when they were made, not by when they last changed', () => {
  const all = cells(
    row({ clOrdId: 'old', createdAt: '2026-01-01T00:00:01.000000Z', seq: 90 }),
    row({ clOrdId: 'new', createdAt: '2026-01-01T00:00:02.000000Z', seq: 2 }),
    row({ clOrdId: 'over', ordStatus: 'FILLED', seq: 91 }),
  )
  expect(workingRows(all).map(each => each.clOrdId)).toEqual(['new', 'old'])
  expect(recentRows(all).map(each => each.clOrdId)).toEqual(['over'])
})

test('what was over before the page was opened stands beside what ended since, each once', () => {
  const canceled = (clOrdId: string, seq: number) => row({ clOrdId, seq, ordStatus: 'CANCELED' })
  const done = [canceled('since', 9)]
  const working = [row({ clOrdId: 'live', seq: 8 })]
  const earlier = [
    canceled('before', 5),
    row({ clOrdId: 'since', seq: 4, ordStatus: 'FILLED' }),
    canceled('live', 3),
    row({ clOrdId: 'worked', seq: 2 }),
  ]
  expect(withEarlier(done, working, earlier).map(each => [each.clOrdId, each.ordStatus])).toEqual([
    ['since', 'CANCELED'],
    ['before', 'CANCELED'],
  ])
  expect(withEarlier(done, working, [])).toBe(done)
})

test('what is under way is shown beside the status, doubt before all', () => {
  expect(inFlight(row({}))).toBeNull()
  expect(inFlight(row({ pending: [pending('CANCEL')] }))).toEqual({ text: 'cancelling…', doubt: false })
  expect(inFlight(row({ pending: [pending('NEW', true), pending('CANCEL')] }))).toMatchObject({ doubt: true })
  expect(inFlight(row({ pending: [pending('CANCEL')], ordStatus: 'FILLED' }))).toBeNull()
})

test('the server decides what may be cancelled; a cancel in doubt may be repeated', () => {
  expect(mayCancel(row({}))).toEqual({ allowed: true })
  expect(mayCancel(row({ pending: [pending('CANCEL')] })).allowed).toBe(false)
  expect(mayCancel(row({ pending: [pending('CANCEL', true)] })).allowed).toBe(true)
  expect(mayCancel(row({ capabilities: { cancel: { allowed: false, reason: 'unsent' } } }))).toEqual({
    allowed: false,
    why: 'unsent',
  })
})

test('an end is told in the words of whoever ended it', () => {
  expect(endReason(row({ denial: { reason: 'HALTED', detail: 'no' } }))).toBe('HALTED: no')
  expect(endReason(row({ venueCode: '17', venueText: 'Margin' }))).toBe('17 Margin')
  expect(endReason(row({ ordStatus: 'EXPIRED', expiryReason: 'UNSENT' }))).toBe('UNSENT')
  expect(endReason(row({ ordStatus: 'FILLED' }))).toBeNull()
})
