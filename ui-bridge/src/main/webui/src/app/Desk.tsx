import { useEffect } from 'react'
import { AccountFigures, TradingStateNote, useAccount } from '../features/accounts/AccountFigures'
import { AccountSelect } from '../features/accounts/AccountSelect'
import { firstAccount, useAccounts } from '../features/accounts/useAccounts'
import { ConnectionState } from '../features/connection/ConnectionState'
import { Refusals } from '../features/connection/Refusals'
import { DepthLadder } from '../features/depth/DepthLadder'
import { Fills } from '../features/fills/Fills'
import { InstrumentSelect } from '../features/instruments/InstrumentSelect'
import { useFirstSymbol, useInstruments } from '../features/instruments/useInstruments'
import { Notices } from '../features/notices/Notices'
import { RecentOrders } from '../features/orders/RecentOrders'
import { WorkingOrders } from '../features/orders/WorkingOrders'
import { Positions } from '../features/positions/Positions'
import { QuotePanel } from '../features/quotes/QuotePanel'
import { TicketPanel } from '../features/ticket/TicketPanel'
import { type TicketControl, useTicket } from '../features/ticket/useTicket'
import type { AccountRow, InstrumentRow } from '../shared/contract'
import { useSelection } from './selection'

export function Desk() {
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

  return (
    <div className={`desk ${account !== undefined && !account.practice ? 'desk-live' : 'desk-practice'}`}>
      <header className="bar">
        <h1 className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          Tapeline
        </h1>
        <InstrumentSelect
          instruments={instruments}
          symbol={instrument?.symbol}
          onSelect={symbol => select({ symbol })}
        />
        <AccountSelect accounts={accounts} account={account} onSelect={id => select({ account: id })} />
        <span className="bar-space" />
        {account !== undefined && <LiveFigures key={account.accountId} listed={account} />}
        <ConnectionState />
      </header>
      {account === undefined || instrument === undefined ? (
        <main className="center-page" aria-busy="true">
          <p>Waiting for {account === undefined ? 'accounts' : 'instruments'}…</p>
        </main>
      ) : (
        <Panels listed={account} instrument={instrument} control={control} />
      )}
    </div>
  )
}

function LiveFigures({ listed }: { listed: AccountRow }) {
  return <AccountFigures account={useAccount(listed)} />
}

interface PanelsProps {
  listed: AccountRow
  instrument: InstrumentRow
  control: TicketControl
}

function Panels({ listed, instrument, control }: PanelsProps) {
  const account = useAccount(listed)
  const { accountId } = account
  return (
    <>
      <Refusals />
      <TradingStateNote account={account} />
      <main className="panels">
        <div className="column column-market">
          <QuotePanel key={instrument.symbol} instrument={instrument} venue={account.venue} />
          <DepthLadder
            instrument={instrument}
            onPick={price => control.edit({ ordType: 'LIMIT', price, priceOf: instrument.symbol })}
          />
        </div>
        <div className="column column-ticket">
          <TicketPanel account={account} instrument={instrument} control={control} />
          <Notices accountId={accountId} />
        </div>
        <div className="column column-books" key={accountId}>
          <Positions accountId={accountId} />
          <WorkingOrders accountId={accountId} />
          <RecentOrders accountId={accountId} />
          <Fills accountId={accountId} />
        </div>
      </main>
    </>
  )
}
