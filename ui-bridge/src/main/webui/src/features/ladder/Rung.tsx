import { memo } from 'react'
import type { Side } from '../../shared/contract'
import type { Chip } from './rungs'

interface RungProps {
  price: string
  average: boolean
  cursor: boolean
  chips: readonly Chip[] | undefined
}

/** One price with one's own orders at it; what the market shows there paintRungs puts in. */
export const Rung = memo(function Rung({ price, average, cursor, chips }: RungProps) {
  return (
    <div
      className={`rung ${average ? 'rung-average' : ''} ${cursor ? 'rung-cursor' : ''}`}
      data-price={price}
    >
      <span className="rung-mine">
        <Chips chips={chips} side="BUY" />
      </span>
      <span className="rung-bid num" data-side="BUY" />
      <span className="rung-price num">
        {price}
        <i className="rung-last num" />
      </span>
      <span className="rung-ask num" data-side="SELL" />
      <span className="rung-mine">
        <Chips chips={chips} side="SELL" />
      </span>
      <span className="rung-volume num" />
    </div>
  )
})

function Chips({ chips, side }: { chips: readonly Chip[] | undefined; side: Side }) {
  if (chips === undefined) return null
  return chips
    .filter(chip => chip.side === side)
    .map(chip => (
      <span
        key={`${chip.clOrdId}${chip.ghost}`}
        className={`chip chip-${side.toLowerCase()} ${chip.pending ? 'chip-pending' : ''} ${chip.ghost ? 'chip-ghost' : ''}`}
        data-chip={chip.ghost ? undefined : chip.clOrdId}
        data-testid={chip.ghost ? `ghost-${chip.clOrdId}` : `chip-${chip.clOrdId}`}
      >
        {chip.stop ? 'S' : ''}
        {chip.qty}
        {!chip.ghost && !chip.stop && (
          <small data-ahead={chip.clOrdId} title="at most so many lots are ahead of it in the queue" />
        )}
        {!chip.ghost && (
          <b data-cancel="" role="img" aria-label="cancel">
            ×
          </b>
        )}
      </span>
    ))
}
