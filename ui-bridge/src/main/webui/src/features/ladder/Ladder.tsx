import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
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
import { useCell, useLink, useLiveness, useSelected } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { settings, useSetting } from '../../shared/settings'
import { formatPrice, formatTicks, readPrice, type Ticks } from '../../shared/ticks'
import { actions } from '../actions/actions'
import { useDrags } from '../chart/useDrags'
import { confirm } from '../confirm/confirm'
import { useOrderFeed } from '../orders/useOrders'
import { usePositionFeed } from '../positions/usePositions'
import { useQuote, useQuoteFeed } from '../quotes/useQuote'
import { fillTicket } from '../ticket/fill'
import { LadderBar } from './LadderBar'
import { type Chip, chipsOf, marketOf, recentred } from './rungs'
import { useDepth, useQueuePlaces, useTraded } from './useLadderMarket'

const ROW_PX = 20

/** Prices that stand still while the market moves over them; orders are placed, dragged and cancelled where they lie. */
export function Ladder({ account, instrument, subject }: PanelSubject) {
  const { symbol, tickSize } = instrument
  const { accountId } = account
  useQuoteFeed(symbol)
  useOrderFeed(accountId)
  usePositionFeed(accountId)
  const link = useLink()
  const depth = useDepth(symbol)
  const quote = useQuote(symbol)?.data ?? undefined
  const traded = useTraded(symbol, tickSize)
  const placeOf = useQueuePlaces()
  const orders = useSelected(
    channels.orders(accountId),
    useCallback((cells: ReadonlyMap<string, Cell>) => liveRows(cells, symbol), [symbol]),
  )
  const position = useCell<PositionRow>(channels.positions(accountId), symbol)?.data ?? undefined
  const positionNow = useCallback(
    () =>
      (link.board.cell(channels.positions(accountId), symbol)?.data ?? undefined) as PositionRow | undefined,
    [link, accountId, symbol],
  )
  const [drags, tell] = useDrags(accountId, instrument, positionNow)
  const armed = useArmed()
  const connected = useLiveness().kind === 'live'
  const [qty, setQty] = useSetting('ladderQty')

  const body = useRef<HTMLDivElement>(null)
  const rows = useRows(body)
  const [middle, setMiddle] = useState<Ticks | null>(null)
  const [cursor, setCursor] = useState<Ticks | null>(null)
  const market = useMemo(() => marketOf(depth, quote, tickSize), [depth, quote, tickSize])
  const at = market.last ?? market.bestBid ?? market.bestAsk
  const settledMiddle = drags.gesture === null ? recentred(middle, at, rows) : middle
  useEffect(() => {
    if (settledMiddle !== middle) setMiddle(settledMiddle)
  }, [settledMiddle, middle])
  const chips = useMemo(() => chipsOf(orders, drags, tickSize), [orders, drags, tickSize])
  const average = position?.netQty ? averageTicks(position, tickSize) : null
  const top = (settledMiddle ?? 0n) + BigInt(Math.floor(rows / 2))

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
    return index < 0 || index >= rows ? null : top - BigInt(index)
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
    const from = cursor ?? at
    if (event.key === 'Escape') tell({ kind: 'abandoned' })
    else if (event.key === ' ') setMiddle(at)
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
      <LadderBar qty={qty} onQty={setQty} armed={armed} position={position} onCentre={() => setMiddle(at)} />
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
        onWheel={event => setMiddle((settledMiddle ?? 0n) - BigInt(Math.sign(event.deltaY) * 3))}
        onKeyDown={onKey}
      >
        {settledMiddle !== null &&
          Array.from({ length: rows }, (_, index) => {
            const ticks = top - BigInt(index)
            const mine = chips.get(ticks)
            const level = market.bids.get(ticks) ?? market.asks.get(ticks)
            const volume = traded.volume.get(ticks) ?? 0
            return (
              <Rung
                key={ticks.toString()}
                price={formatPrice(formatTicks(ticks, tickSize), tickSize)}
                bid={market.bids.get(ticks) ?? 0}
                ask={market.asks.get(ticks) ?? 0}
                largest={market.largest}
                inside={ticks === market.bestBid ? 'bid' : ticks === market.bestAsk ? 'ask' : ''}
                last={ticks === market.last ? market.lastQty : 0}
                volume={volume}
                most={traded.most}
                average={ticks === average}
                cursor={ticks === cursor}
                chips={mine}
                ahead={aheadOf(mine, level, volume, placeOf)}
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

interface RungProps {
  price: string
  bid: number
  ask: number
  largest: number
  inside: string
  last: number
  volume: number
  most: number
  average: boolean
  cursor: boolean
  chips: readonly Chip[] | undefined
  ahead: string
}

const Rung = memo(function Rung(props: RungProps) {
  const { price, bid, ask, largest, inside, last, volume, most, average, cursor, chips, ahead } = props
  return (
    <div
      className={`rung ${inside === '' ? '' : `rung-best rung-${inside}`} ${average ? 'rung-average' : ''} ${cursor ? 'rung-cursor' : ''}`}
      data-price={price}
    >
      <span className="rung-mine">
        <Chips chips={chips} side="BUY" ahead={ahead} />
      </span>
      <span
        className="rung-bid num"
        data-side="BUY"
        data-testid={inside === 'bid' ? 'ladder-best-bid' : undefined}
      >
        {bid > 0 && <Bar share={bid / largest} />}
        <span>{bid > 0 ? bid : ''}</span>
      </span>
      <span className="rung-price num">
        {price}
        {last > 0 && <i className="rung-last num">{last}</i>}
      </span>
      <span
        className="rung-ask num"
        data-side="SELL"
        data-testid={inside === 'ask' ? 'ladder-best-ask' : undefined}
      >
        {ask > 0 && <Bar share={ask / largest} />}
        <span>{ask > 0 ? ask : ''}</span>
      </span>
      <span className="rung-mine">
        <Chips chips={chips} side="SELL" ahead={ahead} />
      </span>
      <span className="rung-volume num">
        {volume > 0 && <Bar share={volume / most} />}
        <span>{volume > 0 ? volume : ''}</span>
      </span>
    </div>
  )
})

function Bar({ share }: { share: number }) {
  return <i className="rung-bar" aria-hidden="true" style={{ transform: `scaleX(${share.toFixed(3)})` }} />
}

function Chips({ chips, side, ahead }: { chips: readonly Chip[] | undefined; side: Side; ahead: string }) {
  if (chips === undefined) return null
  return chips
    .filter(chip => chip.side === side)
    .map(chip => (
      <span
        key={`${chip.clOrdId}${chip.ghost}`}
        className={`chip chip-${side.toLowerCase()} ${chip.pending ? 'chip-pending' : ''} ${chip.ghost ? 'chip-ghost' : ''}`}
        data-chip={chip.ghost ? undefined : chip.clOrdId}
        data-testid={chip.ghost ? `ghost-${chip.clOrdId}` : `chip-${chip.clOrdId}`}
        title={ahead === '' ? undefined : `at most ${ahead} lots ahead in the queue`}
      >
        {chip.stop ? 'S' : ''}
        {chip.qty}
        {ahead !== '' && !chip.ghost && !chip.stop && <small>{ahead}</small>}
        {!chip.ghost && (
          <b data-cancel="" role="img" aria-label="cancel">
            ×
          </b>
        )}
      </span>
    ))
}

function aheadOf(
  chips: readonly Chip[] | undefined,
  level: number | undefined,
  volume: number,
  placeOf: (row: OrderRow, level: number | undefined, volume: number) => number | null,
): string {
  if (chips === undefined) return ''
  const places = chips
    .flatMap(chip => (chip.ghost ? [] : [placeOf(chip.row, level, volume)]))
    .filter(place => place !== null)
  return places.length === 0 ? '' : String(Math.min(...places))
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

function averageTicks(position: PositionRow, tickSize: string): Ticks | null {
  const reading = readPrice(position.avgPx ?? '', tickSize)
  return reading.kind === 'onTick' ? reading.ticks : reading.kind === 'offTick' ? reading.below : null
}

function liveRows(cells: ReadonlyMap<string, Cell>, symbol: string): readonly OrderRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as OrderRow]))
    .filter(row => row.symbol === symbol && !isTerminal(row.ordStatus))
}
