import { type KeyboardEvent, useCallback, useState } from 'react'
import { channels, isTerminal, type OrderRow, type PositionRow } from '../../shared/contract'
import { type Column, DataGrid } from '../../shared/DataGrid'
import { negate, sum } from '../../shared/decimal'
import { Live, LiveMoney } from '../../shared/Live'
import type { Board, Cell } from '../../shared/link/board'
import { useConnected, useLink, useNowInTurn, usePart, useWatched } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatPrice } from '../../shared/ticks'
import { actions } from '../actions/actions'
import { exits } from '../actions/exits'
import { useInstrument } from '../instruments/useInstruments'
import { mayTrade, useMe } from '../signin/useMe'
import { breakevenOf, netText, positionRows, sameHoldings } from './positions'
import { usePositionFeed } from './usePositions'

export function Positions({ account, subject }: PanelSubject) {
  const { accountId } = account
  usePositionFeed(accountId)
  const rows = useRows(accountId)
  const stale = !useConnected()
  return (
    <Panel
      title="Positions"
      subject={subject}
      className={stale ? 'is-stale' : ''}
      testId="positions"
      aside={<OpenTotal accountId={accountId} rows={rows} />}
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

/**
 * The rows as they are rendered: anew when something is held, realised or paid, and once a second, so that what is sorted or
 * saved is not older. What moves with the market is written by hand.
 */
function useRows(accountId: string): readonly PositionRow[] {
  const { board } = useLink()
  const channel = channels.positions(accountId)
  useNowInTurn()
  useWatched(() => positionRows(board.cells(channel)), sameHoldings, channel)
  return positionRows(board.cells(channel))
}

function OpenTotal({ accountId, rows }: { accountId: string; rows: readonly PositionRow[] }) {
  const say = useCallback(
    (board: Board) =>
      sum(
        ...positionRows(board.cells(channels.positions(accountId)))
          .filter(isOpen)
          .map(row => row.unrealizedPnl),
      ),
    [accountId],
  )
  if (!rows.some(isOpen)) return null
  return (
    <span>
      <span className="muted">open </span>
      <LiveMoney channel={channels.positions(accountId)} say={say} pnl />
    </span>
  )
}

const isOpen = (row: PositionRow) => row.netQty !== 0

/** What of a position moves with the market, as it stands. */
function Now({
  row,
  of,
  testId,
}: {
  row: PositionRow
  of: (row: PositionRow) => string | undefined
  testId: string
}) {
  const { symbol } = row
  const channel = channels.positions(row.accountId)
  const say = useCallback(
    (board: Board) => {
      const now = board.cell(channel, symbol)?.data as PositionRow | null | undefined
      return (now == null ? undefined : of(now)) ?? ''
    },
    [channel, symbol, of],
  )
  return <LiveMoney channel={channel} say={say} pnl testId={testId} />
}

function Mark({ row: { accountId, symbol } }: { row: PositionRow }) {
  const tickSize = useInstrument(symbol)?.tickSize
  const channel = channels.positions(accountId)
  const say = useCallback(
    (board: Board) =>
      formatPrice((board.cell(channel, symbol)?.data as PositionRow | null | undefined)?.markPx, tickSize),
    [channel, symbol, tickSize],
  )
  return <Live channel={channel} say={say} testId="position-mark" />
}

const openOf = (row: PositionRow) => row.unrealizedPnl
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
    cell: row => <Mark row={row} />,
    value: row => row.markPx ?? '',
  },
  {
    id: 'open',
    title: 'Unrealised',
    right: true,
    cell: row => <Now row={row} of={openOf} testId="position-pnl" />,
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
        <Now row={row} of={totalOf} testId="position-total" />
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
  const allowed = mayTrade(useMe().data)
  if (row.netQty === 0) return null
  const { accountId, symbol } = row
  const most = Math.abs(row.netQty)
  const lots = /^\d{1,6}$/.test(qty) && Number(qty) >= 1 && Number(qty) <= most ? Number(qty) : undefined
  const close = () => void exits.close(accountId, symbol, lots).then(() => setQty(''))
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (qty === '' || lots !== undefined)) close()
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
      <Breakeven row={row} />
    </span>
  )
}

/** Renders when the market passes the entry. */
function Breakeven({ row: { accountId, symbol } }: { row: PositionRow }) {
  const { board } = useLink()
  const channel = channels.positions(accountId)
  const tickSize = useInstrument(symbol)?.tickSize
  const allowed = mayTrade(useMe().data)
  const look = useCallback(
    (row: PositionRow | undefined) => {
      const entry = row === undefined || tickSize === undefined ? NO_PRICE : breakevenOf(row, tickSize)
      return 'why' in entry ? `!${entry.why}` : entry.price
    },
    [tickSize],
  )
  const said = usePart(channel, symbol, look)
  const impossible = said.startsWith('!')
  /** The stop that is there moves to the entry; without one a new one is put there. */
  const breakeven = () => {
    const price = look((board.cell(channel, symbol)?.data ?? undefined) as PositionRow | undefined)
    if (price.startsWith('!')) return
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
    <button
      type="button"
      className="button button-small"
      data-testid={`breakeven-${symbol}`}
      title={impossible ? said.slice(1) : `The stop moves to the entry, ${said}`}
      disabled={!allowed || impossible}
      onClick={breakeven}
    >
      B/E
    </button>
  )
}

const NO_PRICE = { why: 'No price is known yet.' }

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
