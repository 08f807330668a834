import { expect, test } from 'vitest'
import { DEFAULTS, merged } from './settings'

test('what is known and of the right kind is taken over', () => {
  expect(merged(DEFAULTS, { theme: 'light', ladderQty: 3, watch: ['ESZ6'] })).toMatchObject({
    theme: 'light',
    ladderQty: 3,
    watch: ['ESZ6'],
  })
})
test('a setting of another version or kind leaves the default', () => {
  expect(merged(DEFAULTS, { ladderQty: 'three', watch: {}, rockets: 1 })).toEqual(DEFAULTS)
  expect(merged(DEFAULTS, null)).toEqual(DEFAULTS)
})
test('a chart setting that is missing keeps its default', () => {
  expect(merged(DEFAULTS, { chart: { interval: '5m' } }).chart).toEqual({ ...DEFAULTS.chart, interval: '5m' })
})
