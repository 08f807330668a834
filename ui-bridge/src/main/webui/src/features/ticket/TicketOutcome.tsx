import type { OrderRow } from '../../shared/contract'
import { ProblemNote } from '../../shared/ProblemNote'
import { formatPrice } from '../../shared/ticks'
import { formatAge } from '../../shared/time'
import { useNow } from '../../shared/useNow'
import { statusText } from '../orders/orders'
import { maySetAside, type Sent, type Ticket } from './ticket'
import type { TicketControl } from './useTicket'

/** What became of the order that was sent last. */
export function TicketOutcome({ control, tickSize }: { control: TicketControl; tickSize: string }) {
  const { ticket, edit, setAside } = control
  switch (ticket.state) {
    case 'editing':
    case 'sending':
      return null
    case 'denied':
      return <ProblemNote problem={ticket.problem} onDismiss={() => edit({})} />
    case 'placed':
      return <Placed order={ticket.order} tickSize={tickSize} onDismiss={() => edit({})} />
    case 'unknown':
      return <Unknown ticket={ticket} onSetAside={setAside} />
  }
}

function Placed({
  order,
  tickSize,
  onDismiss,
}: {
  order: OrderRow
  tickSize: string
  onDismiss: () => void
}) {
  const bad = order.ordStatus === 'REJECTED' || order.ordStatus === 'EXPIRED'
  return (
    <div
      className={`note ${bad ? 'note-bad' : 'note-good'}`}
      role="status"
      data-testid="ticket-placed"
      data-clordid={order.clOrdId}
      data-status={order.ordStatus}
    >
      <p>
        {order.side === 'BUY' ? 'Buy' : 'Sell'} {order.orderQty} {order.symbol}:{' '}
        <strong>{statusText(order)}</strong>
        {order.cumQty > 0 && ` ${order.cumQty} at ${formatPrice(order.avgPx, tickSize)}`}
      </p>
      {order.snapped !== undefined && (
        <p className="note-fine">
          Price moved from {order.snapped.from} to {order.snapped.to}.
        </p>
      )}
      {order.venueText !== undefined && <p className="note-fine">Venue: {order.venueText}</p>}
      <p className="note-fine id">{order.clOrdId}</p>
      <button type="button" className="note-close" aria-label="Dismiss" onClick={onDismiss}>
        ×
      </button>
    </div>
  )
}

interface UnknownProps {
  ticket: Extract<Ticket, { state: 'unknown' }>
  onSetAside: () => void
}

function Unknown({ ticket, onSetAside }: UnknownProps) {
  const now = Math.max(useNow(), Date.now())
  return (
    <div className="note note-warn" role="alert" data-testid="ticket-unknown">
      <p>
        <strong>Not known whether the order arrived</strong> ({ticket.why}). It may be live. Asking for it
        since {formatAge(now - ticket.since)}; do not send it again.
      </p>
      <p className="note-fine">{sentText(ticket.sent)}</p>
      <p className="note-fine id" data-testid="ticket-unknown-id">
        {ticket.sent.body.clOrdId}
      </p>
      {maySetAside(ticket, now) && (
        <>
          <p className="note-fine">
            The order-service answered {ticket.notFound} times that it has no such order. Should it appear
            after all, it shows up under working orders.
          </p>
          <button
            type="button"
            className="button button-small"
            data-testid="ticket-set-aside"
            onClick={onSetAside}
          >
            Back to the ticket
          </button>
        </>
      )}
    </div>
  )
}

function sentText({ accountId, body }: Sent): string {
  const at = body.price === undefined ? 'at market' : `at ${body.price}`
  return `${body.side === 'BUY' ? 'Buy' : 'Sell'} ${body.orderQty} ${body.symbol} ${at}, account ${accountId}`
}
