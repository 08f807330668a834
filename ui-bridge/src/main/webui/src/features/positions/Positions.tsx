import { channels, type PositionRow } from '../../shared/contract'
import { negate, sum } from '../../shared/decimal'
import { useFallback } from '../../shared/fallback'
import { useCell, useChannel, useLiveness, useSelected } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel } from '../../shared/Panel'
import { queryKeys } from '../../shared/queryKeys'
import { formatPrice } from '../../shared/ticks'
import { useInstrument } from '../instruments/useInstruments'
import { netText, positionSymbols } from './positions'

const symbolOf = (row: PositionRow) => row.symbol
const versionOf = (row: PositionRow) => row.version

export function Positions({ accountId }: { accountId: string }) {
  const channel = channels.positions(accountId)
  useChannel(channel)
  useFallback<PositionRow>({
    channel,
    queryKey: queryKeys.positions(accountId),
    path: `/api/accounts/${encodeURIComponent(accountId)}/positions`,
    keyOf: symbolOf,
    versionOf,
  })
  const symbols = useSelected(channel, positionSymbols)
  const stale = useLiveness().kind !== 'live'
  return (
    <Panel title="Positions" about={accountId} className={stale ? 'is-stale' : ''} testId="positions">
      {symbols.length === 0 ? (
        <p className="empty">No position was opened yet.</p>
      ) : (
        <div className="scroll">
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">Instrument</th>
                <th scope="col" className="right">
                  Net
                </th>
                <th scope="col" className="right">
                  Average
                </th>
                <th scope="col" className="right minor">
                  Mark
                </th>
                <th scope="col" className="right">
                  Unrealised
                </th>
                <th scope="col" className="right minor">
                  Realised
                </th>
                <th scope="col" className="right minor">
                  Fees
                </th>
                <th scope="col" className="right">
                  Net P&amp;L
                </th>
              </tr>
            </thead>
            <tbody>
              {symbols.map(symbol => (
                <Position key={symbol} accountId={accountId} symbol={symbol} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function Position({ accountId, symbol }: { accountId: string; symbol: string }) {
  const row = useCell<PositionRow>(channels.positions(accountId), symbol)?.data
  const tickSize = useInstrument(symbol)?.tickSize
  if (!row) return null
  const flat = row.netQty === 0
  const side = flat ? '' : row.netQty > 0 ? 'side-buy' : 'side-sell'
  return (
    <tr data-testid={`position-row-${symbol}`} className={flat ? 'is-flat' : ''}>
      <td>{symbol}</td>
      <td className={`num right side ${side}`} data-testid="position-net" data-value={row.netQty}>
        {netText(row.netQty)}
      </td>
      <td className="num right" data-testid="position-avg" data-value={row.avgPx}>
        {formatPrice(row.avgPx, tickSize)}
      </td>
      <td className="num right minor" data-testid="position-mark" data-value={row.markPx} title={row.markAt}>
        {formatPrice(row.markPx, tickSize)}
      </td>
      <td className="right">
        <Money value={row.unrealizedPnl} pnl testId="position-pnl" />
      </td>
      <td className="right minor">
        <Money value={row.realizedPnl} pnl testId="position-realized" />
      </td>
      <td className="right minor">
        <Money value={row.fees} testId="position-fees" />
      </td>
      <td className="right strong">
        <Money
          value={sum(row.realizedPnl, row.unrealizedPnl, negate(row.fees))}
          pnl
          testId="position-total"
        />
      </td>
    </tr>
  )
}
