import { channels, type FillRow } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import type { Cell } from '../../shared/link/board'
import { useCell, useChannel, useSelected } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel } from '../../shared/Panel'
import { queryKeys } from '../../shared/queryKeys'
import { formatPrice } from '../../shared/ticks'
import { formatClock } from '../../shared/time'
import { useInstrument } from '../instruments/useInstruments'

const SHOWN = 100

const execIdOf = (row: FillRow) => row.execId
const seqOf = (row: FillRow) => row.seq

function newestFills(cells: ReadonlyMap<string, Cell>): readonly string[] {
  return [...cells]
    .flatMap(([key, cell]) => (cell.data === null ? [] : [{ key, seq: (cell.data as FillRow).seq }]))
    .sort((a, b) => b.seq - a.seq)
    .slice(0, SHOWN)
    .map(({ key }) => key)
}

export function Fills({ accountId }: { accountId: string }) {
  const channel = channels.fills(accountId)
  useChannel(channel)
  useFallback<FillRow>({
    channel,
    queryKey: queryKeys.fills(accountId),
    path: `/api/accounts/${encodeURIComponent(accountId)}/fills?limit=100`,
    keyOf: execIdOf,
    versionOf: seqOf,
  })
  const ids = useSelected(channel, newestFills)
  return (
    <Panel title="Fills" about={accountId} className="done" testId="fills">
      {ids.length === 0 ? (
        <p className="empty">Nothing was filled yet.</p>
      ) : (
        <div className="scroll scroll-tall">
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Side</th>
                <th scope="col" className="right">
                  Quantity
                </th>
                <th scope="col">Instrument</th>
                <th scope="col" className="right">
                  Price
                </th>
                <th scope="col" className="right minor">
                  Fee
                </th>
                <th scope="col" className="minor">
                  Order
                </th>
              </tr>
            </thead>
            <tbody>
              {ids.map(id => (
                <Fill key={id} channel={channel} id={id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function Fill({ channel, id }: { channel: string; id: string }) {
  const row = useCell<FillRow>(channel, id)?.data
  const tickSize = useInstrument(row?.symbol ?? '')?.tickSize
  if (!row) return null
  return (
    <tr data-testid={`fill-row-${row.execId}`}>
      <td className="num muted" title={`venue time ${row.venueTime}`}>
        {formatClock(row.at)}
      </td>
      <td>
        <span className={`side side-${row.side.toLowerCase()}`}>{row.side === 'BUY' ? 'Buy' : 'Sell'}</span>
      </td>
      <td className="num right" data-testid="fill-qty" data-value={row.lastQty}>
        {row.lastQty}
      </td>
      <td>{row.symbol}</td>
      <td className="num right" data-testid="fill-price" data-value={row.lastPx}>
        {formatPrice(row.lastPx, tickSize)}
      </td>
      <td className="right minor">
        <Money value={row.fee} />
      </td>
      <td className="minor muted id">{row.clOrdId}</td>
    </tr>
  )
}
