import { type FormEvent, useId } from 'react'
import type { AccountRow, InstrumentRow, OrderRow, Side } from '../../shared/contract'
import { formatMoney, times } from '../../shared/decimal'
import { useLiveness } from '../../shared/link/hooks'
import { Panel } from '../../shared/Panel'
import { ProblemNote } from '../../shared/ProblemNote'
import { formatPrice, formatTicks, snapLimit, stepPrice } from '../../shared/ticks'
import { formatAge } from '../../shared/time'
import { useNow } from '../../shared/useNow'
import { statusText } from '../orders/orders'
import { useQuote } from '../quotes/useQuote'
import { mayTrade, useMe } from '../signin/useMe'
import { checkDraft, type Draft, onInstrument, stepQty } from './draft'
import { isLocked, maySetAside, type Sent, type Ticket } from './ticket'
import type { TicketControl } from './useTicket'

interface TicketPanelProps {
  account: AccountRow
  instrument: InstrumentRow
  control: TicketControl
}

export function TicketPanel({ account, instrument, control }: TicketPanelProps) {
  const { ticket, edit, submit } = control
  const draft = onInstrument(ticket.draft, instrument.symbol)
  const setPrice = (price: string) => edit({ price, priceOf: instrument.symbol })
  const locked = isLocked(ticket)
  const connected = useLiveness().kind === 'live'
  const quote = useQuote(instrument.symbol)?.data ?? undefined
  const check = checkDraft(draft, instrument)
  const me = useMe().data
  const blocked =
    whyBlocked({ connected, mayTrade: mayTrade(me), account }) ??
    (check.kind === 'incomplete' ? check.message : null)
  const hintId = useId()

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (check.kind === 'ready' && blocked === null && !locked) submit(account.accountId, check.order)
  }
  /** A first step starts from the price on the own side of the book: the one that does not trade at once. */
  const stepLimit = (steps: number) => {
    const own = draft.side === 'BUY' ? quote?.bidPx : quote?.askPx
    const price =
      draft.price.trim() === ''
        ? (own ?? quote?.lastPx ?? null)
        : stepPrice(draft.price, instrument.tickSize, steps)
    if (price !== null) setPrice(price)
  }
  const snap = () => {
    const ticks = snapLimit(draft.price, instrument.tickSize, draft.side)
    if (ticks !== null) setPrice(formatTicks(ticks, instrument.tickSize))
  }

  return (
    <Panel
      title="Ticket"
      about={`${instrument.symbol} · ${account.name}`}
      className={`ticket ${account.practice ? '' : 'ticket-live'}`}
      testId="ticket"
    >
      <TicketOutcome control={control} tickSize={instrument.tickSize} />
      <form onSubmit={onSubmit} data-testid="ticket-form" data-state={ticket.state}>
        <fieldset disabled={locked} className="ticket-fields">
          <legend className="sr-only">Order</legend>
          <SideToggle side={draft.side} onChange={side => edit({ side })} />
          <label className="field">
            <span className="field-label">Type</span>
            <select
              data-testid="ticket-type"
              value={draft.ordType}
              onChange={event => edit({ ordType: event.target.value as Draft['ordType'] })}
            >
              <option value="LIMIT">Limit</option>
              <option value="MARKET">Market</option>
            </select>
          </label>
          <Stepped
            label="Quantity"
            testId="ticket-qty"
            value={draft.qty}
            onChange={qty => edit({ qty })}
            onStep={steps => edit({ qty: stepQty(draft.qty, steps) })}
          />
          {draft.ordType === 'LIMIT' && (
            <Stepped
              label="Limit price"
              testId="ticket-price"
              value={draft.price}
              onChange={setPrice}
              onStep={stepLimit}
              onLeave={snap}
            />
          )}
          <button
            type="submit"
            className={`button submit submit-${draft.side.toLowerCase()}`}
            data-testid="ticket-submit"
            disabled={blocked !== null}
            aria-describedby={hintId}
          >
            {submitText(ticket, draft, instrument, account)}
          </button>
        </fieldset>
        <p className="fine ticket-hint" id={hintId} data-testid="ticket-hint">
          {locked ? '' : (blocked ?? worth(draft, instrument))}
        </p>
      </form>
    </Panel>
  )
}

interface Circumstances {
  connected: boolean
  mayTrade: boolean
  account: AccountRow
}

function whyBlocked({ connected, mayTrade, account }: Circumstances): string | null {
  if (!mayTrade) return 'This sign-in may look, not trade.'
  if (!connected) return 'Not connected: an order could not be followed.'
  return account.tradingState === 'HALTED' ? 'Trading is halted for this account.' : null
}

function submitText(ticket: Ticket, draft: Draft, instrument: InstrumentRow, account: AccountRow): string {
  if (ticket.state === 'sending') return 'Sending…'
  if (ticket.state === 'unknown') return 'Waiting to know'
  const { side, qty, ordType, price } = draft
  const verb = side === 'BUY' ? 'Buy' : 'Sell'
  const at = ordType === 'MARKET' ? 'at market' : price.trim() === '' ? '' : `at ${price.trim()}`
  return `${verb} ${qty.trim()} ${instrument.symbol} ${at}${account.practice ? '' : ', live account'}`.trim()
}

function worth({ qty }: Draft, { tickValue, currency }: InstrumentRow): string {
  return `Good for the day. One tick is worth ${formatMoney(times(tickValue, Number(qty)))} ${currency}.`
}

function SideToggle({ side, onChange }: { side: Side; onChange: (side: Side) => void }) {
  const option = (value: Side, text: string) => (
    <label className={`side-option side-option-${value.toLowerCase()}`}>
      <input
        type="radio"
        name="ticket-side"
        value={value}
        checked={side === value}
        data-testid={`ticket-side-${value.toLowerCase()}`}
        onChange={() => onChange(value)}
      />
      <span>{text}</span>
    </label>
  )
  return (
    <fieldset className="side-toggle">
      <legend className="sr-only">Side</legend>
      {option('BUY', 'Buy')}
      {option('SELL', 'Sell')}
    </fieldset>
  )
}

interface SteppedProps {
  label: string
  testId: string
  value: string
  onChange: (value: string) => void
  onStep: (steps: number) => void
  onLeave?: () => void
}

/** A number as text: typed freely, stepped by the buttons or the arrow keys (Shift: ten). */
function Stepped({ label, testId, value, onChange, onStep, onLeave }: SteppedProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <span className="stepped">
        <button
          type="button"
          className="button"
          aria-label={`${label} down`}
          data-testid={`${testId}-down`}
          onClick={() => onStep(-1)}
        >
          −
        </button>
        <input
          id={id}
          className="num"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          data-testid={testId}
          value={value}
          onChange={event => onChange(event.target.value)}
          onBlur={onLeave}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              // A stray Enter must not send: it goes on to the button, and a second one sends.
              event.preventDefault()
              event.currentTarget.form?.querySelector<HTMLElement>('[type=submit]')?.focus()
            }
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1))
          }}
        />
        <button
          type="button"
          className="button"
          aria-label={`${label} up`}
          data-testid={`${testId}-up`}
          onClick={() => onStep(1)}
        >
          +
        </button>
      </span>
    </div>
  )
}

function TicketOutcome({ control, tickSize }: { control: TicketControl; tickSize: string }) {
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
