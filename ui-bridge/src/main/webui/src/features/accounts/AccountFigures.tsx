import { type AccountRow, channels } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import { useChannel, useLink, useWatched } from '../../shared/link/hooks'
import { Money } from '../../shared/Money'
import { queryKeys } from '../../shared/queryKeys'
import { limitName, shareOf } from './limits'

const single = () => ''
const versionOf = (row: AccountRow) => row.version

/** The account as the socket has it now, else as the list said it. */
export function useAccount(listed: AccountRow): AccountRow {
  const channel = channels.account(listed.accountId)
  useChannel(channel)
  useFallback<AccountRow>({
    channel,
    queryKey: queryKeys.account(listed.accountId),
    path: `/api/accounts/${encodeURIComponent(listed.accountId)}`,
    keyOf: single,
    versionOf,
  })
  const { board } = useLink()
  return useWatched(
    () => (board.cell(channel, '')?.data as AccountRow | null | undefined) ?? listed,
    sameFigures,
    channel,
  )
}

/** Twenty times a second the account is said again, and mostly nothing in it is another. */
function sameFigures(a: AccountRow, b: AccountRow): boolean {
  return a === b || figuresOf(a) === figuresOf(b)
}

function figuresOf(row: AccountRow): string {
  const { accountId, name, tradingState, quarantined, currency, balance, equity, dayPnl, limits, openRisk } =
    row
  return JSON.stringify([
    [accountId, name, tradingState, quarantined, currency],
    [balance, equity, dayPnl],
    limits,
    openRisk,
  ])
}

export function AccountFigures({ listed }: { listed: AccountRow }) {
  const account = useAccount(listed)
  const nearest = nearestLimit(account)
  return (
    <dl className="figures">
      <div>
        <dt>Balance</dt>
        <dd>
          <Money value={account.balance} testId="account-balance" />
        </dd>
      </div>
      <div>
        <dt>Equity</dt>
        <dd>
          <Money value={account.equity} testId="account-equity" />
          {account.currency !== undefined && <span className="unit">{account.currency}</span>}
        </dd>
      </div>
      <div>
        <dt>Day P&amp;L</dt>
        <dd>
          <Money value={account.dayPnl} pnl testId="account-day-pnl" />
        </dd>
      </div>
      {nearest !== null && (
        <div title={`${limitName(nearest.limit)}: ${nearest.limit.remaining} left`}>
          <dt>
            {limitName(nearest.limit)} {Math.round(nearest.share * 100)} %
          </dt>
          <dd>
            <meter
              className={`gauge-bar gauge-${nearest.share >= 0.9 ? 'bad' : nearest.share >= 0.75 ? 'warn' : 'good'}`}
              min={0}
              max={100}
              value={Math.round(nearest.share * 100)}
              aria-label={`${limitName(nearest.limit)} used`}
            />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** The limit of which the largest part is used. */
function nearestLimit({ limits }: AccountRow) {
  const all = (limits ?? []).map(limit => ({ limit, share: shareOf(limit.used, limit.limit) }))
  return all.reduce<(typeof all)[number] | null>(
    (near, each) => (near === null || each.share > near.share ? each : near),
    null,
  )
}

/** Said only when it is not as usual. */
export function TradingStateNote({ account }: { account: AccountRow }) {
  if (account.quarantined)
    return (
      <p className="strip strip-bad" role="alert" data-testid="account-quarantined">
        {account.name} is quarantined: its figures may be stale, only cancels and reducing orders are taken.
      </p>
    )
  switch (account.tradingState) {
    case 'ACTIVE':
      return null
    case 'REDUCING':
      return (
        <p className="strip strip-warn" role="status" data-testid="trading-state">
          {account.name}: only orders that reduce the position are taken.
        </p>
      )
    case 'HALTED':
      return (
        <p className="strip strip-bad" role="alert" data-testid="trading-state">
          {account.name}: trading is halted. Cancels still pass.
        </p>
      )
  }
}
