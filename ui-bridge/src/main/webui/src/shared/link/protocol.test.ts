import { expect, test } from 'vitest'
import { isLossless, type ValueItem } from '../contract'
import { keyOf } from './board'
import { Outbox } from './outbox'
import examples from './protocol.examples.json'

interface Example {
  items: readonly (ValueItem | { op: string })[]
}
const frames = Object.entries(examples.frame as unknown as Record<string, Example>)

test.each(frames)('the example frame "%s" of the protocol is taken as it is meant', (_, frame) => {
  const values = frame.items.filter((item): item is ValueItem => !('op' in item))
  const outbox = new Outbox()
  for (const item of values) outbox.put(item, 1_000)
  const { puts } = outbox.take()
  expect(new Set(puts.map(({ ch, k }) => `${ch} ${k}`))).toEqual(
    new Set(values.map(item => `${item.ch} ${keyOf(item)}`)),
  )
  for (const { ch, cell } of puts) {
    expect(cell.asOf).toBeLessThanOrEqual(1_000)
    if (isLossless(ch)) expect(typeof cell.v).toBe('number')
  }
})
