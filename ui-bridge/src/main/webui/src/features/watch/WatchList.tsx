import { memo } from 'react'
import { channels, type InstrumentRow, type QuoteRow } from '../../shared/contract'
import { useCell, useChannel } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { useSetting } from '../../shared/settings'
import { formatPrice, spreadTicks } from '../../shared/ticks'
import { formatAge } from '../../shared/time'
import { RowsOutOfView, useRowsInView } from '../../shared/useRowsInView'
import { useFreshness, useMarketStatus } from '../quotes/useQuote'

const USUAL = 12
const COLUMNS = 6

interface WatchListProps extends PanelSubject {
  instruments: readonly InstrumentRow[]
  onPick: (symbol: string) => void
}

/** Quotes side by side; a click makes the whole desk look there. */
export function WatchList({ account, instrument, instruments, onPick }: WatchListProps) {
  const [chosen, setChosen] = useSetting('watch')
  const front = instruments.filter(each => each.front && each.venue === account.venue)
  const symbols = chosen.length > 0 ? chosen : front.slice(0, USUAL).map(each => each.symbol)
  const rows = symbols.flatMap(symbol => instruments.find(each => each.symbol === symbol) ?? [])
  const others = front.filter(each => !symbols.includes(each.symbol))
  const { view, first, end, before, after } = useRowsInView(rows.length)
  return (
    <Panel
      title="Watch list"
      testId="watch"
      aside={
        <select
          aria-label="Add an instrument"
          value=""
          onChange={({ target }) => target.value !== '' && setChosen([...symbols, target.value])}
        >
          <option value="">+ add</option>
          {others.map(({ symbol, description }) => (
            <option key={symbol} value={symbol}>
              {symbol} · {description}
            </option>
          ))}
        </select>
      }
    >
      {rows.map(({ symbol }) => (
        <Followed key={symbol} symbol={symbol} />
      ))}
      <div className="scroll" ref={view}>
        <table className="grid grid-tight">
          <thead>
            <tr>
              <th scope="col">Instrument</th>
              <th scope="col" className="right">
                Bid
              </th>
              <th scope="col" className="right">
                Ask
              </th>
              <th scope="col" className="right">
                Last
              </th>
              <th scope="col" className="right room-wide">
                Spread
              </th>
              <th scope="col" className="removes">
                <span className="sr-only">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <RowsOutOfView height={before} columns={COLUMNS} />
            {rows.slice(first, end).map(each => (
              <Watched
                key={each.symbol}
                instrument={each}
                venue={account.venue}
                chosen={each.symbol === instrument.symbol}
                onPick={onPick}
                onRemove={symbol => setChosen(symbols.filter(other => other !== symbol))}
              />
            ))}
            <RowsOutOfView height={after} columns={COLUMNS} />
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

/** In view or not: what is scrolled to is there at once. */
function Followed({ symbol }: { symbol: string }) {
  useChannel(channels.quote(symbol))
  return null
}

interface WatchedProps {
  instrument: InstrumentRow
  venue: string
  chosen: boolean
  onPick: (symbol: string) => void
  onRemove: (symbol: string) => void
}

const Watched = memo(function Watched({ instrument, venue, chosen, onPick, onRemove }: WatchedProps) {
  const { symbol, tickSize } = instrument
  const cell = useCell<QuoteRow>(channels.quote(symbol))
  const quote = cell?.data ?? undefined
  const freshness = useFreshness(cell, useMarketStatus(symbol, venue))
  const spread = spreadTicks(quote?.bidPx, quote?.askPx, tickSize)
  const stale = freshness.kind === 'stale'
  return (
    <tr
      className={`${chosen ? 'is-chosen' : ''} ${stale ? 'row-stale' : ''}`}
      data-testid={`watch-${symbol}`}
    >
      <td>
        <button
          type="button"
          className="link-button"
          title={instrument.description}
          onClick={() => onPick(symbol)}
        >
          {symbol}
        </button>
        {stale && (
          <span className="fine stale-mark" title={freshness.why}>
            {' '}
            {formatAge(freshness.ageMs)}
          </span>
        )}
      </td>
      <td className="num right bid">{formatPrice(quote?.bidPx, tickSize)}</td>
      <td className="num right ask">{formatPrice(quote?.askPx, tickSize)}</td>
      <td className="num right">{formatPrice(quote?.lastPx, tickSize)}</td>
      <td className="num right room-wide muted">{spread === null ? '–' : spread.toString()}</td>
      <td className="right">
        <button
          type="button"
          className="link-button remove"
          aria-label={`Remove ${symbol}`}
          onClick={() => onRemove(symbol)}
        >
          ×
        </button>
      </td>
    </tr>
  )
})
