import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useArmed } from '../../shared/arm'
import { channels, isTerminal, type OrderRow, type PositionRow, type Side } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useConnected, useLink, usePainted, usePart, useSelected } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { settings, useSetting } from '../../shared/settings'
import { formatPrice, formatTicks, readPrice, type Ticks } from '../../shared/ticks'
import { actions } from '../actions/actions'
import { useDrags } from '../chart/useDrags'
import { confirm } from '../confirm/confirm'
import { useOrderFeed } from '../orders/useOrders'
import { usePositionFeed } from '../positions/usePositions'
import { useQuoteFeed } from '../quotes/useQuote'
import { fillTicket } from '../ticket/fill'
import { LadderBar } from './LadderBar'
import { paintRungs } from './paintRungs'
import { Rung } from './Rung'
import { chipsOf, type Market, recentred } from './rungs'
import { useMarket, useQueuePlaces, useTraded } from './useLadderMarket'

const ROW_PX = 20

/** Prices that stand still while the market moves over them; orders are placed, dragged and cancelled where they lie. */
export function Ladder({ account, instrument, subject }: PanelSubject) {
  const { symbol, tickSize } = instrument
  const { accountId } = account
  useQuoteFeed(symbol)
  useOrderFeed(accountId)
  usePositionFeed(accountId)
  const link = useLink()
  const marketNow = useMarket(symbol, tickSize)
  const tradedNow = useTraded(symbol, tickSize)
  const placeOf = useQueuePlaces()
  const orders = useSelected(
    channels.orders(accountId),
    useCallback((cells: ReadonlyMap<string, Cell>) => liveRows(cells, symbol), [symbol]),
  )
  const net = usePart(channels.positions(accountId), symbol, netOf)
  const avgPx = usePart(channels.positions(accountId), symbol, avgPxOf)
  const positionNow = useCallback(
    () =>
      (link.board.cell(channels.positions(accountId), symbol)?.data ?? undefined) as PositionRow | undefined,
    [link, accountId, symbol],
  )
  const [drags, tell] = useDrags(accountId, instrument, positionNow)
  const armed = useArmed()
  const connected = useConnected()
  const [qty, setQty] = useSetting('ladderQty')

  const body = useRef<HTMLDivElement>(null)
  const rows = useRows(body)
  const [middle, setMiddle] = useState<Ticks | null>(null)
  const [cursor, setCursor] = useState<Ticks | null>(null)
  const chips = useMemo(() => chipsOf(orders, drags, tickSize), [orders, drags, tickSize])
  const average = net === 0 || avgPx === undefined ? null : averageTicks(avgPx, tickSize)
  const top = middle === null ? null : middle + BigInt(Math.floor(rows / 2))
  const held = drags.gesture !== null
  const paint = useCallback(
    (element: HTMLElement) => {
      const market = marketNow()
      const next = held ? middle : recentred(middle, centreOf(market), rows)
      if (next !== middle) setMiddle(next)
      else if (top !== null)
        paintRungs(element, { top, market, traded: tradedNow(), chips, aheadOf: placeOf })
    },
    [marketNow, tradedNow, placeOf, held, middle, rows, top, chips],
  )
  usePainted(
    body,
    `${channels.quote(symbol)} ${channels.depth(symbol)} ${channels.tape(symbol)}`,
    paint,
    true,
  )
  const centre = () => setMiddle(centreOf(marketNow()))

  const place = async (side: Side, ticks: Ticks, stop: boolean) => {
    const price = formatTicks(ticks, tickSize)
    if (!armed || !connected) {
      fillTicket({
        side,
        ordType: stop ? 'STOP' : 'LIMIT',
        priceOf: symbol,
        ...(stop ? { stopPx: price } : { price }),
      })
      return
    }
    const text = `${side === 'BUY' ? 'Buy' : 'Sell'} ${qty} ${symbol} ${stop ? 'stop ' : ''}at ${price}`
    if (
      settings.get().confirmOneClick &&
      !(await confirm({ title: `${text}?`, text: `Account ${account.name}`, yes: text }))
    )
      return
    await actions.place(accountId, {
      symbol,
      side,
      ordType: stop ? 'STOP' : 'LIMIT',
      orderQty: qty,
      timeInForce: 'DAY',
      ...(stop ? { stopPx: price } : { price }),
    })
  }
  const rungAt = (clientY: number): Ticks | null => {
    const box = body.current?.getBoundingClientRect()
    if (box === undefined) return null
    const index = Math.floor((clientY - box.top) / ROW_PX)
    return top === null || index < 0 || index >= rows ? null : top - BigInt(index)
  }
  const suppressed = useRef(false)
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (suppressed.current) {
      suppressed.current = false
      return
    }
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-side]')
    const ticks = rungAt(event.clientY)
    if (ticks === null) return
    setCursor(ticks)
    const side = cell?.dataset.side
    if (side === 'BUY' || side === 'SELL') void place(side, ticks, event.altKey || event.ctrlKey)
  }
  const onDown = (event: PointerEvent<HTMLElement>) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-chip]')
    const row = orders.find(each => each.clOrdId === element?.dataset.chip)
    if (element === null || row === undefined || event.button !== 0) return
    suppressed.current = true
    if ((event.target as HTMLElement).closest('[data-cancel]') !== null) return void actions.cancel(row)
    const field = row.ordType === 'LIMIT' ? 'price' : 'stopPx'
    if (!connected || row.capabilities?.[field]?.allowed === false) return
    const ticks = readPrice(row[field] ?? '', tickSize)
    if (ticks.kind !== 'onTick') return
    event.currentTarget.setPointerCapture(event.pointerId)
    tell({
      kind: 'grabbed',
      handle: { kind: 'order', clOrdId: row.clOrdId, field, ticks: ticks.ticks, version: row.version },
    })
  }
  const onMove = (event: PointerEvent<HTMLElement>) => {
    if (drags.gesture === null) return
    const ticks = rungAt(event.clientY)
    if (ticks === null) tell({ kind: 'abandoned' })
    else tell({ kind: 'moved', to: ticks })
  }
  const onKey = (event: KeyboardEvent) => {
    const from = cursor ?? centreOf(marketNow())
    if (event.key === 'Escape') tell({ kind: 'abandoned' })
    else if (event.key === ' ') centre()
    else if (from !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
      setCursor(from + (event.key === 'ArrowUp' ? 1n : -1n))
    else if (cursor !== null && event.key === 'Enter') void place('BUY', cursor, false)
    else if (cursor !== null && event.key === 'Backspace') void place('SELL', cursor, false)
    else if (cursor !== null && event.key === 'Delete') {
      for (const chip of chips.get(cursor) ?? []) if (!chip.ghost) void actions.cancel(chip.row)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <Panel
      title="Ladder"
      subject={subject}
      className={`ladder-panel ${connected ? '' : 'is-stale'}`}
      testId="depth-ladder"
    >
      <LadderBar
        qty={qty}
        onQty={setQty}
        armed={armed}
        account={accountId}
        symbol={symbol}
        onCentre={centre}
      />
      <div className="rungs-head">
        <MineHead side="BUY" orders={orders} />
        <span>Bid</span>
        <span>Price</span>
        <span>Ask</span>
        <MineHead side="SELL" orders={orders} />
        <span>Vol</span>
      </div>
      <div
        className="rungs"
        ref={body}
        role="application"
        aria-label={`Ladder of ${symbol}: arrow keys choose a price, Enter buys, Backspace sells, Delete cancels, Space recentres`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the keyboard; the prices inside are chosen by arrow keys
        tabIndex={0}
        onClick={onClick}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={() => tell({ kind: 'dropped' })}
        onPointerCancel={() => tell({ kind: 'abandoned' })}
        onWheel={event => setMiddle((middle ?? 0n) - BigInt(Math.sign(event.deltaY) * 3))}
        onKeyDown={onKey}
      >
        {top !== null &&
          Array.from({ length: rows }, (_, index) => {
            const ticks = top - BigInt(index)
            return (
              <Rung
                key={ticks.toString()}
                price={formatPrice(formatTicks(ticks, tickSize), tickSize)}
                average={ticks === average}
                cursor={ticks === cursor}
                chips={chips.get(ticks)}
              />
            )
          })}
      </div>
      <p className="fine ladder-hint" data-testid="ladder-hint">
        {armed
          ? `A click sends ${qty} to ${account.name}, with Ctrl as a stop.`
          : 'Safe: a click only fills in the ticket.'}
      </p>
    </Panel>
  )
}

/** Over one's own orders of a side: how many there are, and all of them cancelled by one click. */
function MineHead({ side, orders }: { side: Side; orders: readonly OrderRow[] }) {
  const mine = orders.filter(row => row.side === side)
  if (mine.length === 0) return <span>Mine</span>
  const text = `Cancel ${mine.length} ${side === 'BUY' ? 'buy' : 'sell'}${mine.length === 1 ? '' : 's'} of this ladder`
  return (
    <button
      type="button"
      className={`link-button side-${side.toLowerCase()}`}
      title={text}
      aria-label={text}
      data-testid={`ladder-cancel-${side.toLowerCase()}`}
      onClick={() => {
        for (const row of mine) void actions.cancel(row)
      }}
    >
      × {mine.length}
    </button>
  )
}

function useRows(body: { current: HTMLElement | null }): number {
  const [rows, setRows] = useState(30)
  useEffect(() => {
    if (body.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setRows(Math.max(9, Math.floor(entry.contentRect.height / ROW_PX)))
    })
    observer.observe(body.current)
    return () => observer.disconnect()
  }, [body])
  return rows
}

const netOf = (row: PositionRow | undefined) => row?.netQty ?? 0
const avgPxOf = (row: PositionRow | undefined) => row?.avgPx

function centreOf({ last, bestBid, bestAsk }: Market): Ticks | null {
  return last ?? bestBid ?? bestAsk
}

function averageTicks(avgPx: string, tickSize: string): Ticks | null {
  const reading = readPrice(avgPx, tickSize)
  return reading.kind === 'onTick' ? reading.ticks : reading.kind === 'offTick' ? reading.below : null
}

function liveRows(cells: ReadonlyMap<string, Cell>, symbol: string): readonly OrderRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as OrderRow]))
    .filter(row => row.symbol === symbol && !isTerminal(row.ordStatus))
}
