import { channels, type OrderRow } from '../../shared/contract'
import { useCell, useSelected } from '../../shared/link/hooks'
import { Panel } from '../../shared/Panel'
import { formatPrice } from '../../shared/ticks'
import { formatClock } from '../../shared/time'
import { useInstrument } from '../instruments/useInstruments'
import { OrderPrice, OrderStatus, SideMark } from './OrderCells'
import { endReason, recentIds } from './orders'

/** Rows come from the feed that the working orders keep open. */
export function RecentOrders({ accountId }: { accountId: string }) {
  const ids = useSelected(channels.orders(accountId), recentIds)
  return (
    <Panel title="Recent orders" about={accountId} className="done" testId="recent-orders">
      {ids.length === 0 ? (
        <p className="empty">No order is done yet.</p>
      ) : (
        <div className="scroll scroll-tall">
          <table className="grid">
            <thead>
              <tr>
                <th scope="col" className="minor">
                  Time
                </th>
                <th scope="col">Side</th>
                <th scope="col">Instrument</th>
                <th scope="col" className="right">
                  Filled
                </th>
                <th scope="col" className="right minor">
                  Price
                </th>
                <th scope="col" className="right">
                  Average
                </th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {ids.map(id => (
                <RecentOrder key={id} accountId={accountId} clOrdId={id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function RecentOrder({ accountId, clOrdId }: { accountId: string; clOrdId: string }) {
  const row = useCell<OrderRow>(channels.orders(accountId), clOrdId)?.data
  const instrument = useInstrument(row?.symbol ?? '')
  if (!row) return null
  const reason = endReason(row)
  return (
    <tr data-testid={`order-row-${clOrdId}`} data-status={row.ordStatus}>
      <td className="num muted minor" title={row.updatedAt}>
        {formatClock(row.updatedAt)}
      </td>
      <td>
        <SideMark side={row.side} />
      </td>
      <td>{row.symbol}</td>
      <td className="num right" data-testid={`order-filled-${clOrdId}`}>
        {row.cumQty}
        <span className="muted"> / {row.orderQty}</span>
      </td>
      <td className="right minor">
        <OrderPrice row={row} tickSize={instrument?.tickSize} />
      </td>
      <td className="num right" data-testid={`order-avg-${clOrdId}`} data-value={row.avgPx}>
        {formatPrice(row.avgPx, instrument?.tickSize)}
      </td>
      <td>
        <OrderStatus row={row} />
        {reason !== null && <span className="fine reason">{reason}</span>}
      </td>
    </tr>
  )
}
