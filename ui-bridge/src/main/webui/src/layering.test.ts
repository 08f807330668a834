import { expect, test } from 'vitest'

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

/** shared knows no feature, a feature knows no app: what is below can be read without what is above. */
const FORBIDDEN: Record<string, RegExp> = {
  shared: /from '[^']*\/(features|app)\//,
  features: /from '[^']*\/app\//,
}

test('imports go one way: shared, features, app', () => {
  const offences = Object.entries(sources).filter(([path, text]) =>
    FORBIDDEN[path.split('/')[1] ?? '']?.test(text),
  )
  expect(Object.keys(sources).length).toBeGreaterThan(30)
  expect(offences.map(([path]) => path)).toEqual([])
})
