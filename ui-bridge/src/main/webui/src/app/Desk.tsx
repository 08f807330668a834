import type { DockviewApi } from 'dockview-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { sameState, TradingStateNote, useAccount } from '../features/accounts/AccountFigures'
import { firstAccount, useAccounts } from '../features/accounts/useAccounts'
import { Refusals } from '../features/connection/Refusals'
import { useFirstSymbol, useInstruments } from '../features/instruments/useInstruments'
import { useAlerts } from '../features/notices/useAlerts'
import { useOrderFeed } from '../features/orders/useOrders'
import { usePositionFeed } from '../features/positions/usePositions'
import { useTicket } from '../features/ticket/useTicket'
import { Toasts } from '../features/toasts/Toasts'
import { type AccountRow, channels } from '../shared/contract'
import { useChannel } from '../shared/link/hooks'
import { useSetting } from '../shared/settings'
import { isNarrow, useNarrow } from '../shared/useNarrow'
import { DeskContext, type DeskState } from './desk'
import { Header } from './Header'
import { Keyboard } from './Keyboard'
import { Phone } from './Phone'
import { useSelection } from './selection'
import { useScheme } from './theme'

const docked = () => import('./Workspace').then(({ Workspace }) => ({ default: Workspace }))
const Workspace = lazy(docked)
// Not first when there is something to put into it; a phone never needs it.
if (!isNarrow()) void docked()

export function Desk() {
  useScheme()
  const [selection, select] = useSelection()
  const accounts = useAccounts()
  const instruments = useInstruments()
  const account =
    accounts.find(each => each.accountId === selection.account) ?? firstAccount(accounts, instruments)
  const instrument = instruments.find(each => each.symbol === selection.symbol)
  const first = useFirstSymbol(instruments, account?.venue, instrument !== undefined)
  useEffect(() => {
    if (first !== null) select({ symbol: first })
  }, [first, select])
  const control = useTicket()
  const desk = useMemo(
    () =>
      account === undefined || instrument === undefined
        ? null
        : { accounts, instruments, account, instrument, select, control },
    [accounts, instruments, account, instrument, select, control],
  )
  if (desk === null)
    return (
      <main className="center-page" aria-busy="true" data-testid="waiting">
        <h1>Tapeline</h1>
        <p>Waiting for {account === undefined ? 'accounts' : 'instruments'}…</p>
      </main>
    )
  return <OpenDesk desk={desk} />
}

function OpenDesk({ desk }: { desk: DeskState }) {
  const [preset, setPreset] = useSetting('preset')
  const [dock, setDock] = useState<DockviewApi | null>(null)
  const narrow = useNarrow()
  const { account, instrument } = desk
  // Before there is a panel that shows it, and for whoever trades by key where none does.
  useChannel(channels.quote(instrument.symbol))
  useOrderFeed(account.accountId)
  usePositionFeed(account.accountId)
  useAlerts(account.accountId)
  return (
    <DeskContext value={desk}>
      <div className={`desk ${account.practice ? 'desk-practice' : 'desk-live'}`}>
        <Header preset={preset} onPreset={setPreset} dock={dock} />
        <Refusals />
        <LiveTradingState key={account.accountId} listed={account} />
        {narrow ? (
          <Phone />
        ) : (
          <Suspense fallback={<main className="workspace" aria-busy="true" />}>
            <Workspace preset={preset} onReady={setDock} />
          </Suspense>
        )}
        <Toasts />
        <Keyboard dock={dock} onPreset={setPreset} />
      </div>
    </DeskContext>
  )
}

function LiveTradingState({ listed }: { listed: AccountRow }) {
  return <TradingStateNote account={useAccount(listed, sameState)} />
}
