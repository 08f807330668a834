import { channels, type OrderRow } from '../../shared/contract'
import { useCell, useSelected } from '../../shared/link/hooks'
import { Panel } from '../../shared/Panel'
import { ProblemNote } from '../../shared/ProblemNote'
import { formatClock } from '../../shared/time'
import { useInstrument } from '../instruments/useInstruments'
import { OrderPrice, OrderStatus, SideMark } from './OrderCells'
import { mayCancel, workingIds } from './orders'
import { useCancel } from './useCancel'
import { useOrderFeed } from './useOrders'

export function WorkingOrders({ accountId }: { accountId: string }) {
  useOrderFeed(accountId)
  const ids = useSelected(channels.orders(accountId), workingIds)
  return (
    <Panel title="Working orders" about={accountId} aside={<Count of={ids.length} />} testId="working-orders">
      {ids.length === 0 ? (
        <p className="empty">No order is working.</p>
      ) : (
        <div className="scroll">
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
                <th scope="col" className="right">
                  Price
                </th>
                <th scope="col">Status</th>
                <th scope="col">
                  <span className="sr-only">Cancel</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {ids.map(id => (
                <WorkingOrder key={id} accountId={accountId} clOrdId={id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

export function Count({ of }: { of: number }) {
  return of === 0 ? null : <span className="num count">{of}</span>
}

function WorkingOrder({ accountId, clOrdId }: { accountId: string; clOrdId: string }) {
  const row = useCell<OrderRow>(channels.orders(accountId), clOrdId)?.data
  const instrument = useInstrument(row?.symbol ?? '')
  const { cancel, send, dismiss } = useCancel(accountId, clOrdId)
  if (!row) return null
  const permission = mayCancel(row)
  return (
    <>
      <tr data-testid={`order-row-${clOrdId}`} data-status={row.ordStatus}>
        <td className="num muted minor" title={row.createdAt}>
          {formatClock(row.createdAt)}
        </td>
        <td>
          <SideMark side={row.side} />
        </td>
        <td>{row.symbol}</td>
        <td className="num right" data-testid={`order-filled-${clOrdId}`}>
          {row.cumQty}
          <span className="muted"> / {row.orderQty}</span>
        </td>
        <td className="right">
          <OrderPrice row={row} tickSize={instrument?.tickSize} />
        </td>
        <td>
          <OrderStatus row={row} />
        </td>
        <td className="right">
          <button
            type="button"
            className="button button-small"
            data-testid={`order-cancel-${clOrdId}`}
            aria-label={`Cancel ${row.side.toLowerCase()} ${row.orderQty} ${row.symbol}`}
            title={permission.allowed ? undefined : permission.why}
            disabled={!permission.allowed || cancel.state === 'sending'}
            onClick={() => send()}
          >
            {cancel.state === 'sending' ? 'Cancelling' : 'Cancel'}
          </button>
        </td>
      </tr>
      {cancel.state === 'refused' && (
        <tr>
          <td colSpan={7}>
            <ProblemNote problem={cancel.problem} onDismiss={dismiss} />
          </td>
        </tr>
      )}
      {cancel.state === 'unknown' && (
        <tr>
          <td colSpan={7}>
            <div className="note note-warn" role="alert">
              <p>
                Not known whether the cancel arrived ({cancel.why}). The order above shows what is true;
                cancelling again does no harm.
              </p>
              <button type="button" className="note-close" aria-label="Dismiss" onClick={dismiss}>
                ×
              </button>
            </div>
          </td>
        </tr>
      )}
    </>
  )
}
