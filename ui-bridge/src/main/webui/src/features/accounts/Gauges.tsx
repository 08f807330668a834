import type { AccountRow, InstrumentRow, LimitRow, PositionRow } from '../../shared/contract'
import { Money } from '../../shared/Money'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { ticksOf } from '../../shared/pnl'
import { usePositionFeed, useShownPosition } from '../positions/usePositions'
import { useAccount } from './AccountFigures'
import { counted, limitName, shareOf, stillNeeded } from './limits'

/** How near every limit is, in money and in ticks of what is held. */
export function Gauges({ account: listed, instrument, subject }: PanelSubject) {
  const account = useAccount(listed)
  usePositionFeed(account.accountId)
  const position = useShownPosition(account.accountId, instrument.symbol)
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
        <Figure name="Balance" account={account} value={account.balance} />
        <Figure name="Equity" account={account} value={account.equity} />
        <Figure name="Day P&L" account={account} value={account.dayPnl} pnl />
        <Figure
          name={`Open ${instrument.symbol}`}
          account={account}
          value={position !== undefined && position.netQty !== 0 ? position.unrealizedPnl : undefined}
          pnl
        />
        {account.openRisk !== undefined && <OpenRisk account={account} risk={account.openRisk} />}
      </dl>
      {limits.length === 0 ? (
        <p className="empty">No limit is set for this account.</p>
      ) : (
        <ul className="gauges">
          {limits.map(limit => (
            <Gauge key={limit.name} limit={limit} position={position} instrument={instrument} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** What is lost if every protective stop is reached, and what has no stop at all. */
function OpenRisk({ account, risk }: { account: AccountRow; risk: NonNullable<AccountRow['openRisk']> }) {
  if (risk.protectedQty === 0 && risk.unprotectedQty === 0) return null
  return (
    <>
      <Figure name="Lost at the stops" account={account} value={risk.toStops} />
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
  value: string | undefined
  pnl?: boolean
}

function Figure({ name, account, value, pnl = false }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Money value={value} pnl={pnl} /> <span className="unit">{account.currency}</span>
      </dd>
    </div>
  )
}

interface GaugeProps {
  limit: LimitRow
  position: PositionRow | undefined
  instrument: InstrumentRow
}

function Gauge({ limit, position, instrument }: GaugeProps) {
  const share = shareOf(limit.used, limit.limit)
  const tone = share >= 0.9 ? 'bad' : share >= 0.75 ? 'warn' : 'good'
  const lots = Math.abs(position?.netQty ?? 0)
  const money = limit.unit === undefined || limit.unit === 'MONEY'
  const own = lots === 0 || !money ? null : ticksOf(limit.remaining, lots, instrument.tickValue)
  const ticks = limit.ticks ?? own
  const amount = (value: string, unit: LimitRow['unit']) =>
    money ? <Money value={value} /> : <span className="num">{counted(value, unit)}</span>
  const short = limit.unit === 'PERCENT' ? limit.unit : undefined
  const needed = stillNeeded(limit)
  const percent = Math.round(share * 100)
  return (
    <li className="gauge" data-testid={`limit-${limit.name}`}>
      <span className="gauge-name">{limitName(limit)}</span>
      <span className="gauge-left">
        {needed === null ? (
          <>{amount(limit.remaining, limit.unit)} left</>
        ) : (
          <>
            <Money value={needed} /> more profit needed
          </>
        )}
        {ticks !== null && (
          <span className="muted">
            {' '}
            · <span className="num">{ticks.toLocaleString('en')}</span> ticks
          </span>
        )}
      </span>
      <meter
        className={`gauge-bar gauge-${tone}`}
        min={0}
        max={100}
        value={percent}
        aria-label={`${limit.name}: ${percent} % used`}
      />
      <span className="fine gauge-of">
        {amount(limit.used, short)} of {amount(limit.limit, short)}
        {limit.tier !== undefined && ` · ${limit.tier.toLowerCase()}`}
      </span>
    </li>
  )
}
