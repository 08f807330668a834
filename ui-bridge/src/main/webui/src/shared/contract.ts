/**
 * What is on the wire, as docs/protocol says: the same row on topics, REST and WebSocket.
 * Prices, money and rates are decimal strings and stay strings; `ticks.ts` and `decimal.ts` compute with them.
 */
export type Decimal = string
/** ISO-8601 UTC with microseconds. */
export type Timestamp = string

export type Side = 'BUY' | 'SELL'
export type OrdType = 'MARKET' | 'LIMIT' | 'STOP' | 'STOP_LIMIT' | 'TRAILING_STOP'
export type TimeInForce = 'DAY' | 'GTC' | 'IOC' | 'FOK' | 'GTD'
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED'
export type OrdStatus =
  | 'PENDING_NEW'
  | 'NEW'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'DENIED'

export interface InstrumentRow {
  symbol: string
  root: string
  exchange: string
  description: string
  tickSize: Decimal
  /** What one lot gains or loses per tick, in `currency`. */
  tickValue: Decimal
  currency: string
  expiry?: string
  session: string
  venue: string
  front: boolean
}

/** A side without orders is absent. */
export interface QuoteRow {
  symbol: string
  bidPx?: Decimal
  bidQty?: number
  askPx?: Decimal
  askQty?: number
  lastPx?: Decimal
  lastQty?: number
  at: Timestamp
  venueTime: Timestamp
  /** Nothing changed; said again for those who came late. */
  refresh?: boolean
}

export type DepthLevel = readonly [px: Decimal, qty: number, orders?: number | null]

/** Best first, at most ten a side. */
export interface DepthRow {
  symbol: string
  bids: readonly DepthLevel[]
  asks: readonly DepthLevel[]
  at: Timestamp
  venueTime: Timestamp
}

export type FeedState = 'LIVE' | 'QUIET' | 'STALLED' | 'DIVERGENT' | 'DOWN'

/** The state of a venue, or of one instrument there. */
export interface MarketStatusRow {
  venue: string
  symbol?: string
  session: string
  feed: FeedState
  reason?: string
  since: Timestamp
  at: Timestamp
  venueTime: Timestamp
  /** How fast the venue's clock runs: 1 in real time, 0 while paused. */
  rate: Decimal
  reconciled?: boolean
}

export interface PendingRow {
  kind: 'NEW' | 'REPLACE' | 'CANCEL'
  since: Timestamp
  /** It is unknown whether the venue ever received it. */
  inDoubt: boolean
  /** What a REPLACE asks for, the last wish first of all. */
  orderQty?: number
  price?: Decimal
  stopPx?: Decimal
  trail?: number
}

export interface Capability {
  allowed: boolean
  reason?: string
}

export interface Denial {
  reason: string
  detail: string
  params?: Readonly<Record<string, string>>
}

export interface OrderRow {
  accountId: string
  clOrdId: string
  venueOrderId?: string
  symbol: string
  side: Side
  ordType: OrdType
  timeInForce: TimeInForce
  orderQty: number
  price?: Decimal
  stopPx?: Decimal
  trail?: number
  cumQty: number
  leavesQty: number
  /** For people to read. */
  avgPx?: Decimal
  ordStatus: OrdStatus
  pending: readonly PendingRow[]
  role: string
  parentClOrdId?: string
  ocoGroup?: string
  reduceOnly: boolean
  strategy?: string
  text?: string
  version: number
  /** The account's sequence number of the event that led here: the newest row is the one with the highest. */
  seq: number
  createdAt: Timestamp
  updatedAt: Timestamp
  capabilities?: Partial<Record<'price' | 'stopPx' | 'trail' | 'qty' | 'cancel', Capability>>
  expireAt?: Timestamp
  origin: string
  emulated: boolean
  snapped?: { from: Decimal; to: Decimal }
  denial?: Denial
  expiryReason?: string
  venueCode?: string
  venueText?: string
}

export interface FillRow {
  accountId: string
  seq: number
  execId: string
  clOrdId: string
  symbol: string
  side: Side
  lastQty: number
  lastPx: Decimal
  fee?: Decimal
  /** The venue took it back. */
  revised?: 'BUSTED'
  /** The execution whose place it takes. */
  corrects?: string
  at: Timestamp
  venueTime: Timestamp
}

/** `[consumedSeq, markNo]`. */
export type MarkedVersion = readonly [number, number]

