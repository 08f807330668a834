import { memo, useCallback, useRef } from 'react'
import { mark, write } from '../../shared/byHand'
import { channels, type InstrumentRow, type QuoteRow } from '../../shared/contract'
import { useChannel, useLink, usePainted } from '../../shared/link/hooks'
import type { Link } from '../../shared/link/link'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { useSetting } from '../../shared/settings'
import { formatPrice, spreadTicks } from '../../shared/ticks'
import { formatAge } from '../../shared/time'
import { RowsOutOfView, useRowsInView } from '../../shared/useRowsInView'
import { type Freshness, freshnessNow, quoteAndStatus } from '../quotes/useQuote'

const USUAL = 12

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
        <table className="grid grid-tight watch-grid">
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
            <RowsOutOfView height={before} />
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
            <RowsOutOfView height={after} />
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

/** In view or not: what is scrolled to is there with the next frame, and until then in the worker. */
function Followed({ symbol }: { symbol: string }) {
  useChannel(channels.quote(symbol), false)
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
  const { symbol } = instrument
  const link = useLink()
  useChannel(channels.quote(symbol))
  const row = useRef<HTMLTableRowElement>(null)
  const paint = useCallback(
    (element: HTMLTableRowElement) => paintRow(element, instrument, freshnessNow(link, symbol, venue), link),
    [link, instrument, symbol, venue],
  )
  usePainted(row, quoteAndStatus(symbol), paint)
  return (
    <tr ref={row} className={chosen ? 'is-chosen' : ''} data-testid={`watch-${symbol}`}>
      <td>
        <button
          type="button"
          className="link-button"
          title={instrument.description}
          onClick={() => onPick(symbol)}
        >
          {symbol}
        </button>
        <span className="fine stale-mark" />
      </td>
      <td className="num right bid">
        <span className="tick" />
      </td>
      <td className="num right ask">
        <span className="tick" />
      </td>
      <td className="num right">
        <span className="tick" />
      </td>
      <td className="num right room-wide muted">
        <span className="tick" />
      </td>
      <td className="removing">
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

/** Twenty times a second and row: by hand. */
function paintRow(
  row: HTMLTableRowElement,
  instrument: InstrumentRow,
  freshness: Freshness,
  { board }: Link,
): void {
  const { symbol, tickSize } = instrument
  const quote = board.cell(channels.quote(symbol), '')?.data as QuoteRow | null | undefined
  const spread = spreadTicks(quote?.bidPx, quote?.askPx, tickSize)
  const stale = freshness.kind === 'stale'
  const texts = [
    stale ? ` ${formatAge(freshness.ageMs)}` : '',
    formatPrice(quote?.bidPx, tickSize),
    formatPrice(quote?.askPx, tickSize),
    formatPrice(quote?.lastPx, tickSize),
    spread === null ? '–' : spread.toString(),
  ]
  for (const [index, text] of texts.entries()) write(row.cells[index]?.querySelector('span'), text)
  mark(row, 'data-stale', stale ? freshness.why : null)
  mark(row.querySelector('.stale-mark'), 'title', stale ? freshness.why : null)
}
