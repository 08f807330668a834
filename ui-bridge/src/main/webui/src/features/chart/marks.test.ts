import { expect, test } from 'vitest'
import type { FillRow } from '../../shared/contract'
import { marksOf } from './marks'

const OPEN = Date.parse('2026-02-03T14:00:00Z') / 1_000
const fill = (execId: string, second: number, more: Partial<FillRow> = {}) =>
  ({
    execId,
    side: 'BUY',
    lastQty: 1,
    venueTime: new Date((OPEN + second) * 1_000).toISOString(),
    ...more,
  }) as FillRow
const marked = (...fills: FillRow[]) =>
  marksOf(fills, OPEN, OPEN + 120, 60).map(({ time, side, lots }) => [time - OPEN, side, lots])

test('an order that was filled in parts is one mark on its bar', () => {
  expect(marked(fill('E1', 5), fill('E2', 6, { lastQty: 4 }), fill('E3', 61))).toEqual([
    [0, 'BUY', 5],
    [60, 'BUY', 1],
  ])
})

test('buys and sells of one bar are two', () => {
  expect(marked(fill('E1', 5), fill('E2', 7, { side: 'SELL', lastQty: 2 }))).toEqual([
    [0, 'BUY', 1],
    [0, 'SELL', 2],
  ])
})

test('what is newer than the newest bar lies on it, what is older than the oldest nowhere', () => {
  expect(marked(fill('E1', 300), fill('E2', -1))).toEqual([[120, 'BUY', 1]])
})

test('what the venue took back is no mark, what corrects it stands in its place', () => {
  const taken = fill('E1', 5, { revised: 'BUSTED' })
  const wrong = fill('E2', 6, { lastQty: 3 })
  expect(marked(taken, wrong, fill('E3', 6, { lastQty: 2, corrects: 'E2' }))).toEqual([[0, 'BUY', 2]])
})
