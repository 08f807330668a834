import type { BracketBody, Commanded, OrderRow, PlaceOrderBody, ReplaceBody } from '../../shared/contract'
import { newClOrdId, newIdempotencyKey } from '../../shared/ids'
import { type Outcome, request } from '../../shared/rest'
import { telemetry } from '../../shared/telemetry'
import { toast } from '../toasts/toasts'

/**
 * Everything one click or key does to an account, each told in a corner of the desk. The account is always an
 * argument: nothing here knows what is selected.
 */
const path = (accountId: string, rest: string) => `/api/accounts/${encodeURIComponent(accountId)}/${rest}`
const order = (clOrdId: string) => `orders/${encodeURIComponent(clOrdId)}`
const position = (symbol: string, action: string) => `positions/${encodeURIComponent(symbol)}/${action}`

/** Says how it ended; what repeats safely says so. */
function told<T>(title: string, done: string, outcome: Outcome<T>): Outcome<T> {
  switch (outcome.kind) {
    case 'ok':
      toast({ kind: 'done', title, detail: done })
      break
    case 'refused':
      toast({ kind: 'refused', title, problem: outcome.problem })
      break
    case 'lost':
      toast({
        kind: 'unknown',
        title,
        detail: `Not known whether it arrived (${outcome.why}). What is shown of orders and positions is true; look there first.`,
      })
      break
  }
  return outcome
}

function command(accountId: string, rest: string, body?: unknown): Promise<Outcome<Commanded>> {
  return request<Commanded>('POST', path(accountId, rest), {
    idempotencyKey: newIdempotencyKey(),
    ...(body === undefined ? {} : { body }),
  })
}

export const actions = {
  flatten: async (accountId: string) =>
    told(
      `Flatten ${accountId}`,
      'Taken: everything is cancelled, then closed.',
      await command(accountId, 'flatten'),
    ),

  cancelAll: async (accountId: string) =>
    told(`Cancel all of ${accountId}`, 'Taken.', await command(accountId, 'cancel-all')),

  close: async (accountId: string, symbol: string, qty?: number) =>
    told(
      qty === undefined ? `Close ${symbol}` : `Close ${qty} ${symbol}`,
      `Taken, account ${accountId}.`,
      await command(accountId, position(symbol, 'close'), qty === undefined ? {} : { qty }),
    ),

  reverse: async (accountId: string, symbol: string) =>
    told(
      `Reverse ${symbol}`,
      `Taken, account ${accountId}.`,
      await command(accountId, position(symbol, 'reverse')),
    ),

  bracket: async (accountId: string, symbol: string, bracket: BracketBody) =>
    told(
      `Protect ${symbol}`,
      `Taken, account ${accountId}.`,
      await command(accountId, position(symbol, 'bracket'), bracket),
    ),

  cancel: async (row: OrderRow) =>
    told(
      `Cancel ${row.side.toLowerCase()} ${row.leavesQty} ${row.symbol}`,
      'Taken.',
      await request<OrderRow>('DELETE', path(row.accountId, order(row.clOrdId)), {
        idempotencyKey: newIdempotencyKey(),
      }),
    ),

  /** Without a word: whoever drags shows it on the line itself. */
  replace: (accountId: string, clOrdId: string, change: ReplaceBody) =>
    request<OrderRow>('PATCH', path(accountId, order(clOrdId)), {
      idempotencyKey: newIdempotencyKey(),
      body: change,
    }),

  replaceTold: async (row: OrderRow, change: ReplaceBody, title: string) =>
    told(
      title,
      'Taken; the order shows it once the venue confirms.',
      await actions.replace(row.accountId, row.clOrdId, change),
    ),

  place: async (accountId: string, body: Omit<PlaceOrderBody, 'clOrdId'>) => {
    const sent = { clOrdId: newClOrdId(), ...body }
    telemetry.hops.clicked(sent.clOrdId)
    const outcome = await request<OrderRow>('POST', path(accountId, 'orders'), {
      idempotencyKey: sent.clOrdId,
      body: sent,
    })
    const at = sent.price ?? sent.stopPx
    const title = `${sent.side === 'BUY' ? 'Buy' : 'Sell'} ${sent.orderQty} ${sent.symbol}${at === undefined ? ' at market' : ` at ${at}`}`
    if (outcome.kind === 'ok' && outcome.value.ordStatus === 'DENIED')
      return told<OrderRow>(title, '', {
        kind: 'refused',
        problem: {
          status: 422,
          reason: outcome.value.denial?.reason ?? 'DENIED',
          detail: outcome.value.denial?.detail ?? 'The order was denied.',
          ...(outcome.value.denial?.params === undefined ? {} : { params: outcome.value.denial.params }),
        },
      })
    return told(title, `Taken, account ${accountId}.`, outcome)
  },
}
