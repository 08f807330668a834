import { expect, test } from 'vitest'
import { sorted, toCsv } from './grid'

interface Row {
  name: string
  pnl: string
}
const columns = [
  { id: 'name', title: 'Name', value: (row: Row) => row.name },
  { id: 'pnl', title: 'P&L', value: (row: Row) => row.pnl },
  { id: 'buttons', title: '' },
]
const rows: Row[] = [
  { name: 'b', pnl: '-12.5' },
  { name: 'a', pnl: '9.25' },
  { name: 'c', pnl: '100' },
]
const names = (down: boolean, column: string) =>
  sorted(rows, columns, { column, down })
    .map(({ name }) => name)
    .join('')

test('decimals are sorted by their worth', () => {
  expect(names(false, 'pnl')).toBe('bac')
  expect(names(true, 'pnl')).toBe('cab')
})
test('texts are sorted as texts, and without a column nothing moves', () => {
  expect(names(false, 'name')).toBe('abc')
  expect(sorted(rows, columns, null)).toBe(rows)
})
test('a CSV quotes what needs it and defuses formulas, but leaves negative numbers alone', () => {
  const risky: Row[] = [
    { name: 'say "hi", there', pnl: '-1.5' },
    { name: '=HYPERLINK("x")', pnl: '0' },
  ]
  expect(toCsv(risky, columns)).toBe('Name,P&L\r\n"say ""hi"", there",-1.5\r\n"\'=HYPERLINK(""x"")",0\r\n')
})
