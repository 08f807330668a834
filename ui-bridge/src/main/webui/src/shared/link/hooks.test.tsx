// @vitest-environment happy-dom
import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Live, LiveMoney } from '../Live'
import { Board, type Cell } from './board'
import { LinkContext, TurnContext, usePart, useSelected, useWatched } from './hooks'
import type { Link } from './link'
import type { Turn } from './turns'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

interface Row {
  price: number
  size: number
}

const CHANNEL = 'quote:ES'
const PRICE = (row: Row | undefined) => row?.price
const SAY = (board: Board) => String(PRICE(board.cell(CHANNEL, '')?.data as Row | undefined))
const PRICES = (cells: ReadonlyMap<string, Cell>) => [...cells.values()].map(cell => (cell.data as Row).price)

/** A turn that comes when the test says so, and counts who asks for it. */
class ByHand implements Turn {
  asked = 0
  readonly #waiting = new Set<() => void>()

  deferred(listener: () => void) {
    return {
      ask: () => {
        this.asked++
        this.#waiting.add(listener)
      },
      stop: () => void this.#waiting.delete(listener),
    }
  }

  get waiting(): number {
    return this.#waiting.size
  }

  comes(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    act(() => {
      for (const listener of waiting) listener()
    })
  }
}

describe('who shows nothing new asks for no turn', () => {
  let board: Board
  let turn: ByHand
  let root: Root
  let page: HTMLElement
  let version: number
  let renders: number

  beforeEach(() => {
    board = new Board()
    board.open(CHANNEL)
    turn = new ByHand()
    page = document.createElement('div')
    root = createRoot(page)
    version = 0
    renders = 0
    stands({ price: 10, size: 1 })
  })
  afterEach(() => act(() => root.unmount()))

  function stands(row: Row, key = ''): void {
    board.apply({ replaced: [], puts: [{ ch: CHANNEL, k: key, cell: { v: ++version, data: row, asOf: 0 } }] })
  }

  function show(Shown: () => ReactNode): void {
    const link = { board, figures: turn, subscribe: () => () => {} } as unknown as Link
    act(() =>
      root.render(
        <LinkContext value={link}>
          <TurnContext value={turn}>
            <Shown />
          </TurnContext>
        </LinkContext>,
      ),
    )
  }

  function Part() {
    renders++
    return usePart(CHANNEL, '', PRICE)
  }
  function Selected() {
    renders++
    return useSelected(CHANNEL, PRICES).join(' ')
  }
  function Watched() {
    renders++
    return useWatched(() => PRICES(board.cells(CHANNEL))[0], Object.is, CHANNEL)
  }

  test.each([
    ['a part of a row', Part],
    ['what is selected', Selected],
    ['what is watched', Watched],
  ])('%s', (_, Shown) => {
    show(Shown)
    expect(page.textContent).toBe('10')
    const before = renders

    stands({ price: 10, size: 2 })
    stands({ price: 10, size: 3 })
    expect(turn.asked, 'another size').toBe(0)

    stands({ price: 11, size: 3 })
    expect(turn.asked, 'another price').toBe(1)
    expect(page.textContent, 'its turn has not come').toBe('10')
    turn.comes()
    expect(page.textContent).toBe('11')
    expect(renders).toBe(before + 1)

    stands({ price: 11, size: 4 })
    expect(turn.asked, 'what is shown by now').toBe(1)
  })

  test.each([
    ['a part of a row', Part],
    ['what is selected', Selected],
    ['what is watched', Watched],
  ])(
    '%s that is another and then as before renders nobody; one that is another still is shown',
    (_, Shown) => {
      show(Shown)
      const before = renders
      stands({ price: 11, size: 1 })
      stands({ price: 10, size: 1 })
      expect(turn.asked).toBe(1)
      turn.comes()
      expect(renders).toBe(before)

      // Looked at before its turn: what counts is what is on the page, not what was looked at last.
      stands({ price: 12, size: 1 })
      stands({ price: 12, size: 2 })
      expect(turn.asked).toBe(3)
      turn.comes()
      expect(page.textContent).toBe('12')
    },
  )

  test('a figure is written by hand, in its turn, and renders nobody', () => {
    const Figure = () => {
      renders++
      return <Live channel={CHANNEL} say={SAY} />
    }
    show(Figure)
    expect(page.textContent).toBe('10')
    const before = renders
    stands({ price: 10, size: 2 })
    expect(turn.asked, 'another size').toBe(0)

    stands({ price: 110, size: 2 })
    stands({ price: 111, size: 2 })
    expect(page.textContent, 'its turn has not come').toBe('10')
    turn.comes()
    expect(page.textContent).toBe('111')
    expect(page.querySelector('span')?.style.width, 'as wide as so many digits').toBe('3ch')
    expect(renders).toBe(before)

    stands({ price: 111, size: 3 })
    const { asked } = turn
    stands({ price: 111, size: 4 })
    expect(turn.asked, 'what is said by now').toBe(asked)
    stands({ price: 112, size: 4 })
    act(() => root.render(null))
    expect(turn.waiting, 'gone').toBe(0)
  })

  test('an amount carries the exact decimal and its sign', () => {
    show(() => <LiveMoney channel={CHANNEL} say={SAY} pnl testId="pnl" />)
    const figure = page.querySelector<HTMLElement>('[data-testid="pnl"]')
    expect([figure?.textContent, figure?.dataset.value, figure?.dataset.tone]).toEqual([
      '+10.00',
      '10',
      'gain',
    ])
    stands({ price: -2.5, size: 1 })
    turn.comes()
    expect([figure?.textContent, figure?.dataset.value, figure?.dataset.tone]).toEqual([
      '−2.50',
      '-2.5',
      'loss',
    ])
    expect(figure?.style.width, 'a point is half as wide as a digit').toBe('4.5ch')
  })

  test('a row that comes is something new for what is selected', () => {
    show(Selected)
    stands({ price: 20, size: 1 }, 'another')
    expect(turn.asked).toBe(1)
    turn.comes()
    expect(page.textContent).toBe('10 20')
  })

  test('who is gone asks for nothing and is not told', () => {
    show(Part)
    stands({ price: 11, size: 1 })
    act(() => root.render(null))
    const before = renders
    expect(turn.waiting).toBe(0)
    turn.comes()
    stands({ price: 12, size: 1 })
    expect(turn.asked).toBe(1)
    expect(renders).toBe(before)
  })
})
