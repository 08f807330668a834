import { type FormEvent, useId } from 'react'
import {
  type AccountRow,
  channels,
  type InstrumentRow,
  type OrdType,
  type QuoteRow,
} from '../../shared/contract'
import { formatMoney, times } from '../../shared/decimal'
import { useConnected, useLink, usePart } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatTicks, snapLimit, stepPrice } from '../../shared/ticks'
import { askPx, bidPx, useQuoteFeed } from '../quotes/useQuote'
import { mayTrade, useMe } from '../signin/useMe'
import { BracketFields } from './BracketFields'
import { checkDraft, type Draft, needsPrice, needsStop, onInstrument, planOf, stepQty } from './draft'
import { SideToggle, Stepped } from './fields'
import { Presets } from './Presets'
import { TicketOutcome } from './TicketOutcome'
import { isLocked, type Ticket } from './ticket'
import type { TicketControl } from './useTicket'
import { WhatIf } from './WhatIf'

const TYPES: readonly (readonly [OrdType, string])[] = [
  ['LIMIT', 'Limit'],
  ['MARKET', 'Market'],
  ['STOP', 'Stop'],
  ['STOP_LIMIT', 'Stop limit'],
  ['TRAILING_STOP', 'Trailing stop'],
]

const TIMES: readonly Draft['timeInForce'][] = ['DAY', 'GTC', 'IOC', 'FOK']

/** One order at a time, from what is typed to what became of it. */
export function TicketPanel({
  account,
  instrument,
  subject,
  control,
}: PanelSubject & { control: TicketControl }) {
  useQuoteFeed(instrument.symbol)
  const { ticket, edit, submit } = control
  const draft = onInstrument(ticket.draft, instrument.symbol)
  const typed = (change: Partial<Draft>) => edit({ ...onInstrument(draft, instrument.symbol), ...change })
  const locked = isLocked(ticket)
  const connected = useConnected()
  const halted = usePart(channels.account(account.accountId), '', isHalted)
  const { board } = useLink()
  const check = checkDraft(draft, instrument)
  const me = useMe().data
  const blocked =
    whyBlocked({ connected, mayTrade: mayTrade(me), halted }) ??
    (check.kind === 'incomplete' ? check.message : null)
  const hintId = useId()

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (check.kind === 'ready' && blocked === null && !locked) submit(account.accountId, check.order)
  }
  /** A first step starts from a price of the book: for a limit the one that does not trade at once. */
  const step = (field: 'price' | 'stopPx', steps: number) => {
    const quote = board.cell(channels.quote(instrument.symbol), '')?.data as QuoteRow | null | undefined
    const [own, far] = draft.side === 'BUY' ? [quote?.bidPx, quote?.askPx] : [quote?.askPx, quote?.bidPx]
    const from = field === 'price' ? own : far
    const price =
      draft[field].trim() === ''
        ? (from ?? quote?.lastPx ?? null)
        : stepPrice(draft[field], instrument.tickSize, steps)
    if (price !== null) typed({ [field]: price })
  }
  const snap = (field: 'price' | 'stopPx') => {
    // A stop off tick goes the other way than a limit: later, not sooner.
    const side = field === 'price' ? draft.side : draft.side === 'BUY' ? 'SELL' : 'BUY'
    const ticks = snapLimit(draft[field], instrument.tickSize, side)
    if (ticks !== null) typed({ [field]: formatTicks(ticks, instrument.tickSize) })
  }

  return (
    <Panel
      title="Ticket"
      subject={subject}
      className={`ticket ${account.practice ? '' : 'ticket-live'}`}
      testId="ticket"
    >
      <div className="scroll">
        <TicketOutcome control={control} tickSize={instrument.tickSize} />
        <form onSubmit={onSubmit} data-testid="ticket-form" data-state={ticket.state}>
          <fieldset disabled={locked} className="ticket-fields">
            <legend className="sr-only">Order</legend>
            <SideToggle side={draft.side} onChange={side => edit({ side })} />
            <div className="field-pair">
              <label className="field">
                <span className="field-label">Type</span>
                <select
                  data-testid="ticket-type"
                  value={draft.ordType}
                  onChange={event => edit({ ordType: event.target.value as OrdType })}
                >
                  {TYPES.map(([type, text]) => (
                    <option key={type} value={type}>
                      {text}
                    </option>
                  ))}
                </select>
              </label>
              <label className="field">
                <span className="field-label">Good for</span>
                <select
                  data-testid="ticket-tif"
                  value={draft.timeInForce}
                  onChange={event => edit({ timeInForce: event.target.value as Draft['timeInForce'] })}
                >
                  {TIMES.map(time => (
                    <option key={time}>{time}</option>
                  ))}
                </select>
              </label>
            </div>
            <Stepped
              label="Quantity"
              testId="ticket-qty"
              value={draft.qty}
              onChange={qty => edit({ qty })}
              onStep={steps => edit({ qty: stepQty(draft.qty, steps) })}
            />
            {needsStop(draft.ordType) && (
              <Stepped
                label="Stop price"
                testId="ticket-stop-price"
                value={draft.stopPx}
                onChange={stopPx => typed({ stopPx })}
                onStep={steps => step('stopPx', steps)}
                onLeave={() => snap('stopPx')}
              />
            )}
            {needsPrice(draft.ordType) && (
              <Stepped
                label="Limit price"
                testId="ticket-price"
                value={draft.price}
                onChange={price => typed({ price })}
                onStep={steps => step('price', steps)}
                onLeave={() => snap('price')}
              />
            )}
            {draft.ordType === 'TRAILING_STOP' && (
              <Stepped
                label="Trail, ticks"
                testId="ticket-trail"
                value={draft.trail}
                onChange={trail => edit({ trail })}
                onStep={steps => edit({ trail: stepQty(draft.trail, steps) })}
              />
            )}
            <label className="check">
              <input
                type="checkbox"
                checked={draft.reduceOnly}
                data-testid="ticket-reduce-only"
                onChange={event => edit({ reduceOnly: event.target.checked })}
              />
              Reduce only
            </label>
            <BracketFields draft={draft} typed={typed} instrument={instrument} />
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
          {check.kind === 'ready' && (
            <>
              <PlanLine order={check.order} instrument={instrument} />
              <WhatIf accountId={account.accountId} order={check.order} />
            </>
          )}
        </form>
        <Presets draft={draft} apply={edit} />
      </div>
    </Panel>
  )
}

