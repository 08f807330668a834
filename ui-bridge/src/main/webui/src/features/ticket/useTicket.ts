import { useMutation } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useReducer, useRef } from 'react'
import { channels, type OrderRow, type PlaceOrderBody } from '../../shared/contract'
import { newClOrdId } from '../../shared/ids'
import { useCell } from '../../shared/link/hooks'
import { type Outcome, request } from '../../shared/rest'
import { telemetry } from '../../shared/telemetry'
import { type Draft, EMPTY_DRAFT } from './draft'
import { onFillTicket } from './fill'
import { askAgainMs, evolve, isLocked, type Sent, type Ticket } from './ticket'
import { recall, remember } from './unanswered'

const ordersPath = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}/orders`

export interface TicketControl {
  ticket: Ticket
  edit: (change: Partial<Draft>) => void
  submit: (accountId: string, order: Omit<PlaceOrderBody, 'clOrdId'>) => void
  setAside: () => void
}

/** The ticket's state machine with its effects: the POST, the questions after a lost answer, the rows of the socket. */
export function useTicket(): TicketControl {
  const [ticket, tell] = useReducer(evolve, EMPTY_DRAFT, draft => recall(draft, sessionStorage, Date.now()))
  const sent = 'sent' in ticket ? ticket.sent : null

  const place = useMutation({
    retry: false,
    mutationFn: ({ accountId, body }: Sent) => {
      telemetry.hops.clicked(body.clOrdId)
      return request<OrderRow>('POST', ordersPath(accountId), { body, idempotencyKey: body.clOrdId })
    },
    onSuccess: (outcome, { body }) => {
      switch (outcome.kind) {
        case 'ok':
          return tell({ kind: 'seen', order: outcome.value })
        case 'refused':
          return tell({ kind: 'refused', clOrdId: body.clOrdId, problem: outcome.problem })
        case 'lost':
          return tell({ kind: 'lost', clOrdId: body.clOrdId, why: outcome.why, at: Date.now() })
      }
    },
  })

  useAsking(ticket.state === 'unknown' ? ticket.sent : null, (clOrdId, outcome) => {
    if (outcome.kind === 'ok') tell({ kind: 'seen', order: outcome.value })
    else if (outcome.kind === 'refused' && outcome.problem.status === 404) tell({ kind: 'notFound', clOrdId })
  })

  const row = useCell<OrderRow>(channels.orders(sent?.accountId ?? ''), sent?.body.clOrdId ?? '')?.data
  useEffect(() => {
    if (row) tell({ kind: 'seen', order: row })
  }, [row])

  // Two clicks can arrive before React renders once; only one order may leave.
  const locked = useRef(false)
  useEffect(() => {
    locked.current = isLocked(ticket)
    remember(ticket, sessionStorage)
  }, [ticket])

  useEffect(() => onFillTicket(change => tell({ kind: 'edited', change })), [])

  const send = place.mutate
  return useMemo(
    () => ({
      ticket,
      edit: change => tell({ kind: 'edited', change }),
      submit: (accountId, order) => {
        if (locked.current) return
        locked.current = true
        const next = { accountId, body: { clOrdId: newClOrdId(), ...order } }
        tell({ kind: 'submitted', sent: next })
        send(next)
      },
      setAside: () => tell({ kind: 'setAside', at: Date.now() }),
    }),
    [ticket, send],
  )
}

function useAsking(sent: Sent | null, onAnswer: (clOrdId: string, outcome: Outcome<OrderRow>) => void): void {
  const accountId = sent?.accountId
  const clOrdId = sent?.body.clOrdId
  const answer = useEffectEvent(onAnswer)
  useEffect(() => {
    if (accountId === undefined || clOrdId === undefined) return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    let asked = 0
    const ask = async () => {
      const path = `${ordersPath(accountId)}/${encodeURIComponent(clOrdId)}`
      const outcome = await request<OrderRow>('GET', path, { signal: stop.signal })
      if (stop.signal.aborted) return
      answer(clOrdId, outcome)
      timer = setTimeout(ask, askAgainMs(asked++))
    }
    timer = setTimeout(ask, 0)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [accountId, clOrdId])
}
