import type { Draft } from './draft'
import { isLocked, type Sent, type Ticket } from './ticket'

const KEY = 'tapeline.unanswered-order'

/** A reload must not forget an order whose answer is not known: it is as unknown as before. */
export function remember(ticket: Ticket, storage: Storage): void {
  if (isLocked(ticket)) storage.setItem(KEY, JSON.stringify({ sent: ticket.sent, draft: ticket.draft }))
  else storage.removeItem(KEY)
}

export function recall(fresh: Draft, storage: Storage, now: number): Ticket {
  const editing: Ticket = { state: 'editing', draft: fresh }
  const text = storage.getItem(KEY)
  if (text === null) return editing
  try {
    const { sent, draft } = JSON.parse(text) as { sent: Sent; draft: Draft }
    if (typeof sent.accountId !== 'string' || typeof sent.body.clOrdId !== 'string') return editing
    return {
      state: 'unknown',
      draft: { ...fresh, ...draft },
      sent,
      why: 'the page was reloaded before the answer',
      since: now,
      notFound: 0,
    }
  } catch {
    return editing
  }
}
