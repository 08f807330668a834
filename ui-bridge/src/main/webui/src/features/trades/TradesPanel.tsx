import { useMemo, useState } from 'react'
import { channels, type RoundTrip } from '../../shared/contract'
import { type Column, DataGrid } from '../../shared/DataGrid'
import { formatMoney } from '../../shared/decimal'
import { useFallback } from '../../shared/fallback'
import type { Cell } from '../../shared/link/board'
import { useChannel, useSelected } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { queryKeys } from '../../shared/queryKeys'
import { formatPrice } from '../../shared/ticks'
import { formatClock } from '../../shared/time'
import { useInstrument } from '../instruments/useInstruments'
import { EquityCurve } from './EquityCurve'
import { type Day, daysOf, equityOf, netOf, type Statistics, standing, statisticsOf } from './statistics'

const idOf = (row: RoundTrip) => row.tradeId
const unversioned = () => undefined

function tripsOf(cells: ReadonlyMap<string, Cell>): readonly RoundTrip[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as RoundTrip]))
    .sort((a, b) => a.exitAt.localeCompare(b.exitAt) || a.tradeId.localeCompare(b.tradeId))
}

/** Closed round trips: one by one, and what they come to. */
export function TradesPanel({ account, subject }: PanelSubject) {
  const { accountId } = account
  const channel = channels.trades(accountId)
  useChannel(channel)
  useFallback<RoundTrip>({
    channel,
    queryKey: queryKeys.trades(accountId),
    path: `/api/accounts/${encodeURIComponent(accountId)}/trades?limit=500`,
    keyOf: idOf,
    versionOf: unversioned,
  })
  const [view, setView] = useState<'list' | 'figures'>('list')
  const trips = useSelected(channel, tripsOf)
  const newest = useMemo(() => trips.toReversed(), [trips])
  return (
    <Panel
      title="Trades"
      subject={subject}
      testId="trades"
      aside={
        <span className="segmented">
          <button type="button" aria-pressed={view === 'list'} onClick={() => setView('list')}>
            List
          </button>
          <button
            type="button"
            aria-pressed={view === 'figures'}
            data-testid="trade-figures"
            onClick={() => setView('figures')}
          >
            Figures
          </button>
        </span>
      }
    >
      {view === 'list' ? (
        <DataGrid
          rows={newest}
          columns={COLUMNS}
          keyOf={idOf}
          name={`trades-${accountId}`}
          empty="No position was closed yet."
          rowProps={row => ({
            'data-testid': `trade-row-${row.tradeId}`,
            ...(row.voided ? { className: 'is-busted', title: 'Taken back by the venue' } : {}),
          })}
        />
      ) : (
        <Figures trips={standing(trips)} />
      )}
    </Panel>
  )
}

function Figures({ trips }: { trips: readonly RoundTrip[] }) {
  const statistics = useMemo(() => statisticsOf(trips), [trips])
  const curve = useMemo(() => equityOf(trips).map(Number), [trips])
  const days = useMemo(() => daysOf(trips), [trips])
  if (trips.length === 0) return <p className="empty">No position was closed yet.</p>
  return (
    <div className="scroll figures-view">
      <dl className="tiles">
        {tiles(statistics).map(({ name, value, sign }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={`num ${['loss', '', 'gain'][sign + 1]}`}>{value}</dd>
          </div>
        ))}
      </dl>
      <EquityCurve curve={curve} />
      <Calendar days={days} />
    </div>
  )
}

function tiles(of: Statistics): readonly { name: string; value: string; sign: -1 | 0 | 1 }[] {
  const money = (value: string | null, plus = false) => (value === null ? '–' : formatMoney(value, { plus }))
  const netSign = Math.sign(Number(of.net)) as -1 | 0 | 1
  return [
    { name: 'Net P&L', value: money(of.net, true), sign: netSign },
    { name: 'Trades', value: `${of.count} (${of.wins} / ${of.losses})`, sign: 0 },
    { name: 'Win rate', value: of.winRate === null ? '–' : `${(of.winRate * 100).toFixed(1)} %`, sign: 0 },
    { name: 'Profit factor', value: of.profitFactor === null ? '–' : of.profitFactor.toFixed(2), sign: 0 },
    { name: 'Expectancy', value: money(of.expectancy, true), sign: netSign },
    { name: 'Average win', value: money(of.averageWin), sign: 0 },
    { name: 'Average loss', value: money(of.averageLoss), sign: 0 },
    { name: 'Largest win', value: money(of.largestWin), sign: 0 },
    { name: 'Largest loss', value: money(of.largestLoss), sign: 0 },
    { name: 'Average MAE', value: money(of.averageMae), sign: 0 },
    { name: 'Average MFE', value: money(of.averageMfe), sign: 0 },
    { name: 'Drawdown', value: money(of.drawdown), sign: 0 },
    { name: 'Fees', value: money(of.fees), sign: 0 },
  ]
}

function Calendar({ days }: { days: readonly Day[] }) {
  return (
    <ol className="calendar" aria-label="By day">
      {days.slice(-60).map(({ day, net, count }) => (
        <li
          key={day}
          className={Number(net) < 0 ? 'calendar-loss' : 'calendar-gain'}
          title={`${count} trades`}
        >
          <span className="muted">{day.slice(5)}</span>
          <Money value={net} pnl />
        </li>
      ))}
    </ol>
  )
}

const COLUMNS: readonly Column<RoundTrip>[] = [
  {
    id: 'closed',
    title: 'Closed',
    cell: row => (
      <span className="num muted" title={row.exitAt}>
        {formatClock(row.exitAt)}
      </span>
    ),
    value: row => row.exitAt,
  },
  { id: 'symbol', title: 'Instrument', cell: row => row.symbol, value: row => row.symbol },
  {
    id: 'side',
    title: 'Side',
    cell: row => (
      <span className={`side side-${row.side.toLowerCase()}`}>{row.side === 'BUY' ? 'Long' : 'Short'}</span>
    ),
    value: row => row.side,
  },
  {
    id: 'qty',
    title: 'Qty',
    right: true,
    cell: row => <span className="num">{row.qty}</span>,
    value: row => row.qty,
  },
  {
    id: 'entry',
    title: 'Entry',
    right: true,
    cell: row => <TripPrice symbol={row.symbol} value={row.entryPx} />,
    value: row => row.entryPx,
  },
  {
    id: 'exit',
    title: 'Exit',
    right: true,
    cell: row => <TripPrice symbol={row.symbol} value={row.exitPx} />,
    value: row => row.exitPx,
  },
  {
    id: 'mae',
    title: 'MAE',
    right: true,
    room: 'wide',
    cell: row => <Money value={row.mae} />,
    value: row => row.mae ?? '',
  },
  {
    id: 'mfe',
    title: 'MFE',
    right: true,
    room: 'wide',
    cell: row => <Money value={row.mfe} />,
    value: row => row.mfe ?? '',
  },
  {
    id: 'fees',
    title: 'Fees',
    right: true,
    room: 'wide',
    cell: row => <Money value={row.fees} />,
    value: row => row.fees,
  },
  { id: 'net', title: 'Net', right: true, cell: row => <Money value={netOf(row)} pnl />, value: netOf },
]

function TripPrice({ symbol, value }: { symbol: string; value: string }) {
  return <span className="num">{formatPrice(value, useInstrument(symbol)?.tickSize)}</span>
}
