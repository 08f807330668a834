import type { OrderRow } from '../../shared/contract'
import { formatPrice } from '../../shared/ticks'
import { inFlight, statusText } from './orders'

export function SideMark({ side }: { side: OrderRow['side'] }) {
  return <span className={`side side-${side.toLowerCase()}`}>{side === 'BUY' ? 'Buy' : 'Sell'}</span>
}

export function OrderPrice({ row, tickSize }: { row: OrderRow; tickSize: string | undefined }) {
  if (row.price === undefined && row.stopPx === undefined) return <span className="muted">market</span>
  return (
    <span className="num">
      {row.stopPx !== undefined &&
        `${row.price === undefined ? '' : 'stop '}${formatPrice(row.stopPx, tickSize)} `}
      {row.price !== undefined && formatPrice(row.price, tickSize)}
    </span>
  )
}

export function OrderStatus({ row }: { row: OrderRow }) {
  const flight = inFlight(row)
  return (
    <span className="status" data-testid={`order-status-${row.clOrdId}`} data-status={row.ordStatus}>
      <span className={`badge status-${row.ordStatus.toLowerCase()}`}>{statusText(row)}</span>
      {flight !== null && (
        <span
          className={`badge ${flight.doubt ? 'badge-warn' : 'badge-quiet'}`}
          data-testid={`order-pending-${row.clOrdId}`}
          data-doubt={flight.doubt}
        >
          {flight.text}
        </span>
      )}
    </span>
  )
}