/** P&L is before fees and runs from the first fill ever. */
export interface PositionRow {
  accountId: string
  symbol: string
  netQty: number
  avgPx?: Decimal
  realizedPnl: Decimal
  unrealizedPnl?: Decimal
  fees: Decimal
  currency?: string
  markPx?: Decimal
  markAt?: Timestamp
  version: MarkedVersion
  /** What the venue says its executions have realised; beside `realizedPnl`, never in it. */
  reportedPnl?: Decimal
}

export interface LimitRow {
  name: string
  limit: Decimal
  used: Decimal
  remaining: Decimal
  kind?: string
  unit?: 'MONEY' | 'LOTS' | 'TRADES' | 'SECONDS' | 'PERCENT'
  tier?: string
  /** Whole ticks that the market may still move against the positions; only with one contract held. */
  ticks?: number
  /** Profit still needed until a consistency target is kept. */
  needed?: Decimal
}

export interface AccountRow {
  accountId: string
  name: string
  venue: string
  practice: boolean
  tradingState: TradingState
  currency?: string
  balance: Decimal
  equity: Decimal
  /** Net of fees, from the trading day's start. */
  dayPnl: Decimal
  limits?: readonly LimitRow[]
  /** Money lost if every protective stop is reached; lots with one, and without. */
  openRisk?: { toStops: Decimal; protectedQty: number; unprotectedQty: number }
  quarantined?: boolean
  version?: MarkedVersion
}

export interface NoticeRow {
  id: string
  accountId: string
  severity: 'INFO' | 'WARNING' | 'CRITICAL'
  code: string
  text: string
  at: Timestamp
}

/** A price the user waits for; `trade…` is what reached it. */
export interface PriceAlertRow {
  alertId: string
  symbol: string
  px: Decimal
  direction: 'ABOVE' | 'BELOW'
  note?: string
  state: 'ACTIVE' | 'TRIGGERED' | 'CANCELED' | 'EXPIRED'
  createdAt: Timestamp
  endedAt?: Timestamp
  tradeId?: number
  tradePx?: Decimal
  tradeAt?: Timestamp
}

export interface MeRow {
  user: string
  name: string
  scope?: string
  /** All scopes that the sign-in includes: read, trade, admin. */
  scopes?: readonly string[]
  accounts?: readonly string[]
}

/** problem+json: `reason` is the name of the denial or error. */
export interface Problem {
  title?: string
  status: number
  reason: string
  detail: string
  params?: Readonly<Record<string, string>>
  venueCode?: string
  venueText?: string
}

export interface Page<T> {
  items: readonly T[]
  next?: string
}

/** One leg: so many ticks from the fill, or at a price. */
export interface BracketLeg {
  ticks?: number
  price?: Decimal
  qty?: number
  trail?: number
}

export interface BracketBody {
  takeProfit?: readonly BracketLeg[]
  stopLoss?: BracketLeg
  breakeven?: { afterTicks: number }
}

export interface PlaceOrderBody {
  clOrdId: string
  symbol: string
  side: Side
  ordType: OrdType
  orderQty: number
  price?: Decimal
  stopPx?: Decimal
  trail?: number
  timeInForce: TimeInForce
  reduceOnly?: boolean
  bracket?: BracketBody
}

/** What is left out stays as it is. */
export interface ReplaceBody {
  expectedVersion: number
  price?: Decimal
  stopPx?: Decimal
  trail?: number
  orderQty?: number
}

/** The answer to flatten, close, reverse and the like: taken, not yet done. */
export interface Commanded {
  commandId: string
  state: string
}

/** One execution in the market, by anybody. */
export interface TradePrint {
  symbol: string
  tradeId: number
  px: Decimal
  qty: number
  /** Absent where the venue does not say who crossed the spread. */
  aggressor?: Side
  at: Timestamp
  venueTime: Timestamp
}

export interface BarRow {
  symbol: string
  interval: string
  start: Timestamp
  open: Decimal
  high: Decimal
  low: Decimal
  close: Decimal
  volume: number
  trades: number
  final: boolean
  source?: string
  revision: number
}

/** A position from flat to flat; `pnl` is before fees. */
export interface RoundTrip {
  tradeId: string
  accountId: string
  symbol: string
  /** Of the opening: BUY is long. */
  side: Side
  qty: number
  entryPx: Decimal
  exitPx: Decimal
  entryAt: Timestamp
  exitAt: Timestamp
  pnl: Decimal
  fees: Decimal
  /** Maximum adverse and favourable excursion, money. */
  mae?: Decimal
  mfe?: Decimal
  /** Of the exit, by the exchange's calendar: `2026-02-03`. */
  tradingDay: string
  /** Of the exit: RTH, ETH or CLOSED. */
  session?: string
  strategy?: string
  /** It never was: an execution of it was taken back. */
  voided?: boolean
}

