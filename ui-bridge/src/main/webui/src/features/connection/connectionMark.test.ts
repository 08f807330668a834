import { expect, test } from 'vitest'
import type { MarketStatusRow } from '../../shared/contract'
import { formatClock } from '../../shared/time'
import { connectionMark } from './connectionMark'

const SINCE = '2026-02-03T14:05:09.000000Z'
const tape = (feed: MarketStatusRow['feed']) => ({ venue: 'tape', feed, since: SINCE }) as MarketStatusRow
const live = { kind: 'live', rttMs: 3 } as const

test('a connection over which the tape comes is live', () => {
  expect(connectionMark(live, tape('LIVE'))).toEqual({ kind: 'live', text: 'Live' })
  expect(connectionMark(live, undefined)).toEqual({ kind: 'live', text: 'Live' })
})

test('a bridge that answers but hears nothing itself is stale, and since when', () => {
  expect(connectionMark(live, tape('DOWN'))).toEqual({
    kind: 'stale',
    text: `Stale since ${formatClock(SINCE)}`,
  })
})

test('a connection that is gone is that first, whatever the tape was doing', () => {
  expect(connectionMark({ kind: 'reconnecting', ageMs: 4_200 }, tape('DOWN'))).toEqual({
    kind: 'reconnecting',
    text: 'Reconnecting, 4 s',
  })
  expect(connectionMark({ kind: 'stale', ageMs: 8_000 }, undefined).text).toBe('Stale, 8 s')
  expect(connectionMark({ kind: 'offline', ageMs: 90_000 }, undefined).text).toBe('Offline, 1 min')
})
