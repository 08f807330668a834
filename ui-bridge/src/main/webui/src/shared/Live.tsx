import { useCallback, useRef } from 'react'
import { mark, write } from './byHand'
import { formatMoney, signOf } from './decimal'
import type { Board } from './link/board'
import { useFigure } from './link/hooks'

interface LiveProps {
  /** What it is about: looked at again when something in it has changed. */
  channel: string
  /** Must be stable. */
  say: (board: Board) => string
  testId?: string
  className?: string
}

/** A number that changes with the market, written by hand. */
export function Live({ channel, say, testId, className = '' }: LiveProps) {
  const figure = useRef<HTMLSpanElement>(null)
  useFigure(figure, channel, say, show)
  return <span ref={figure} className={`live num ${className}`} data-testid={testId} />
}

interface LiveMoneyProps extends Omit<LiveProps, 'className'> {
  /** Coloured by sign, with a plus. */
  pnl?: boolean
}

/** An amount that does so: `say` gives the exact decimal, or nothing; `data-value` carries it. */
export function LiveMoney({ channel, say, pnl = false, testId }: LiveMoneyProps) {
  const figure = useRef<HTMLSpanElement>(null)
  const paint = useCallback(
    (element: HTMLElement, said: string) => {
      const value = said === '' ? undefined : said
      show(element, formatMoney(value, { plus: pnl }))
      mark(element, 'data-value', value ?? null)
      mark(element, 'data-tone', pnl ? (['loss', null, 'gain'][signOf(value) + 1] ?? null) : null)
    },
    [pnl],
  )
  useFigure(figure, channel, say, paint)
  return <span ref={figure} className="live num" data-testid={testId} />
}

const NARROW = /[.,: ]/g

/**
 * As wide as so many digits, points and commas half as wide: what is beside it moves when the text becomes longer, not when it
 * is another.
 */
export function show(element: HTMLElement, text: string): void {
  write(element, text)
  const width = `${text.length - (text.match(NARROW)?.length ?? 0) / 2}ch`
  if (element.style.width !== width) element.style.width = width
}
