import { useQuery } from '@tanstack/react-query'
import type { HistoryRow, OrderRow } from '../../shared/contract'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'
import { formatPreciseClock } from '../../shared/time'
import { endReason, statusText } from './orders'

/** Everything that happened to one order, asked for when it is opened and when it has moved on since. */
export function OrderHistory({ row, onClose }: { row: OrderRow; onClose: () => void }) {
  const { accountId, clOrdId, seq } = row
  const { data, error } = useQuery({
    queryKey: queryKeys.orderHistory(accountId, clOrdId, seq),
    queryFn: async ({ signal }) =>
      itemsOf<HistoryRow>(
        await get(
          `/api/accounts/${encodeURIComponent(accountId)}/orders/${encodeURIComponent(clOrdId)}/history`,
          signal,
        ),
      ),
    placeholderData: before => before,
    gcTime: 60_000,
  })
  const reason = endReason(row)
  return (
    <aside className="drawer" aria-label={`History of ${clOrdId}`} data-testid="order-history">
      <header>
        <span className="id">{clOrdId}</span>
        <span className="muted">
          {statusText(row)} · version {row.version} · {row.origin.toLowerCase()}
          {row.venueOrderId !== undefined && ` · venue ${row.venueOrderId}`}
          {row.parentClOrdId !== undefined && ` · of ${row.parentClOrdId}`}
          {row.ocoGroup !== undefined && ` · OCO ${row.ocoGroup}`}
        </span>
        <button type="button" className="icon-button" aria-label="Close the history" onClick={onClose}>
          ×
        </button>
      </header>
      {reason !== null && <p className="note-bad drawer-reason">{reason}</p>}
      {error !== null && <p className="fine">The history did not come: {error.message}</p>}
      <ol>
        {(data ?? []).map(entry => (
          <li key={entry.seq}>
            <span className="num muted" title={entry.at}>
              {formatPreciseClock(entry.at)}
            </span>
            <span className="num muted">#{entry.seq}</span>
            <span>{entry.event?.type ?? 'event'}</span>
            <span className="muted drawer-detail">{detail(entry.event)}</span>
          </li>
        ))}
      </ol>
    </aside>
  )
}

const SAID_ALREADY = new Set(['type', 'clOrdId', 'accountId', 'v'])

function detail(event: HistoryRow['event'] | undefined): string {
  return Object.entries(event ?? {})
    .filter(([name, value]) => !SAID_ALREADY.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' · ')
}
