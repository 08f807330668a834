import { type KeyboardEvent, useState } from 'react'
import { channels, isTerminal, type OrderRow, type PositionRow } from '../../shared/contract'
import { type Column, DataGrid } from '../../shared/DataGrid'
import { negate, sum } from '../../shared/decimal'
import type { Cell } from '../../shared/link/board'
import { useConnected, useLink, useSelected } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatPrice } from '../../shared/ticks'
import { actions } from '../actions/actions'
import { exits } from '../actions/exits'
import { useInstrument } from '../instruments/useInstruments'
import { mayTrade, useMe } from '../signin/useMe'
import { breakevenOf, netText, positionRows } from './positions'
import { usePositionFeed } from './usePositions'

export function Positions({ account, subject }: PanelSubject) {
  const { accountId } = account
  usePositionFeed(accountId)
  const rows = useSelected(channels.positions(accountId), positionRows)
  const stale = !useConnected()
  return (
    <Panel
      title="Positions"
      subject={subject}
      className={stale ? 'is-stale' : ''}
      testId="positions"
      aside={<OpenTotal rows={rows} />}
    >
      <DataGrid
        rows={rows}
        columns={COLUMNS}
        keyOf={row => row.symbol}
        name={`positions-${accountId}`}
        empty="No position was opened yet."
        rowProps={row => ({
          'data-testid': `position-row-${row.symbol}`,
          className: row.netQty === 0 ? 'is-flat' : '',
        })}
      />
    </Panel>
  )
}

function OpenTotal({ rows }: { rows: readonly PositionRow[] }) {
  const open = rows.filter(row => row.netQty !== 0)
  if (open.length === 0) return null
  return (
    <span>
      <span className="muted">open </span>
      <Money value={sum(...open.map(row => row.unrealizedPnl))} pnl />
    </span>
  )
}

const totalOf = (row: PositionRow) => sum(row.realizedPnl, row.unrealizedPnl, negate(row.fees))

const COLUMNS: readonly Column<PositionRow>[] = [
  { id: 'symbol', title: 'Instrument', cell: row => row.symbol, value: row => row.symbol },
  {
    id: 'net',
    title: 'Net',
    right: true,
    cell: row => (
      <span
        className={`num side ${row.netQty === 0 ? '' : row.netQty > 0 ? 'side-buy' : 'side-sell'}`}
        data-testid="position-net"
        data-value={row.netQty}
      >
        {netText(row.netQty)}
      </span>
    ),
    value: row => row.netQty,
  },
  {
    id: 'avg',
    title: 'Average',
    right: true,
    room: 'some',
    cell: row => <Price symbol={row.symbol} value={row.avgPx} testId="position-avg" />,
    value: row => row.avgPx ?? '',
  },
  {
    id: 'mark',
    title: 'Mark',
    right: true,
    room: 'wide',
    cell: row => <Price symbol={row.symbol} value={row.markPx} testId="position-mark" />,
    value: row => row.markPx ?? '',
  },
  {
    id: 'open',
    title: 'Unrealised',
    right: true,
    cell: row => <Money value={row.unrealizedPnl} pnl testId="position-pnl" />,
    value: row => row.unrealizedPnl ?? '',
  },
  {
    id: 'realised',
    title: 'Realised',
    right: true,
    room: 'wide',
    cell: row => <Money value={row.realizedPnl} pnl testId="position-realized" />,
    value: row => row.realizedPnl,
  },
  {
    id: 'reported',
    title: 'Broker says',
    right: true,
    room: 'wide',
    cell: row =>
      row.reportedPnl === undefined ? null : <Money value={row.reportedPnl} pnl testId="position-reported" />,
    value: row => row.reportedPnl ?? '',
  },
  {
    id: 'fees',
    title: 'Fees',
    right: true,
    room: 'wide',
    cell: row => <Money value={row.fees} testId="position-fees" />,
    value: row => row.fees,
  },
  {
    id: 'total',
    title: 'Net P&L',
    right: true,
    room: 'middle',
    cell: row => (
      <span className="strong">
        <Money value={totalOf(row)} pnl testId="position-total" />
      </span>
    ),
    value: totalOf,
  },
  { id: 'actions', title: '', right: true, cell: row => <PositionActions row={row} /> },
]

function Price({ symbol, value, testId }: { symbol: string; value: string | undefined; testId: string }) {
  const tickSize = useInstrument(symbol)?.tickSize
  return (
    <span className="num" data-testid={testId} data-value={value}>
      {formatPrice(value, tickSize)}
    </span>
  )
}

function PositionActions({ row }: { row: PositionRow }) {
  const [qty, setQty] = useState('')
  const { board } = useLink()
  const tickSize = useInstrument(row.symbol)?.tickSize
  const allowed = mayTrade(useMe().data)
  if (row.netQty === 0) return null
  const { accountId, symbol } = row
  const most = Math.abs(row.netQty)
  const lots = /^\d{1,6}$/.test(qty) && Number(qty) >= 1 && Number(qty) <= most ? Number(qty) : undefined
  const close = () => void exits.close(accountId, symbol, lots).then(() => setQty(''))
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (qty === '' || lots !== undefined)) close()
  }
  const entry = tickSize === undefined ? { why: 'No price is known yet.' } : breakevenOf(row, tickSize)
  /** The stop that is there moves to the entry; without one a new one is put there. */
  const breakeven = () => {
    if ('why' in entry) return
    const { price } = entry
    const stops = liveStops(board.cells(channels.orders(accountId)), symbol)
    if (stops.length === 0) return void actions.bracket(accountId, symbol, { stopLoss: { price } })
    for (const stop of stops)
      void actions.replaceTold(
        stop,
        { expectedVersion: stop.version, stopPx: price },
        `Stop of ${symbol} to breakeven`,
      )
  }
  return (
    <span className="row-actions">
      <input
        className="tiny-input num"
        aria-label={`Lots of ${symbol} to close`}
        placeholder={String(most)}
        inputMode="numeric"
        value={qty}
        aria-invalid={qty !== '' && lots === undefined}
        onChange={event => setQty(event.target.value.trim())}
        onKeyDown={onKey}
      />
      <button
        type="button"
        className="button button-small"
        data-testid={`close-${symbol}`}
        disabled={!allowed || (qty !== '' && lots === undefined)}
        onClick={close}
      >
        Close
      </button>
      <button
        type="button"
        className="button button-small"
        data-testid={`reverse-${symbol}`}
        disabled={!allowed}
        title={`Reverse ${symbol}: the same on the other side`}
        onClick={() => void exits.reverse(accountId, symbol)}
      >
        Rev
      </button>
      <button
        type="button"
        className="button button-small"
        data-testid={`breakeven-${symbol}`}
        title={'why' in entry ? entry.why : `The stop moves to the entry, ${entry.price}`}
        disabled={!allowed || 'why' in entry}
        onClick={breakeven}
      >
        B/E
      </button>
    </span>
  )
}

function liveStops(cells: ReadonlyMap<string, Cell>, symbol: string): readonly OrderRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as OrderRow]))
    .filter(
      row =>
        row.symbol === symbol &&
        row.role === 'STOP_LOSS' &&
        row.stopPx !== undefined &&
        !isTerminal(row.ordStatus),
    )
}