/** One event of an order, as its history tells it. */
export interface HistoryRow {
  seq: number
  at: Timestamp
  venueTime?: Timestamp
  event: Readonly<Record<string, unknown>> & { type?: string }
  by?: string
}

export interface ReplayRow {
  state: 'OPENING' | 'PLAYING' | 'PAUSED' | 'HELD' | 'ENDED' | 'FAILED'
  position: number
  venueTime?: Timestamp
  speed: string
  from?: Timestamp
  to?: Timestamp
  files: readonly string[]
  error?: string
}

/** Milliseconds. */
export interface Figures {
  count: number
  min: number
  max: number
  mean: number
  median: number
  p95: number
  p99: number
}

/** A row of `/api/timings`; `window` is of the last minute. */
export interface TimingRow extends Figures {
  service: string
  name: string
  what: string
  budget: number
  slow: number
  window: Figures
}

/** Calls of the last minute: to a venue, or of one browser or script. */
export interface CallsRow {
  service: string
  caller: string
  count: number
  budget: number
  remaining: number
  used: readonly { what: string; count: number }[]
}

/** The channel `hops`. */
export interface HopsRow {
  items: readonly TimingRow[]
  /** To venues. */
  calls: readonly CallsRow[]
  /** Services that did not answer. */
  missing: readonly string[]
}

/* ---- WebSocket, subprotocol tapeline.v1.json ---- */

export const SUBPROTOCOL = 'tapeline.v1.json'
/** The same frames in fewer bytes. */
export const BINARY_SUBPROTOCOL = 'tapeline.v1.bin'

/** A counter, the account's seq, or `[consumedSeq, markNo]`: greater is newer. */
export type Version = number | readonly number[]

export interface ValueItem {
  ch: string
  k?: string
  v: Version
  /** How many updates were merged into this one. */
  n?: number
  /** Milliseconds since the venue spoke, when the frame left the bridge. */
  age?: number
  snap?: boolean
  /** Records of a tape that were skipped before this one. */
  lost?: number
  /** null: the key is gone. */
  data: unknown
}

export interface ControlItem {
  op: 'subscribed' | 'resumed' | 'snapshot' | 'resync' | 'pong' | 'error'
  id?: number
  ch?: string
  reason?: string
  /** Of a lossless channel: where it stands, to resume from even if no item follows. */
  v?: number
}

export interface Frame {
  t: number | string
  epoch: string | number
  con?: boolean
  items: readonly (ValueItem | ControlItem)[]
}

export type ClientOp =
  | {
      op: 'subscribe'
      id: number
      channels: readonly string[]
      resume?: { epoch: string | number; cursors: Record<string, number> }
    }
  | { op: 'unsubscribe'; id: number; channels: readonly string[] }
  | { op: 'ping'; id: number }
  | { op: 'hidden'; value: boolean }
  | { op: 'timed'; hops: Readonly<Record<string, readonly number[]>> }

export const channels = {
  quote: (symbol: string) => `quote:${symbol}`,
  depth: (symbol: string) => `depth:${symbol}`,
  tape: (symbol: string) => `tape:${symbol}`,
  bar: (symbol: string, interval: string) => `bar:${symbol}:${interval}`,
  status: 'status',
  account: (accountId: string) => `account:${accountId}`,
  orders: (accountId: string) => `orders:${accountId}`,
  positions: (accountId: string) => `positions:${accountId}`,
  fills: (accountId: string) => `fills:${accountId}`,
  trades: (accountId: string) => `trades:${accountId}`,
  notices: (accountId: string) => `notices:${accountId}`,
  /** The user's own, whatever account is looked at. */
  alerts: 'alerts',
  /** What the parts of the ways tick to paint and click to confirmed take. */
  hops: 'hops',
} as const

/** Channels on which every record counts; the others only owe us the newest value of each key. */
export function isLossless(channel: string): boolean {
  return channel === channels.alerts || /^(orders|fills|trades|notices):/.test(channel)
}

const TERMINAL: ReadonlySet<OrdStatus> = new Set<OrdStatus>([
  'FILLED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
  'DENIED',
])

export function isTerminal(status: OrdStatus): boolean {
  return TERMINAL.has(status)
}
