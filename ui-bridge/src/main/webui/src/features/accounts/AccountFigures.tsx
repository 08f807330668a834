import { useCallback, useRef } from 'react'
import { mark } from '../../shared/byHand'
import { type AccountRow, channels } from '../../shared/contract'
import { useFallback } from '../../shared/fallback'
import { LiveMoney } from '../../shared/Live'
import type { Board } from '../../shared/link/board'
import { useChannel, useFigure, useLink, useWatched } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'
import { limitName, shareOf, toneOf } from './limits'

const single = () => ''
const versionOf = (row: AccountRow) => row.version

/** The account as the socket has it now, else as the list said it; who says what is the `same` renders for nothing else. */
export function useAccount(
  listed: AccountRow,
  same: (a: AccountRow, b: AccountRow) => boolean = sameRow,
): AccountRow {
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
    same,
    channel,
  )
}

const sameRow = (a: AccountRow, b: AccountRow) => a === b

/** What of an account is an amount, or the text that `of` makes of it, as it stands when it is asked for. */
export function useAccountText(
  listed: AccountRow,
  of: (row: AccountRow) => string | undefined,
): { channel: string; say: (board: Board) => string } {
  const channel = channels.account(listed.accountId)
  const say = useCallback(
    (board: Board) => of((board.cell(channel, '')?.data as AccountRow | null | undefined) ?? listed) ?? '',
    [channel, listed, of],
  )
  return { channel, say }
}

interface AccountMoneyProps {
  listed: AccountRow
  /** Must be stable. */
  of: (row: AccountRow) => string | undefined
  pnl?: boolean
  testId?: string
}

export function AccountMoney({ listed, of, ...money }: AccountMoneyProps) {
  return <LiveMoney {...useAccountText(listed, of)} {...money} />
}

export const balanceOf = (row: AccountRow) => row.balance
export const equityOf = (row: AccountRow) => row.equity
export const dayPnlOf = (row: AccountRow) => row.dayPnl

export function AccountFigures({ listed }: { listed: AccountRow }) {
  const account = useAccount(listed, sameHead)
  const nearest = nearestLimit(account)
  return (
    <dl className="figures">
      <div>
        <dt>Balance</dt>
        <dd>
          <AccountMoney listed={listed} of={balanceOf} testId="account-balance" />
        </dd>
      </div>
      <div>
        <dt>Equity</dt>
        <dd>
          <AccountMoney listed={listed} of={equityOf} testId="account-equity" />
          {account.currency !== undefined && <span className="unit">{account.currency}</span>}
        </dd>
      </div>
      <div>
        <dt>Day P&amp;L</dt>
        <dd>
          <AccountMoney listed={listed} of={dayPnlOf} pnl testId="account-day-pnl" />
        </dd>
      </div>
      {nearest !== null && <Nearest listed={listed} name={limitName(nearest.limit)} share={nearest.share} />}
    </dl>
  )
}

function Nearest({ listed, name, share }: { listed: AccountRow; name: string; share: number }) {
  const figure = useRef<HTMLDivElement>(null)
  const { channel, say } = useAccountText(listed, leftOfNearest)
  useFigure(figure, channel, say, entitle)
  return (
    <div ref={figure}>
      <dt>
        {name} {Math.round(share * 100)} %
      </dt>
      <dd>
        <meter
          className={`gauge-bar gauge-${toneOf(share)}`}
          min={0}
          max={100}
          value={Math.round(share * 100)}
          aria-label={`${name} used`}
        />
      </dd>
    </div>
  )
}

const entitle = (element: HTMLElement, title: string) => mark(element, 'title', title)

const leftOfNearest = (row: AccountRow) => {
  const nearest = nearestLimit(row)
  return nearest === null ? undefined : `${limitName(nearest.limit)}: ${nearest.limit.remaining} left`
}

/** What the header renders; its amounts are written by hand. */
function sameHead(a: AccountRow, b: AccountRow): boolean {
  return a === b || headOf(a) === headOf(b)
}

function headOf(row: AccountRow): string {
  const nearest = nearestLimit(row)
  return `${row.currency} ${nearest?.limit.name} ${nearest === null ? '' : Math.round(nearest.share * 100)}`
}

/** The limit of which the largest part is used. */
function nearestLimit({ limits }: AccountRow) {
  const all = (limits ?? []).map(limit => ({ limit, share: shareOf(limit.used, limit.limit) }))
  return all.reduce<(typeof all)[number] | null>(
    (near, each) => (near === null || each.share > near.share ? each : near),
    null,
  )
}

export function sameState(a: AccountRow, b: AccountRow): boolean {
  return a.tradingState === b.tradingState && a.quarantined === b.quarantined && a.name === b.name
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
