import { type RefObject, useEffect, useRef, useState } from 'react'

const ROW_PX = 25
const SPARE_ROWS = 4

interface RowsInView {
  /** Of the element that scrolls. */
  view: RefObject<HTMLDivElement | null>
  first: number
  /** Behind the last one. */
  end: number
  before: number
  after: number
}

/** Which of so many rows of a table are in view, with a few above and below, and how high what is left out is. */
export function useRowsInView(count: number): RowsInView {
  const view = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ first: 0, count: 40, height: ROW_PX })
  const some = count > 0
  useEffect(() => {
    const element = view.current
    if (element === null || !some) return
    const look = () => {
      const row = element.querySelector('tbody tr:not(.grid-space)')
      const height = row?.getBoundingClientRect().height || ROW_PX
      const next = {
        first: Math.max(0, Math.floor(element.scrollTop / height) - SPARE_ROWS),
        count: Math.ceil(element.clientHeight / height) + 2 * SPARE_ROWS,
        height,
      }
      setSeen(now =>
        now.first === next.first && now.count === next.count && now.height === next.height ? now : next,
      )
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [some])
  const first = Math.min(seen.first, Math.max(0, count - seen.count))
  const end = Math.min(count, first + seen.count)
  return { view, first, end, before: first * seen.height, after: (count - end) * seen.height }
}

/** In place of the rows that are out of view. One cell: where a narrow panel leaves columns out, more of them would make new ones. */
export function RowsOutOfView({ height }: { height: number }) {
  if (height === 0) return null
  return (
    <tr className="grid-space">
      <td style={{ height }} />
    </tr>
  )
}
