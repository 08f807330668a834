import type { OrderRow, PlaceOrderBody, Problem } from '../../shared/contract'
import type { Draft } from './draft'

/** An order on its way, with the account it was meant for: both may have been changed on the screen since. */
export interface Sent {
  accountId: string
  body: PlaceOrderBody
}

/**
 * After a timeout the order may be live, so "unknown" is a state of its own and offers no resend:
 * the order is asked for by its id until the answer is known.
 */
export type Ticket =
  | { state: 'editing'; draft: Draft }
  | { state: 'sending'; draft: Draft; sent: Sent }
  | { state: 'unknown'; draft: Draft; sent: Sent; why: string; since: number; notFound: number }
  | { state: 'denied'; draft: Draft; problem: Problem }
  | { state: 'placed'; draft: Draft; sent: Sent; order: OrderRow }

export type TicketEvent =
  | { kind: 'edited'; change: Partial<Draft> }
  | { kind: 'submitted'; sent: Sent }
  | { kind: 'refused'; clOrdId: string; problem: Problem }
  | { kind: 'lost'; clOrdId: string; why: string; at: number }
  /** The order itself was seen: the answer to the POST, to a question, or a row of the socket. */
  | { kind: 'seen'; order: OrderRow }
  | { kind: 'notFound'; clOrdId: string }
  | { kind: 'setAside'; at: number }

/** Until then a request that was given up on may still be carried out by a server that is slow. */
const SETTLE_MS = 30_000
const ENOUGH_DENIALS_OF_KNOWLEDGE = 3

export function isLocked(ticket: Ticket): ticket is Extract<Ticket, { state: 'sending' | 'unknown' }> {
  return ticket.state === 'sending' || ticket.state === 'unknown'
}

/** Whether the person may go back to the form: the server has said often and long enough that it has no such order. */
export function maySetAside(ticket: Ticket, now: number): boolean {
  return (
    ticket.state === 'unknown' &&
    ticket.notFound >= ENOUGH_DENIALS_OF_KNOWLEDGE &&
    now - ticket.since >= SETTLE_MS
  )
}

export function evolve(ticket: Ticket, event: TicketEvent): Ticket {
  switch (event.kind) {
    case 'edited':
      return isLocked(ticket) ? ticket : { state: 'editing', draft: { ...ticket.draft, ...event.change } }
    case 'submitted':
      return isLocked(ticket) ? ticket : { state: 'sending', draft: ticket.draft, sent: event.sent }
    case 'refused':
      return concerns(ticket, event.clOrdId)
        ? { state: 'denied', draft: ticket.draft, problem: event.problem }
        : ticket
    case 'lost':
      return ticket.state === 'sending' && concerns(ticket, event.clOrdId)
        ? { ...ticket, state: 'unknown', why: event.why, since: event.at, notFound: 0 }
        : ticket
    case 'seen':
      return seen(ticket, event.order)
    case 'notFound':
      return ticket.state === 'unknown' && concerns(ticket, event.clOrdId)
        ? { ...ticket, notFound: ticket.notFound + 1 }
        : ticket
    case 'setAside':
      return maySetAside(ticket, event.at) ? { state: 'editing', draft: ticket.draft } : ticket
  }
}

function seen(ticket: Ticket, order: OrderRow): Ticket {
  switch (ticket.state) {
    case 'editing':
    case 'denied':
      return ticket
    case 'placed':
      return concerns(ticket, order.clOrdId) && order.seq > ticket.order.seq ? { ...ticket, order } : ticket
    case 'sending':
    case 'unknown':
      if (!concerns(ticket, order.clOrdId)) return ticket
      return order.ordStatus === 'DENIED'
        ? { state: 'denied', draft: ticket.draft, problem: denialOf(order) }
        : { state: 'placed', draft: ticket.draft, sent: ticket.sent, order }
  }
}

function concerns(ticket: Ticket, clOrdId: string): ticket is Extract<Ticket, { sent: Sent }> {
  return 'sent' in ticket && ticket.sent.body.clOrdId === clOrdId
}

function denialOf(order: OrderRow): Problem {
  return {
    status: 422,
    reason: order.denial?.reason ?? 'DENIED',
    detail: order.denial?.detail ?? order.text ?? 'The order was denied.',
    ...(order.denial?.params === undefined ? {} : { params: order.denial.params }),
  }
}

/** 1, 2, 4 … 30 s: how long after the n-th unanswered question the next is asked. */
export function askAgainMs(asked: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(asked, 5))
}
