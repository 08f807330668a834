// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import { isNarrow, useNarrow } from './useNarrow'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

test('however often it is asked, the browser is asked for one list and told of one listener per asker', () => {
  const list = Object.assign(new EventTarget(), { matches: false })
  const asked = vi.spyOn(window, 'matchMedia').mockReturnValue(list as unknown as MediaQueryList)
  const [told, untold] = [vi.spyOn(list, 'addEventListener'), vi.spyOn(list, 'removeEventListener')]
  const page = document.createElement('div')
  const root = createRoot(page)
  const Shown = () => String(useNarrow())

  for (let i = 0; i < 20; i++) act(() => root.render(<Shown key={i} />))
  expect(page.textContent).toBe('false')
  expect(isNarrow()).toBe(false)
  expect(asked).toHaveBeenCalledTimes(1)
  expect(told.mock.calls.length - untold.mock.calls.length).toBe(1)

  list.matches = true
  act(() => void list.dispatchEvent(new Event('change')))
  expect(page.textContent).toBe('true')
  act(() => root.unmount())
  expect(told.mock.calls.length - untold.mock.calls.length).toBe(0)
})
