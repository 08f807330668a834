import { type ReactNode, useCallback, useMemo } from 'react'
import {
  type AccountRow,
  channels,
  type InstrumentRow,
  type LimitRow,
  type PositionRow,
} from '../../shared/contract'
import { formatMoney } from '../../shared/decimal'
import { Live, LiveMoney } from '../../shared/Live'
import type { Board } from '../../shared/link/board'
import { usePart } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { ticksOf } from '../../shared/pnl'
import { usePositionFeed } from '../positions/usePositions'
import { AccountMoney, balanceOf, dayPnlOf, equityOf, useAccount, useAccountText } from './AccountFigures'
import { amountText, isMoney, limitName, shareOf, stillNeeded, toneOf } from './limits'

/** How near every limit is, in money and in ticks of what is held. */
export function Gauges({ account: listed, instrument, subject }: PanelSubject) {
  const { accountId } = listed
  const account = useAccount(listed, sameGauges)
  usePositionFeed(accountId)
  const positions = channels.positions(accountId)
  const { symbol } = instrument
  const lots = usePart(positions, symbol, lotsOf)
  const open = useCallback(
    (board: Board) => {
      const row = board.cell(positions, symbol)?.data as PositionRow | null | undefined
      return row == null || row.netQty === 0 ? '' : (row.unrealizedPnl ?? '')
    },
    [positions, symbol],
  )
  const limits = account.limits ?? []
  return (
    <Panel
      title="Risk"
      subject={subject}
      testId="risk"
      aside={
        <span className={`badge state-${account.tradingState.toLowerCase()}`}>{account.tradingState}</span>
      }
    >
      <dl className="risk-figures">
        <Figure name="Balance" account={account}>
          <AccountMoney listed={listed} of={balanceOf} />
        </Figure>
        <Figure name="Equity" account={account}>
          <AccountMoney listed={listed} of={equityOf} />
        </Figure>
        <Figure name="Day P&L" account={account}>
          <AccountMoney listed={listed} of={dayPnlOf} pnl />
        </Figure>
        <Figure name={`Open ${symbol}`} account={account}>
          <LiveMoney channel={positions} say={open} pnl />
        </Figure>
        {account.openRisk !== undefined && <OpenRisk account={account} risk={account.openRisk} />}
      </dl>
      {limits.length === 0 ? (
        <p className="empty">No limit is set for this account.</p>
      ) : (
        <ul className="gauges">
          {limits.map(limit => (
            <Gauge key={limit.name} listed={listed} limit={limit} lots={lots} instrument={instrument} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

const lotsOf = (row: PositionRow | undefined) => Math.abs(row?.netQty ?? 0)

/** What is rendered of the account; amounts are written by hand. */
function sameGauges(a: AccountRow, b: AccountRow): boolean {
  return a === b || gaugesOf(a) === gaugesOf(b)
}

function gaugesOf({ tradingState, currency, limits, openRisk }: AccountRow): string {
  return JSON.stringify([
    tradingState,
    currency,
    openRisk,
    limits?.map(limit => [
      [limit.name, limit.unit, limit.tier, limit.limit, percentOf(limit)],
      [stillNeeded(limit) === null, limit.ticks === undefined],
    ]),
  ])
}

const percentOf = ({ used, limit }: LimitRow) => Math.round(shareOf(used, limit) * 100)

/** What is lost if every protective stop is reached, and what has no stop at all. */
function OpenRisk({ account, risk }: { account: AccountRow; risk: NonNullable<AccountRow['openRisk']> }) {
  if (risk.protectedQty === 0 && risk.unprotectedQty === 0) return null
  return (
    <>
      <Figure name="Lost at the stops" account={account}>
        <Money value={risk.toStops} />
      </Figure>
      {risk.unprotectedQty > 0 && (
        <div>
          <dt>Without a stop</dt>
          <dd className="warn-text num">
            {risk.unprotectedQty} {risk.unprotectedQty === 1 ? 'lot' : 'lots'}
          </dd>
        </div>
      )}
    </>
  )
}

interface FigureProps {
  name: string
  account: AccountRow
  children: ReactNode
}

function Figure({ name, account, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children} <span className="unit">{account.currency}</span>
      </dd>
    </div>
  )
}

interface GaugeProps {
  listed: AccountRow
  limit: LimitRow
  /** Held of the instrument. */
  lots: number
  instrument: InstrumentRow
}

function Gauge({ listed, limit, lots, instrument }: GaugeProps) {
  const { name } = limit
  const { tickValue } = instrument
  const needed = stillNeeded(limit) !== null
  const inTicks = limit.ticks !== undefined || (lots > 0 && isMoney(limit))
  const left = useAccountText(
    listed,
    useMemo(() => ofLimit(name, leftText), [name]),
  )
  const used = useAccountText(
    listed,
    useMemo(() => ofLimit(name, usedText), [name]),
  )
  const ticks = useAccountText(
    listed,
    useMemo(() => ofLimit(name, now => ticksText(now, lots, tickValue)), [name, lots, tickValue]),
  )
  const percent = percentOf(limit)
  return (
    <li className="gauge" data-testid={`limit-${name}`}>
      <span className="gauge-name">{limitName(limit)}</span>
      <span className="gauge-left">
        <Live {...left} /> {needed ? 'more profit needed' : 'left'}
        {inTicks && (
          <span className="muted">
            {' '}
            · <Live {...ticks} /> ticks
          </span>
        )}
      </span>
      <meter
        className={`gauge-bar gauge-${toneOf(shareOf(limit.used, limit.limit))}`}
        min={0}
        max={100}
        value={percent}
        aria-label={`${name}: ${percent} % used`}
      />
      <span className="fine gauge-of">
        <Live {...used} /> of <span className="num">{amountText(limit, limit.limit, false)}</span>
        {limit.tier !== undefined && ` · ${limit.tier.toLowerCase()}`}
      </span>
    </li>
  )
}

/** What of the limit of that name the account says now. */
const ofLimit = (name: string, text: (limit: LimitRow) => string) => (row: AccountRow) => {
  const limit = row.limits?.find(each => each.name === name)
  return limit === undefined ? undefined : text(limit)
}

function leftText(limit: LimitRow): string {
  const needed = stillNeeded(limit)
  return needed === null ? amountText(limit, limit.remaining, true) : formatMoney(needed)
}

const usedText = (limit: LimitRow) => amountText(limit, limit.used, false)

function ticksText(limit: LimitRow, lots: number, tickValue: string): string {
  const ticks = limit.ticks ?? (lots === 0 ? null : ticksOf(limit.remaining, lots, tickValue))
  return ticks === null ? '–' : ticks.toLocaleString('en')
}
