import { type FunctionComponent, lazy, Suspense } from 'react'
import { Gauges } from '../features/accounts/Gauges'
import { DebugPanel } from '../features/debug/DebugPanel'
import { Fills } from '../features/fills/Fills'
import { Ladder } from '../features/ladder/Ladder'
import { LatencyPanel } from '../features/latency/LatencyPanel'
import { Notices } from '../features/notices/Notices'
import { OrderBook } from '../features/orders/OrderBook'
import { Positions } from '../features/positions/Positions'
import { QuotePanel } from '../features/quotes/QuotePanel'
import { ReplayPanel } from '../features/replay/ReplayPanel'
import { TimeAndSales } from '../features/tape/TimeAndSales'
import { TicketPanel } from '../features/ticket/TicketPanel'
import { TimeTravel } from '../features/timetravel/TimeTravel'
import { TradesPanel } from '../features/trades/TradesPanel'
import { WatchList } from '../features/watch/WatchList'
import { PanelBoundary, type PanelSubject } from '../shared/Panel'
import { useDesk } from './desk'
import { type Choice, Subject } from './Subject'

/** The largest part of the desk: prices and orders are there first. */
const ChartPanel = lazy(async () => ({
  default: (await import('../features/chart/ChartPanel')).ChartPanel,
}))

export interface PanelKind {
  title: string
  of: readonly ('instrument' | 'account')[]
  Content: FunctionComponent<PanelSubject>
}

export const PANELS = {
  chart: { title: 'Chart', of: ['instrument', 'account'], Content: ChartPanel },
  ladder: { title: 'Ladder', of: ['instrument', 'account'], Content: Ladder },
  ticket: { title: 'Ticket', of: ['instrument', 'account'], Content: Ticket },
  quote: { title: 'Quote', of: ['instrument'], Content: QuotePanel },
  orders: { title: 'Orders', of: ['account'], Content: OrderBook },
  positions: { title: 'Positions', of: ['account'], Content: Positions },
  fills: { title: 'Fills', of: ['account'], Content: Fills },
  trades: { title: 'Trades', of: ['account'], Content: TradesPanel },
  tape: { title: 'Time & sales', of: ['instrument'], Content: TimeAndSales },
  watch: { title: 'Watch list', of: [], Content: Watch },
  risk: { title: 'Risk', of: ['instrument', 'account'], Content: Gauges },
  notices: { title: 'Notices', of: ['account'], Content: Notices },
  timetravel: { title: 'Time travel', of: ['account'], Content: TimeTravel },
  replay: { title: 'Replay', of: [], Content: ReplayPanel },
  latency: { title: 'Latency', of: [], Content: LatencyPanel },
  debug: { title: 'Connection', of: [], Content: DebugPanel },
} as const satisfies Record<string, PanelKind>

export type PanelName = keyof typeof PANELS

export const PANEL_NAMES = Object.keys(PANELS) as readonly PanelName[]

function Ticket(subject: PanelSubject) {
  return <TicketPanel {...subject} control={useDesk().control} />
}

function Watch(subject: PanelSubject) {
  const { instruments, select } = useDesk()
  return <WatchList {...subject} instruments={instruments} onPick={symbol => select({ symbol })} />
}

interface MountedPanelProps {
  name: PanelName
  choice: Choice
  onChoose: (choice: Choice) => void
}

/** A panel with what it is about: its own choice where it has one, else the desk's. */
export function MountedPanel({ name, choice, onChoose }: MountedPanelProps) {
  const desk = useDesk()
  const kind: PanelKind = PANELS[name]
  const account = desk.accounts.find(each => each.accountId === choice.accountId) ?? desk.account
  const instrument = desk.instruments.find(each => each.symbol === choice.symbol) ?? desk.instrument
  const { Content } = kind
  return (
    <PanelBoundary title={kind.title}>
      <Suspense fallback={<section className="panel" aria-busy="true" />}>
        <Content
          key={`${kind.of.includes('instrument') ? instrument.symbol : ''}|${kind.of.includes('account') ? account.accountId : ''}`}
          account={account}
          instrument={instrument}
          subject={
            <Subject
              choice={choice}
              onChoose={onChoose}
              account={account}
              instrument={instrument}
              of={kind.of}
            />
          }
        />
      </Suspense>
    </PanelBoundary>
  )
}