interface PlanLineProps {
  order: Parameters<typeof planOf>[0]
  instrument: InstrumentRow
}

function PlanLine({ order, instrument }: PlanLineProps) {
  const far = usePart(channels.quote(instrument.symbol), '', order.side === 'BUY' ? askPx : bidPx)
  const plan = planOf(order, far, instrument)
  if (plan.risk === null && plan.reward === null) return null
  return (
    <dl className="plan" data-testid="ticket-plan">
      <div>
        <dt>Risk</dt>
        <dd className="num loss" data-testid="ticket-risk">
          {plan.risk === null ? 'open' : formatMoney(plan.risk)}
        </dd>
      </div>
      <div>
        <dt>Target</dt>
        <dd className="num gain">{plan.reward === null ? '–' : formatMoney(plan.reward)}</dd>
      </div>
      <div>
        <dt>R</dt>
        <dd className="num" data-testid="ticket-r">
          {plan.r === null ? '–' : plan.r.toFixed(2)}
        </dd>
      </div>
      <div>
        <dt>Currency</dt>
        <dd>{instrument.currency}</dd>
      </div>
    </dl>
  )
}

interface Circumstances {
  connected: boolean
  mayTrade: boolean
  halted: boolean
}

const isHalted = (row: AccountRow | undefined) => row?.tradingState === 'HALTED'

function whyBlocked({ connected, mayTrade, halted }: Circumstances): string | null {
  if (!mayTrade) return 'This sign-in may look, not trade.'
  if (!connected) return 'Not connected: an order could not be followed.'
  return halted ? 'Trading is halted for this account.' : null
}

function submitText(ticket: Ticket, draft: Draft, instrument: InstrumentRow, account: AccountRow): string {
  if (ticket.state === 'sending') return 'Sending…'
  if (ticket.state === 'unknown') return 'Waiting to know'
  const verb = draft.side === 'BUY' ? 'Buy' : 'Sell'
  return `${verb} ${draft.qty.trim()} ${instrument.symbol} ${whereText(draft)}${account.practice ? '' : ', live account'}`.trim()
}

function whereText({ ordType, price, stopPx, trail }: Draft): string {
  switch (ordType) {
    case 'MARKET':
      return 'at market'
    case 'LIMIT':
      return price.trim() === '' ? '' : `at ${price.trim()}`
    case 'STOP':
      return stopPx.trim() === '' ? 'stop' : `stop ${stopPx.trim()}`
    case 'STOP_LIMIT':
      return `stop ${stopPx.trim()} limit ${price.trim()}`
    case 'TRAILING_STOP':
      return `trailing ${trail.trim()} ticks`
  }
}

function worth({ qty }: Draft, { tickValue, currency }: InstrumentRow): string {
  return `One tick is worth ${formatMoney(times(tickValue, Number(qty)))} ${currency}.`
}
