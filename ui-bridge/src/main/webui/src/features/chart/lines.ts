import { type InstrumentRow, isTerminal, type OrderRow, type PositionRow } from '../../shared/contract'
import { formatMoney, signOf } from '../../shared/decimal'
import { denialText } from '../../shared/denials'
import { pnlAt } from '../../shared/pnl'
import { formatPrice, formatTicks, readPrice, type Ticks } from '../../shared/ticks'
import { type Drags, fieldTicks, type Handle, type LineField } from './drag'

/** One line over the chart: of an order's price, or of the position. Plain data; how it is painted is OrderLines' business. */
export interface Line {
  id: string
  handle: Handle
  /** The order as it stands; null on the position's line. */
  order: OrderRow | null
  ticks: Ticks
  tone: 'buy' | 'sell' | 'stop' | 'target' | 'position'
  /** Quantity and kind. */
  label: string
  /** What is gained or lost there, as text with its sign. */
  pnl: string
  pnlSign: -1 | 0 | 1
  /** Where it is being dragged to, or was asked to go. */
  ghost: Ticks | null
  ghostLabel: string
  held: boolean
  pending: boolean
  doubt: boolean
  /** null: it may be dragged; else why not. */
  whyFixed: string | null
  cancellable: boolean
}

export interface Scene {
  orders: readonly OrderRow[]
  position: PositionRow | undefined
  drags: Drags
  /** A sign-in that may only look, or a lost connection: nothing is moved. */
  frozen: string | null
}

export function linesOf(
  { orders, position, drags, frozen }: Scene,
  instrument: InstrumentRow,
): readonly Line[] {
  const lines = orders.flatMap(row => orderLines(row, position, drags, frozen, instrument))
  const own = position === undefined ? null : positionLine(position, drags, frozen, instrument)
  return own === null ? lines : [...lines, own]
}

const KINDS = {
  LIMIT: 'LMT',
  STOP: 'STP',
  STOP_LIMIT: 'STP LMT',
  TRAILING_STOP: 'TRAIL',
  MARKET: 'MKT',
} as const

function fieldsOf(row: OrderRow): readonly LineField[] {
  switch (row.ordType) {
    case 'LIMIT':
      return ['price']
    case 'STOP':
    case 'TRAILING_STOP':
      return ['stopPx']
    case 'STOP_LIMIT':
      return ['stopPx', 'price']
    case 'MARKET':
      return []
  }
}

function orderLines(
  row: OrderRow,
  position: PositionRow | undefined,
  drags: Drags,
  frozen: string | null,
  instrument: InstrumentRow,
): readonly Line[] {
  if (isTerminal(row.ordStatus)) return []
  return fieldsOf(row).flatMap(field => {
    const ticks = fieldTicks(row, field, instrument.tickSize)
    if (ticks === null) return []
    const wish = drags.wishes.get(row.clOrdId)
    const { gesture } = drags
    const held =
      gesture?.handle.kind === 'order' &&
      gesture.handle.clOrdId === row.clOrdId &&
      gesture.handle.field === field
    const asked = row.pending.find(each => each.kind === 'REPLACE')?.[field]
    const askedTicks = asked === undefined ? null : readPrice(asked, instrument.tickSize)
    const wished =
      wish?.field === field ? (wish.next ?? wish.to) : askedTicks?.kind === 'onTick' ? askedTicks.ticks : null
    const ghost = held && gesture !== null ? gesture.to : wished
    const pnl = gainAt(ticks, row, position, instrument)
    const ghostGain = ghost === null ? null : gainAt(ghost, row, position, instrument)
    return [
      {
        id: `${row.clOrdId}/${field}`,
        handle: { kind: 'order' as const, clOrdId: row.clOrdId, field, ticks, version: row.version },
        order: row,
        ticks,
        tone: toneOf(row),
        label: `${row.side === 'BUY' ? 'Buy' : 'Sell'} ${row.leavesQty} ${nameOf(row, field)}`,
        pnl: pnl === null ? '' : formatMoney(pnl, { plus: true }),
        pnlSign: pnl === null ? 0 : signOf(pnl),
        ghost: ghost === ticks && !held ? null : ghost,
        ghostLabel:
          ghost === null
            ? ''
            : [
                formatPrice(formatTicks(ghost, instrument.tickSize), instrument.tickSize),
                ghostGain === null ? '' : formatMoney(ghostGain, { plus: true }),
              ]
                .filter(part => part !== '')
                .join('  '),
        held,
        pending: row.pending.length > 0 || (wish !== undefined && wish.field === field),
        doubt: row.pending.some(each => each.inDoubt),
        whyFixed: frozen ?? whyFixed(row, field),
        cancellable: row.capabilities?.cancel?.allowed !== false,
      },
    ]
  })
}

