import { useCallback, useRef } from 'react'
import { mark, write } from '../../shared/byHand'
import { channels, type InstrumentRow, type MarketStatusRow, type QuoteRow } from '../../shared/contract'
import { formatMoney } from '../../shared/decimal'
import { show } from '../../shared/Live'
import { useLink, usePainted } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatPrice, readPrice, spreadTicks } from '../../shared/ticks'
import { formatAge, formatClock } from '../../shared/time'
import { type Freshness, useFreshness, useMarketStatus, useQuoteFeed } from './useQuote'

/** Prices are written by hand, in the frame in which they come. */
export function QuotePanel({ instrument, account, subject }: PanelSubject) {
  const { symbol, tickSize } = instrument
  useQuoteFeed(symbol)
  const { board } = useLink()
  const status = useMarketStatus(symbol, account.venue)
  const freshness = useFreshness(symbol, account.venue)
  const replayed = status !== undefined && Number(status.rate) !== 1
  const figures = useRef<HTMLDivElement>(null)
  const before = useRef<{ px: string; trend: Trend }>(null)
  const paint = useCallback(
    (element: HTMLElement) => {
      const quote = board.cell(channels.quote(symbol), '')?.data as QuoteRow | null | undefined
      before.current = trendOf(quote?.lastPx, before.current, tickSize)
      const trend = before.current?.trend ?? 'flat'
      mark(element, 'data-trend', trend)
      for (const each of element.querySelectorAll<HTMLElement>('[data-figure]')) {
        const { text, value } = figureOf(
          quote ?? undefined,
          each.dataset.figure as Figure,
          tickSize,
          replayed,
        )
        show(each, text)
        if (value !== undefined) mark(each, 'data-value', value)
      }
      write(element.querySelector('.trend-mark'), MARKS[trend])
    },
    [board, symbol, tickSize, replayed],
  )
  usePainted(figures, channels.quote(symbol), paint)
  return (
    <Panel
      title="Quote"
      subject={subject}
      about={instrument.description}
      aside={<FreshnessMark freshness={freshness} />}
      className={`quote ${freshness.kind === 'stale' ? 'is-stale' : ''}`}
      testId="quote-panel"
    >
      <div ref={figures}>
        <div className="quote-last">
          <span className="num quote-last-px">
            <span className="live" data-figure="last" data-testid="quote-last" />
            <span className="trend-mark" aria-hidden="true" />
          </span>
          <span className="quote-last-qty">
            <span className="live num" data-figure="lastQty" data-testid="quote-last-qty" />
          </span>
        </div>
        <div className="quote-sides">
          <div className="quote-side quote-bid">
            <span className="side-label">Bid</span>
            <span className="num price">
              <span className="live" data-figure="bid" data-testid="quote-bid" />
            </span>
            <span className="num qty">
              <span className="live" data-figure="bidQty" data-testid="quote-bid-qty" />
            </span>
          </div>
          <div className="quote-spread">
            <span className="num">
              <span className="live" data-figure="spread" data-testid="quote-spread" />
            </span>
            <span className="side-label">
              <span className="live" data-figure="ticks" />
            </span>
          </div>
          <div className="quote-side quote-ask">
            <span className="side-label">Ask</span>
            <span className="num price">
              <span className="live" data-figure="ask" data-testid="quote-ask" />
            </span>
            <span className="num qty">
              <span className="live" data-figure="askQty" data-testid="quote-ask-qty" />
            </span>
          </div>
        </div>
        <VenueLine instrument={instrument} status={status} replayed={replayed} />
      </div>
    </Panel>
  )
}

type Figure = 'last' | 'lastQty' | 'bid' | 'bidQty' | 'spread' | 'ticks' | 'ask' | 'askQty' | 'at'

/** `value`: where it is a price, as it came. */
function figureOf(
  quote: QuoteRow | undefined,
  figure: Figure,
  tickSize: string,
  replayed: boolean,
): { text: string; value?: string | null } {
  const price = (px: string | undefined) => ({ text: formatPrice(px, tickSize), value: px ?? null })
  const spread = spreadTicks(quote?.bidPx, quote?.askPx, tickSize)
  switch (figure) {
    case 'last':
      return price(quote?.lastPx)
    case 'lastQty':
      return { text: quote?.lastQty === undefined ? '' : `× ${quote.lastQty}` }
    case 'bid':
      return price(quote?.bidPx)
    case 'bidQty':
      return { text: String(quote?.bidQty ?? '–') }
    case 'spread':
      return { text: spread === null ? '–' : spread.toString() }
    case 'ticks':
      return { text: spread === 1n ? 'tick' : 'ticks' }
    case 'ask':
      return price(quote?.askPx)
    case 'askQty':
      return { text: String(quote?.askQty ?? '–') }
    case 'at':
      if (quote === undefined) return { text: '' }
      return {
        text: replayed ? quote.venueTime.replace('T', ' ').slice(0, 19) : formatClock(quote.venueTime),
      }
  }
}

type Trend = 'up' | 'down' | 'flat'

/** With an arrow for where it came from, so that direction does not hang on colour alone. */
const MARKS: Readonly<Record<Trend, string>> = { up: '▲', down: '▼', flat: '' }

function trendOf(
  px: string | undefined,
  before: { px: string; trend: Trend } | null,
  tickSize: string,
): { px: string; trend: Trend } | null {
  if (px === undefined || px === before?.px) return before
  const now = readPrice(px, tickSize)
  const then = before === null ? null : readPrice(before.px, tickSize)
  if (now.kind !== 'onTick') return before
  if (then?.kind !== 'onTick' || then.ticks === now.ticks) return { px, trend: before?.trend ?? 'flat' }
  return { px, trend: now.ticks > then.ticks ? 'up' : 'down' }
}

function FreshnessMark({ freshness }: { freshness: Freshness }) {
  switch (freshness.kind) {
    case 'fresh':
      return null
    case 'none':
      return <span className="muted">waiting for a quote</span>
    case 'stale':
      return (
        <span className="badge badge-warn" data-testid="quote-age" role="status">
          {freshness.why}, {formatAge(freshness.ageMs)} old
        </span>
      )
  }
}

interface VenueLineProps {
  instrument: InstrumentRow
  status: MarketStatusRow | undefined
  replayed: boolean
}

function VenueLine({ instrument, status, replayed }: VenueLineProps) {
  return (
    <p className="fine venue-line">
      <span>{instrument.exchange}</span>
      <span>
        tick <span className="num">{instrument.tickSize}</span> ={' '}
        <span className="num">{formatMoney(instrument.tickValue)}</span> {instrument.currency}
      </span>
      {status !== undefined && (
        <span data-testid="feed-state" data-state={status.feed}>
          {status.session.toLowerCase()}, feed {status.feed.toLowerCase()}
          {replayed && `, ${status.rate}×`}
        </span>
      )}
      <span title="venue time">
        <span className="live num" data-figure="at" />
      </span>
    </p>
  )
}
