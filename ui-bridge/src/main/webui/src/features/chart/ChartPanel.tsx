import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { mark } from '../../shared/byHand'
import { channels, type FillRow, isTerminal, type OrderRow, type PositionRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useConnected, useLink, useSelected } from '../../shared/link/hooks'
import { DARK, onMedia } from '../../shared/media'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { type ChartSettings, useSetting } from '../../shared/settings'
import { formatAge } from '../../shared/time'
import { actions } from '../actions/actions'
import { useOrderFeed } from '../orders/useOrders'
import { useHeld, usePositionFeed } from '../positions/usePositions'
import { useFreshness, useMarketStatus, useQuoteFeed } from '../quotes/useQuote'
import { mayTrade, useMe } from '../signin/useMe'
import { ChartLegend } from './ChartLegend'
import { ChartToolbar } from './ChartToolbar'
import { LineHandles } from './LineHandles'
import { linesOf, POSITION_LINE, profitOf, spoken } from './lines'
import { Readings } from './readings'
import { useCandleChart } from './useCandleChart'
import { useDrags } from './useDrags'

const FEW_BARS = 20

/** A market that has just opened is shown in shorter bars, until somebody says which. */
let chosenByHand = false

/** Candles with the account's orders and position on them, to be moved by hand. */
export function ChartPanel({ account, instrument, subject }: PanelSubject) {
  const { symbol } = instrument
  const { accountId } = account
  const [settings, setSettings] = useSetting('chart')
  const [interval, setInterval] = useState(settings.interval)
  useOrderFeed(accountId)
  usePositionFeed(accountId)
  useQuoteFeed(symbol)
  const link = useLink()

  const position = useHeld(accountId, symbol)
  const positionNow = useCallback(
    () =>
      (link.board.cell(channels.positions(accountId), symbol)?.data ?? undefined) as PositionRow | undefined,
    [link, accountId, symbol],
  )
  const orders = useSelected(
    channels.orders(accountId),
    useCallback((cells: ReadonlyMap<string, Cell>) => liveRows(cells, symbol), [symbol]),
  )
  const [drags, tell] = useDrags(accountId, instrument, positionNow)
  const connected = useConnected()
  const me = useMe().data
  const frozen = !mayTrade(me)
    ? 'This sign-in may look, not trade.'
    : connected
      ? null
      : 'Not connected: nothing can be moved.'
  const lines = useMemo(
    () => linesOf({ orders, position, drags, frozen }, instrument),
    [orders, position, drags, frozen, instrument],
  )

  const host = useRef<HTMLDivElement>(null)
  const handles = useRef<HTMLDivElement>(null)
  const [readings] = useState(() => new Readings())
  const [mounted, history] = useCandleChart(host, instrument, interval, settings, {
    grip: {
      grab: ({ line }) => tell({ kind: 'grabbed', handle: line.handle }),
      moveTo: to => tell({ kind: 'moved', to }),
      drop: () => tell({ kind: 'dropped' }),
      abandon: () => tell({ kind: 'abandoned' }),
      press: ({ line }) => {
        if (line.order !== null) void actions.cancel(line.order)
      },
      scrolling: () => {},
    },
    onPlaced: at => place(handles.current, at),
    onHistory: count => {
      if (!chosenByHand && interval === '1m' && count < FEW_BARS) setInterval('5s')
    },
    onBars: () => readings.barsChanged(),
  })
  useEffect(() => {
    if (mounted === null) return
    readings.of(mounted.chart)
    return () => readings.of(null)
  }, [mounted, readings])
  useEffect(() => {
    mounted?.chart.lines.show(lines)
    link.turns.takeNext()
  }, [link, mounted, lines])

  // Changes with the market: by hand, and drawn with the candle that moved it.
  useEffect(() => {
    if (mounted === null) return
    const look = () => {
      const profit = profitOf(positionNow())
      if (profit === null || !mounted.chart.lines.earns(profit)) return
      link.turns.takeNext()
      const handle = handles.current?.querySelector(`[data-line="${POSITION_LINE}"]`)
      mark(handle, 'aria-label', spoken(profit.label, profit.pnl))
    }
    look()
    return link.board.subscribe(channels.positions(accountId), symbol, look)
  }, [link, mounted, accountId, symbol, positionNow])

  useChannel(channels.fills(accountId))
  const fills = useSelected(
    channels.fills(accountId),
    useCallback((cells: ReadonlyMap<string, Cell>) => fillRows(cells, symbol), [symbol]),
  )
  useEffect(() => {
    if (history === 'ready' && settings.markers) mounted?.chart.mark(fills)
    else mounted?.chart.mark([])
  }, [mounted, fills, history, settings.markers])

  const [theme] = useSetting('theme')
  // biome-ignore lint/correctness/useExhaustiveDependencies: read off the page, which has other colours when the theme is another
  useEffect(() => {
    if (mounted === null) return
    const recolour = () => mounted.chart.recolour()
    recolour()
    return onMedia(DARK, recolour)
  }, [mounted, theme])

  const status = useMarketStatus(symbol, account.venue)
  const freshness = useFreshness(symbol, account.venue)
  return (
    <Panel
      title="Chart"
      subject={subject}
      aside={
        <ChartToolbar
          interval={interval}
          onInterval={next => {
            chosenByHand = true
            setInterval(next)
            setSettings({ ...settings, interval: next })
          }}
          settings={settings}
          onSettings={(change: Partial<ChartSettings>) => setSettings({ ...settings, ...change })}
          onNewest={() => mounted?.chart.toNewest()}
        />
      }
      className={`chart ${freshness.kind === 'stale' ? 'is-stale' : ''}`}
      testId="chart"
    >
      <ChartLegend
        readings={readings}
        instrument={instrument}
        interval={interval}
        settings={settings}
        status={status}
        zone={mounted?.chart.time.zone}
      />
      <div
        className="chart-host"
        ref={host}
        data-testid="chart-canvas"
        data-history={history}
        data-marks={settings.markers ? fills.length : 0}
      />
      <LineHandles ref={handles} lines={lines} instrument={instrument} tell={tell} />
      {freshness.kind === 'stale' && (
        <p className="chart-stale badge badge-warn" role="status">
          {freshness.why}, {formatAge(freshness.ageMs)} old
        </p>
      )}
      {history === 'failed' && (
        <p className="chart-note note note-warn" role="status">
          The history of bars did not come; trying again.
        </p>
      )}
      <a className="chart-credit" href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
        Charts by TradingView
      </a>
    </Panel>
  )
}

function liveRows(cells: ReadonlyMap<string, Cell>, symbol: string): readonly OrderRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as OrderRow]))
    .filter(row => row.symbol === symbol && !isTerminal(row.ordStatus))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
}

const MARKED = 300

function fillRows(cells: ReadonlyMap<string, Cell>, symbol: string): readonly FillRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as FillRow]))
    .filter(row => row.symbol === symbol)
    .sort((a, b) => a.seq - b.seq)
    .slice(-MARKED)
}

/**
 * Puts the handles for the keyboard where the lines are, without a render; of lines out of view at the edge, so that these
 * can be reached and moved too, and keep the focus however far they are moved.
 */
function place(handles: HTMLElement | null, at: ReadonlyMap<string, number>): void {
  if (handles === null) return
  for (const child of handles.children) {
    if (!(child instanceof HTMLElement)) continue
    const y = at.get(child.dataset.line ?? '')
    child.hidden = y === undefined
    if (y !== undefined) {
      child.style.top = `${Math.round(Math.min(handles.clientHeight, Math.max(0, y)))}px`
      child.dataset.y = String(Math.round(y))
    }
  }
}
