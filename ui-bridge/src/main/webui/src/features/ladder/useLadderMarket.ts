import { useCallback, useEffect, useMemo, useRef } from 'react'
import { channels, type DepthRow, type OrderRow, type QuoteRow, type TradePrint } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useLink } from '../../shared/link/hooks'
import { readPrice, type Ticks } from '../../shared/ticks'
import { joined, moved, type QueuePlace } from './queue'
import { type Market, marketOf } from './rungs'

/** The market as it stands when it is asked for, made anew only where book or quote is another. */
export function useMarket(symbol: string, tickSize: string): () => Market {
  const { board } = useLink()
  useChannel(channels.depth(symbol))
  return useMemo(() => {
    let made: { depth: Cell | undefined; quote: Cell | undefined; market: Market } | null = null
    return () => {
      const depth = board.cell(channels.depth(symbol), '')
      const quote = board.cell(channels.quote(symbol), '')
      if (made === null || made.depth !== depth || made.quote !== quote) {
        const rowOf = <T>(cell: Cell | undefined) => (cell?.data ?? undefined) as T | undefined
        made = { depth, quote, market: marketOf(rowOf<DepthRow>(depth), rowOf<QuoteRow>(quote), tickSize) }
      }
      return made.market
    }
  }, [board, symbol, tickSize])
}

export interface Traded {
  /** Lots per price since the ladder was opened. */
  volume: ReadonlyMap<Ticks, number>
  most: number
}

const MOST_PRICES = 4_000

/** Sums up the tape as it comes; it never makes anybody paint by itself. */
export function useTraded(symbol: string, tickSize: string): () => Traded {
  const link = useLink()
  const channel = channels.tape(symbol)
  useChannel(channel)
  const traded = useRef<{ volume: Map<Ticks, number>; most: number }>({ volume: new Map(), most: 1 })
  useEffect(() => {
    let seen = -1
    traded.current = { volume: new Map(), most: 1 }
    return link.board.subscribe(channel, null, () => {
      let newest = seen
      for (const { data } of link.board.cells(channel).values()) {
        const print = data as TradePrint | null
        if (print === null || print.tradeId <= seen) continue
        newest = Math.max(newest, print.tradeId)
        const reading = readPrice(print.px, tickSize)
        if (reading.kind !== 'onTick') continue
        const { volume } = traded.current
        const sum = (volume.get(reading.ticks) ?? 0) + print.qty
        if (volume.size < MOST_PRICES || volume.has(reading.ticks)) volume.set(reading.ticks, sum)
        traded.current.most = Math.max(traded.current.most, sum)
      }
      seen = newest
    })
  }, [link, channel, tickSize])
  return useCallback(() => traded.current, [])
}

/** Queue places of own limit orders; an order that was changed starts at the end of the line again. */
export function useQueuePlaces(): (
  row: OrderRow,
  level: number | undefined,
  volume: number,
) => number | null {
  const places = useRef(new Map<string, QueuePlace & { volume: number; price: string }>())
  return useCallback((row: OrderRow, level: number | undefined, volume: number) => {
    if (level === undefined || row.ordType !== 'LIMIT' || row.ordStatus === 'PENDING_NEW') return null
    const price = row.price ?? ''
    const known = places.current.get(row.clOrdId)
    const next =
      known === undefined || known.price !== price
        ? { ...joined(level, row.leavesQty), volume, price }
        : { ...moved(known, level, Math.max(0, volume - known.volume), row.leavesQty), volume, price }
    if (places.current.size > 500) places.current.clear()
    places.current.set(row.clOrdId, next)
    return next.ahead
  }, [])
}
