import { expect, test } from 'vitest'
import { type DeskCommand, nameOf, type Stroke, search } from './shortcuts'

const stroke = (key: string, code: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

test('a stroke is named by its key and what is held with it', () => {
  expect(nameOf(stroke('B', 'KeyB', { shiftKey: true }))).toBe('Shift+B')
  expect(nameOf(stroke('k', 'KeyK', { metaKey: true }))).toBe('Ctrl+K')
  expect(nameOf(stroke('¡', 'Digit1', { altKey: true }))).toBe('Alt+1')
  expect(nameOf(stroke('?', 'Slash', { shiftKey: true }))).toBe('?')
  expect(nameOf(stroke('Escape', 'Escape'))).toBe('Escape')
  expect(nameOf(stroke('Shift', 'ShiftLeft', { shiftKey: true }))).toBeNull()
})

const command = (title: string, group: DeskCommand['group']): DeskCommand => ({
  id: title,
  title,
  group,
  run: () => {},
})

test('the palette finds by the beginnings of words, in any order', () => {
  const all = [
    command('Buy 1 ESZ6 at market', 'Trade'),
    command('Flatten PRACTICE', 'Exit'),
    command('ESZ6', 'Instrument'),
  ]
  const found = (query: string) => search(all, query).map(({ title }) => title)
  expect(found('mark buy')).toEqual(['Buy 1 ESZ6 at market'])
  expect(found('es')).toEqual(['ESZ6', 'Buy 1 ESZ6 at market'])
  expect(found('exit')).toEqual(['Flatten PRACTICE'])
  expect(found('zz')).toEqual([])
  expect(found('')).toHaveLength(3)
})
