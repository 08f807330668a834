import { channels, type FillRow } from '../../shared/contract'
import { type Column, DataGrid } from '../../shared/DataGrid'
import { useFallback } from '../../shared/fallback'
import type { Cell } from '../../shared/link/board'
import { useChannel, useSelected } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { queryKeys } from '../../shared/queryKeys'
import { formatPrice } from '../../shared/ticks'
import { formatClock } from '../../shared/time'
import { useInstrument } from '../instruments/useInstruments'
import { SideMark } from '../orders/OrderCells'

const execIdOf = (row: FillRow) => row.execId
const seqOf = (row: FillRow) => row.seq

function newestFills(cells: ReadonlyMap<string, Cell>): readonly FillRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as FillRow]))
    .sort((a, b) => b.seq - a.seq)
}

export function Fills({ account, subject }: PanelSubject) {
  const { accountId } = account
  const channel = channels.fills(accountId)
  useChannel(channel)
  useFallback<FillRow>({
    channel,
    queryKey: queryKeys.fills(accountId),
    path: `/api/accounts/${encodeURIComponent(accountId)}/fills?limit=100`,
    keyOf: execIdOf,
    versionOf: seqOf,
  })
  const rows = useSelected(channel, newestFills)
  const corrected = new Set(rows.flatMap(row => row.corrects ?? []))
  return (
    <Panel title="Fills" subject={subject} testId="fills">
      <DataGrid
        rows={rows}
        columns={COLUMNS}
        keyOf={execIdOf}
        name={`fills-${accountId}`}
        empty="Nothing was filled yet."
        rowProps={row => ({
          'data-testid': `fill-row-${row.execId}`,
          className: row.revised === 'BUSTED' || corrected.has(row.execId) ? 'is-busted' : '',
        })}
      />
    </Panel>
  )
}

const COLUMNS: readonly Column<FillRow>[] = [
  {
    id: 'time',
    title: 'Time',
    cell: row => (
      <span className="num muted" title={`venue time ${row.venueTime}`}>
        {formatClock(row.at)}
      </span>
    ),
    value: row => row.at,
  },
  { id: 'side', title: 'Side', cell: row => <SideMark side={row.side} />, value: row => row.side },
  {
    id: 'qty',
    title: 'Quantity',
    right: true,
    cell: row => (
      <span className="num" data-testid="fill-qty" data-value={row.lastQty}>
        {row.lastQty}
      </span>
    ),
    value: row => row.lastQty,
  },
  { id: 'symbol', title: 'Instrument', cell: row => row.symbol, value: row => row.symbol },
  {
    id: 'price',
    title: 'Price',
    right: true,
    cell: row => <FillPrice row={row} />,
    value: row => row.lastPx,
  },
  {
    id: 'fee',
    title: 'Fee',
    right: true,
    room: 'wide',
    cell: row => <Money value={row.fee} />,
    value: row => row.fee ?? '',
  },
  {
    id: 'order',
    title: 'Order',
    room: 'wide',
    cell: row => <span className="muted id">{row.clOrdId}</span>,
    value: row => row.clOrdId,
  },
]

function FillPrice({ row }: { row: FillRow }) {
  const tickSize = useInstrument(row.symbol)?.tickSize
  return (
    <span className="num" data-testid="fill-price" data-value={row.lastPx}>
      {formatPrice(row.lastPx, tickSize)}
    </span>
  )
}
