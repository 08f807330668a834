import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { OrderRow, PositionRow } from '../../shared/contract'
import { negate, sum } from '../../shared/decimal'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf } from '../../shared/rest'
import { formatPrice } from '../../shared/ticks'
import { useInstrument } from '../instruments/useInstruments'
import { netText } from '../positions/positions'

/** How the account stood at an instant: nothing here is now, and it says so. */
export function TimeTravel({ account, subject }: PanelSubject) {
  const [typed, setTyped] = useState(() => localNow())
  const [instant, setInstant] = useState<string | null>(null)
  const go = (event: FormEvent) => {
    event.preventDefault()
    const at = new Date(typed)
    if (!Number.isNaN(at.getTime())) setInstant(at.toISOString())
  }
  const back = (minutes: number) => {
    const at = new Date(Date.now() - minutes * 60_000)
    setTyped(local(at))
    setInstant(at.toISOString())
  }
  return (
    <Panel title="Time travel" subject={subject} testId="timetravel">
      <form className="toolbar time-travel-form" onSubmit={go}>
        <label className="inline-label">
          As of
          <input
            type="datetime-local"
            step="1"
            value={typed}
            data-testid="as-of"
            onChange={event => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-small" data-testid="as-of-go">
          Show
        </button>
        {[1, 5, 60].map(minutes => (
          <button key={minutes} type="button" className="link-button" onClick={() => back(minutes)}>
            −{minutes} min
          </button>
        ))}
      </form>
      {instant === null ? (
        <p className="empty">Positions and orders exactly as they were, derived from the journal.</p>
      ) : (
        <AsOf accountId={account.accountId} instant={instant} />
      )}
    </Panel>
  )
}

function AsOf({ accountId, instant }: { accountId: string; instant: string }) {
  const path = `/api/accounts/${encodeURIComponent(accountId)}`
  const asOf = encodeURIComponent(instant)
  const positions = useQuery({
    queryKey: queryKeys.asOf(accountId, 'positions', instant),
    retry: false,
    queryFn: async ({ signal }) => itemsOf<PositionRow>(await get(`${path}/positions?asOf=${asOf}`, signal)),
  })
  const orders = useQuery({
    queryKey: queryKeys.asOf(accountId, 'orders', instant),
    retry: false,
    queryFn: async ({ signal }) =>
      itemsOf<OrderRow>(await get(`${path}/orders?state=working&asOf=${asOf}&limit=200`, signal)),
  })
  const error = positions.error ?? orders.error
  return (
    <div className="scroll as-of" data-testid="as-of-view">
      <p className="strip strip-warn">As of {instant.replace('T', ' ').slice(0, 19)} UTC. Not live.</p>
      {error !== null && <p className="note note-bad">{error.message}</p>}
      <h3>Positions</h3>
      {(positions.data ?? []).filter(row => row.netQty !== 0).length === 0 && <p className="empty">Flat.</p>}
      <ul className="as-of-list">
        {(positions.data ?? [])
          .filter(row => row.netQty !== 0)
          .map(row => (
            <PositionThen key={row.symbol} row={row} />
          ))}
      </ul>
      <h3>Working orders</h3>
      {orders.data?.length === 0 && <p className="empty">None.</p>}
      <ul className="as-of-list">
        {(orders.data ?? []).map(row => (
          <li key={row.clOrdId}>
            <span className={`side side-${row.side.toLowerCase()}`}>{row.side}</span>
            <span className="num">{row.leavesQty}</span>
            <span>{row.symbol}</span>
            <span className="num">{row.price ?? row.stopPx ?? 'market'}</span>
            <span className="muted id">{row.clOrdId}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function PositionThen({ row }: { row: PositionRow }) {
  const tickSize = useInstrument(row.symbol)?.tickSize
  return (
    <li>
      <span>{row.symbol}</span>
      <span className="num">{netText(row.netQty)}</span>
      <span className="num">{formatPrice(row.avgPx, tickSize)}</span>
      <Money value={sum(row.realizedPnl, row.unrealizedPnl, negate(row.fees))} pnl />
    </li>
  )
}

function local(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

function localNow(): string {
  return local(new Date())
}
