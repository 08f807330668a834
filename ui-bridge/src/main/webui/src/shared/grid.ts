import { parseDecimal, rescale } from './decimal'

export interface Sorting {
  column: string
  down: boolean
}

interface Sortable<R> {
  id: string
  title: string
  value?: (row: R) => string | number
}

/** By the column's value; decimal strings by what they are worth, not by how they are spelled. */
export function sorted<R>(
  rows: readonly R[],
  columns: readonly Sortable<R>[],
  sorting: Sorting | null,
): readonly R[] {
  const value = columns.find(({ id }) => id === sorting?.column)?.value
  if (sorting === null || value === undefined) return rows
  const sign = sorting.down ? -1 : 1
  return rows.toSorted((a, b) => sign * compare(value(a), value(b)))
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const left = parseDecimal(String(a))
  const right = parseDecimal(String(b))
  if (left === null || right === null) return String(a).localeCompare(String(b))
  const scale = Math.max(left.scale, right.scale)
  const difference = rescale(left, scale).units - rescale(right, scale).units
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** RFC 4180; a text that a spreadsheet would take for a formula is quoted with an apostrophe before it. */
export function toCsv<R>(rows: readonly R[], columns: readonly Sortable<R>[]): string {
  const kept = columns.flatMap(({ title, value }) => (value === undefined ? [] : [{ title, value }]))
  const lines = [kept.map(({ title }) => title), ...rows.map(row => kept.map(({ value }) => value(row)))]
  return lines.map(line => `${line.map(field).join(',')}\r\n`).join('')
}

function field(value: string | number): string {
  const text = String(value)
  const safe = /^[=+\-@\t]/.test(text) && parseDecimal(text) === null ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function downloadCsv(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