function nameOf(row: OrderRow, field: LineField): string {
  switch (row.role) {
    case 'STOP_LOSS':
      return row.ordType === 'TRAILING_STOP' ? 'SL trail' : 'SL'
    case 'TAKE_PROFIT':
      return 'TP'
    default:
      return row.ordType === 'STOP_LIMIT' ? (field === 'stopPx' ? 'STP' : 'STP LMT') : KINDS[row.ordType]
  }
}

function toneOf(row: OrderRow): Line['tone'] {
  if (row.role === 'STOP_LOSS') return 'stop'
  if (row.role === 'TAKE_PROFIT') return 'target'
  return row.side === 'BUY' ? 'buy' : 'sell'
}

function whyFixed(row: OrderRow, field: LineField): string | null {
  const said = row.capabilities?.[field]
  if (said !== undefined && !said.allowed) return denialText(said.reason ?? 'not possible now')
  return row.pending.some(each => each.kind === 'CANCEL') ? denialText('CANCEL_IN_FLIGHT') : null
}

/** What the lots that the order would close gain at `ticks`; nothing for an order that opens. */
function gainAt(
  ticks: Ticks,
  row: OrderRow,
  position: PositionRow | undefined,
  instrument: InstrumentRow,
): string | null {
  if (position === undefined || position.netQty === 0) return null
  if (position.netQty > 0 === (row.side === 'BUY')) return null
  const closes = Math.min(row.leavesQty, Math.abs(position.netQty)) * Math.sign(position.netQty)
  return pnlAt(ticks, position.avgPx, closes, instrument)
}

function positionLine(
  position: PositionRow,
  drags: Drags,
  frozen: string | null,
  instrument: InstrumentRow,
): Line | null {
  if (position.netQty === 0 || position.avgPx === undefined) return null
  const reading = readPrice(position.avgPx, instrument.tickSize)
  if (reading.kind === 'notAPrice') return null
  const ticks = reading.kind === 'onTick' ? reading.ticks : reading.below
  const gesture = drags.gesture?.handle.kind === 'position' ? drags.gesture : null
  const moved = gesture !== null && gesture.to !== gesture.handle.ticks
  const gain = gesture === null ? null : pnlAt(gesture.to, position.avgPx, position.netQty, instrument)
  const leg = gesture === null ? '' : legAt(gesture.to, position, instrument) === 'stopLoss' ? 'SL' : 'TP'
  return {
    id: POSITION_LINE,
    handle: { kind: 'position', ticks },
    order: null,
    ticks,
    tone: 'position',
    ...profitAt(position),
    ghost: gesture === null ? null : gesture.to,
    ghostLabel: moved
      ? `${leg} ${formatPrice(formatTicks(gesture.to, instrument.tickSize), instrument.tickSize)}  ${formatMoney(gain ?? undefined, { plus: true })}`
      : 'drag for a stop or a target',
    held: gesture !== null,
    pending: false,
    doubt: false,
    whyFixed: frozen,
    cancellable: false,
  }
}

export const POSITION_LINE = 'position'

/** What a line says that changes with the market. */
export type Profit = Pick<Line, 'label' | 'pnl' | 'pnlSign'>

/** null: nothing is held. */
export function profitOf(position: PositionRow | undefined): Profit | null {
  return position === undefined || position.netQty === 0 ? null : profitAt(position)
}

function profitAt({ netQty, unrealizedPnl }: PositionRow): Profit {
  return {
    label: `${netQty > 0 ? 'Long' : 'Short'} ${Math.abs(netQty)}`,
    pnl: formatMoney(unrealizedPnl, { plus: true }),
    pnlSign: signOf(unrealizedPnl),
  }
}

/** A line in words, for who does not see it. */
export function spoken(label: string, pnl: string): string {
  return pnl === '' ? label : `${label}, ${pnl}`
}

/** What a line dropped there protects: against the market's side a stop-loss, on its own side a target. */
export function legAt(
  ticks: Ticks,
  position: PositionRow,
  instrument: InstrumentRow,
): 'stopLoss' | 'takeProfit' {
  const reading = readPrice(position.markPx ?? position.avgPx ?? '', instrument.tickSize)
  const mark = reading.kind === 'onTick' ? reading.ticks : reading.kind === 'offTick' ? reading.below : 0n
  const above = ticks > mark
  return position.netQty > 0 === above ? 'takeProfit' : 'stopLoss'
}
