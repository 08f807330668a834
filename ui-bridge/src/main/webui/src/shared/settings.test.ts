import { expect, test } from 'vitest'
import { DEFAULTS, merged, SettingsStore } from './settings'

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
test('what another window set up is not undone by the next save of this one, but each shows its own layout', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage
  kept.set('tapeline.desk', JSON.stringify({ preset: 'scalper' }))
  const store = new SettingsStore(storage)
  let told = 0
  store.subscribe(() => told++)

  store.heard(JSON.stringify({ preset: 'chart', watch: ['ESZ6'], layouts: { chart: { grid: 1 } } }))

  expect(store.get()).toMatchObject({ preset: 'scalper', watch: ['ESZ6'], layouts: { chart: { grid: 1 } } })
  expect(told).toBe(1)
})
