import { useMemo, useState } from 'react'
import { channels, type OrderRow } from '../../shared/contract'
import { type Column, DataGrid } from '../../shared/DataGrid'
import { useConnected, useSelected } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatPrice } from '../../shared/ticks'
import { formatClock } from '../../shared/time'
import { actions } from '../actions/actions'
import { useInstrument } from '../instruments/useInstruments'
import { mayTrade, useMe } from '../signin/useMe'
import { OrderPrice, OrderStatus, SideMark } from './OrderCells'
import { OrderHistory } from './OrderHistory'
import { endReason, mayCancel, recentRows, withEarlier, workingRows } from './orders'
import { useEarlierOrders, useOrderFeed } from './useOrders'

/** What works and what is over, each order with its whole history one click away. */
export function OrderBook({ account, subject }: PanelSubject) {
  const { accountId } = account
  useOrderFeed(accountId)
  const [view, setView] = useState<'working' | 'done'>('working')
  const [open, setOpen] = useState<string | null>(null)
  const working = useSelected(channels.orders(accountId), workingRows)
  const ended = useSelected(channels.orders(accountId), recentRows)
  const earlier = useEarlierOrders(accountId, view === 'done')
  const done = useMemo(() => withEarlier(ended, working, earlier), [ended, working, earlier])
  const stale = !useConnected()
  const rows = view === 'working' ? working : done
  const shown = useMemo(() => [...working, ...done].find(row => row.clOrdId === open), [working, done, open])
  const rowProps = (row: OrderRow) => ({
    'data-testid': `order-row-${row.clOrdId}`,
    'data-status': row.ordStatus,
    className: row.clOrdId === open ? 'is-chosen' : '',
    onClick: () => setOpen(row.clOrdId === open ? null : row.clOrdId),
  })
  return (
    <Panel
      title="Orders"
      subject={subject}
      className={stale ? 'is-stale' : ''}
      testId={view === 'working' ? 'working-orders' : 'recent-orders'}
      aside={
        <span className="segmented">
          <button
            type="button"
            aria-pressed={view === 'working'}
            data-testid="orders-working"
            onClick={() => setView('working')}
          >
            Working {working.length > 0 && <span className="num">{working.length}</span>}
          </button>
          <button
            type="button"
            aria-pressed={view === 'done'}
            data-testid="orders-done"
            onClick={() => setView('done')}
          >
            Done
          </button>
        </span>
      }
    >
      <DataGrid
        rows={rows}
        columns={view === 'working' ? WORKING : DONE}
        keyOf={row => row.clOrdId}
        name={`orders-${accountId}-${view}`}
        empty={view === 'working' ? 'No order is working.' : 'No order is done yet.'}
        rowProps={rowProps}
      />
      {shown !== undefined && <OrderHistory row={shown} onClose={() => setOpen(null)} />}
    </Panel>
  )
}

const COMMON: readonly Column<OrderRow>[] = [
  {
    id: 'side',
    title: 'Side',
    cell: row => <SideMark side={row.side} />,
    value: row => row.side,
  },
  { id: 'symbol', title: 'Instrument', cell: row => row.symbol, value: row => row.symbol },
  {
    id: 'type',
    title: 'Type',
    cell: row => (
      <span
        className={`muted kind ${row.emulated ? 'held' : ''}`}
        title={row.emulated ? `${kindText(row)}, held here and not at the venue` : kindText(row)}
      >
        {kindText(row)}
        {row.emulated && <span className="room-wide"> (held)</span>}
      </span>
    ),
    value: row => `${kindText(row)}${row.emulated ? ' (held)' : ''}`,
  },
  {
    id: 'filled',
    title: 'Filled',
    right: true,
    cell: row => (
      <span className="num" data-testid={`order-filled-${row.clOrdId}`}>
        {row.cumQty}
        <span className="muted"> / {row.orderQty}</span>
      </span>
    ),
    value: row => row.cumQty,
  },
  {
    id: 'price',
    title: 'Price',
    right: true,
    cell: row => <PriceCell row={row} />,
    value: row => row.price ?? row.stopPx ?? '',
  },
]

const WORKING: readonly Column<OrderRow>[] = [
  {
    id: 'time',
    title: 'Time',
    room: 'wide',
    cell: row => (
      <span className="num muted" title={row.createdAt}>
        {formatClock(row.createdAt)}
      </span>
    ),
    value: row => row.createdAt,
  },
  ...COMMON,
  {
    id: 'status',
    title: 'Status',
    cell: row => <OrderStatus row={row} />,
    value: row => row.ordStatus,
  },
  {
    id: 'cancel',
    title: '',
    right: true,
    cell: row => (
      <span className="row-actions">
        <CancelButton row={row} />
      </span>
    ),
  },
]

const DONE: readonly Column<OrderRow>[] = [
  {
    id: 'time',
    title: 'Time',
    cell: row => (
      <span className="num muted" title={row.updatedAt}>
        {formatClock(row.updatedAt)}
      </span>
    ),
    value: row => row.updatedAt,
  },
  ...COMMON,
  {
    id: 'average',
    title: 'Average',
    right: true,
    room: 'middle',
    cell: row => <AverageCell row={row} />,
    value: row => row.avgPx ?? '',
  },
  {
    id: 'status',
    title: 'Status',
    cell: row => (
      <span title={endReason(row) ?? undefined}>
        <OrderStatus row={row} />
        {endReason(row) !== null && <span className="fine reason"> {endReason(row)}</span>}
      </span>
    ),
    value: row => `${row.ordStatus} ${endReason(row) ?? ''}`.trim(),
  },
]

function kindText(row: OrderRow): string {
  const role = { STOP_LOSS: 'stop-loss', TAKE_PROFIT: 'target' }[row.role]
  const kind = row.ordType.toLowerCase().replaceAll('_', ' ')
  return `${role ?? kind}${row.timeInForce === 'DAY' ? '' : ` ${row.timeInForce}`}`
}

function PriceCell({ row }: { row: OrderRow }) {
  return <OrderPrice row={row} tickSize={useInstrument(row.symbol)?.tickSize} />
}

function AverageCell({ row }: { row: OrderRow }) {
  const tickSize = useInstrument(row.symbol)?.tickSize
  return (
    <span className="num" data-testid={`order-avg-${row.clOrdId}`} data-value={row.avgPx}>
      {formatPrice(row.avgPx, tickSize)}
    </span>
  )
}

function CancelButton({ row }: { row: OrderRow }) {
  const [sending, setSending] = useState(false)
  const allowed = mayTrade(useMe().data)
  const permission = mayCancel(row)
  const cancel = async () => {
    setSending(true)
    await actions.cancel(row)
    setSending(false)
  }
  return (
    <button
      type="button"
      className="button button-small"
      data-testid={`order-cancel-${row.clOrdId}`}
      aria-label={`Cancel ${row.side.toLowerCase()} ${row.orderQty} ${row.symbol}`}
      title={permission.allowed ? undefined : permission.why}
      disabled={!permission.allowed || sending || !allowed}
      onClick={event => {
        event.stopPropagation()
        void cancel()
      }}
    >
      <span className="cancel-text">{sending ? 'Cancelling' : 'Cancel'}</span>
      <span className="cancel-mark">{sending ? '…' : '×'}</span>
    </button>
  )
}
