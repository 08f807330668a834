import { useEffect, useRef, useState } from 'react'
import type { InstrumentRow, MarketStatusRow, QuoteRow } from '../../shared/contract'
import { formatMoney } from '../../shared/decimal'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatPrice, readPrice, spreadTicks } from '../../shared/ticks'
import { formatAge, formatClock } from '../../shared/time'
import { type Freshness, useFreshness, useMarketStatus, useQuote, useQuoteFeed } from './useQuote'

export function QuotePanel({ instrument, account, subject }: PanelSubject) {
  const { symbol, tickSize } = instrument
  useQuoteFeed(symbol)
  const cell = useQuote(symbol)
  const status = useMarketStatus(symbol, account.venue)
  const freshness = useFreshness(symbol, account.venue)
  const quote = cell?.data ?? undefined
  const spread = quote === undefined ? null : spreadTicks(quote.bidPx, quote.askPx, tickSize)
  return (
    <Panel
      title="Quote"
      subject={subject}
      about={instrument.description}
      aside={<FreshnessMark freshness={freshness} />}
      className={`quote ${freshness.kind === 'stale' ? 'is-stale' : ''}`}
      testId="quote-panel"
    >
      <div className="quote-last">
        <LastPrice quote={quote} tickSize={tickSize} />
        <span className="num quote-last-qty" data-testid="quote-last-qty">
          {quote?.lastQty === undefined ? '' : `× ${quote.lastQty}`}
        </span>
      </div>
      <div className="quote-sides">
        <div className="quote-side quote-bid">
          <span className="side-label">Bid</span>
          <span className="num price" data-testid="quote-bid" data-value={quote?.bidPx}>
            {formatPrice(quote?.bidPx, tickSize)}
          </span>
          <span className="num qty" data-testid="quote-bid-qty">
            {quote?.bidQty ?? '–'}
          </span>
        </div>
        <div className="quote-spread">
          <span className="num" data-testid="quote-spread">
            {spread === null ? '–' : spread.toString()}
          </span>
          <span className="side-label">{spread === 1n ? 'tick' : 'ticks'}</span>
        </div>
        <div className="quote-side quote-ask">
          <span className="side-label">Ask</span>
          <span className="num price" data-testid="quote-ask" data-value={quote?.askPx}>
            {formatPrice(quote?.askPx, tickSize)}
          </span>
          <span className="num qty" data-testid="quote-ask-qty">
            {quote?.askQty ?? '–'}
          </span>
        </div>
      </div>
      <VenueLine instrument={instrument} quote={quote} status={status} />
    </Panel>
  )
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

/** With an arrow for where it came from, so that direction does not hang on colour alone. */
function LastPrice({ quote, tickSize }: { quote: QuoteRow | undefined; tickSize: string }) {
  const price = quote?.lastPx
  const trend = useTrend(price, tickSize)
  return (
    <span className={`num quote-last-px trend-${trend}`} data-testid="quote-last" data-value={price}>
      {formatPrice(price, tickSize)}
      <span className="trend-mark" aria-hidden="true">
        {trend === 'up' ? '▲' : trend === 'down' ? '▼' : ''}
      </span>
    </span>
  )
}

function useTrend(price: string | undefined, tickSize: string): 'up' | 'down' | 'flat' {
  const [trend, setTrend] = useState<'up' | 'down' | 'flat'>('flat')
  const before = useRef<bigint | null>(null)
  useEffect(() => {
    const reading = price === undefined ? null : readPrice(price, tickSize)
    if (reading?.kind !== 'onTick') return
    if (before.current !== null && before.current !== reading.ticks)
      setTrend(reading.ticks > before.current ? 'up' : 'down')
    before.current = reading.ticks
  }, [price, tickSize])
  return trend
}

interface VenueLineProps {
  instrument: InstrumentRow
  quote: QuoteRow | undefined
  status: MarketStatusRow | undefined
}

function VenueLine({ instrument, quote, status }: VenueLineProps) {
  const replayed = status !== undefined && Number(status.rate) !== 1
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
      {quote !== undefined && (
        <span className="num" title={`venue time ${quote.venueTime}`}>
          {replayed ? quote.venueTime.replace('T', ' ').slice(0, 19) : formatClock(quote.venueTime)}
        </span>
      )}
    </p>
  )
}
