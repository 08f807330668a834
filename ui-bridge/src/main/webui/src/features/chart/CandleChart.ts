import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'
import type { BarRow, FillRow, InstrumentRow } from '../../shared/contract'
import type { ChartSettings } from '../../shared/settings'
import { type Bars, type Change, startOf } from './bars'
import { ExchangeTime, zoneOf } from './exchangeTime'
import type { Candle } from './indicators'
import { marksOf } from './marks'
import { FONT_FAMILY, OrderLines, type Palette } from './OrderLines'
import { Overlays } from './Overlays'
import { type ChartColours, chartColours, paletteOf } from './palette'
import type { Reading } from './readings'

const BAR = 7
const WIDEST_BAR = 14
/** So many bars' room is right of the newest. */
const RIGHT = 8

/**
 * One chart on the page: the library's objects and nothing of React. Everything it makes goes with `dispose`, so that a
 * change of instrument or interval leaves nothing behind.
 */
export class CandleChart {
  readonly lines: OrderLines
  readonly time: ExchangeTime
  readonly #chart: IChartApi
  readonly #candles: ISeriesApi<'Candlestick'>
  readonly #volume: ISeriesApi<'Histogram'>
  readonly #markers: ISeriesMarkersPluginApi<Time>
  readonly #bars: Bars
  readonly #seconds: number
  readonly #host: HTMLElement
  readonly #overlays: Overlays
  #settings: ChartSettings
  #colours: ChartColours
  #palette: Palette
  #painted = 0
  #fills: readonly FillRow[] = []
  /** What was under way for the page may still call, once: nothing is drawn any more. */
  #gone = false

  constructor(
    host: HTMLElement,
    instrument: InstrumentRow,
    bars: Bars,
    seconds: number,
    settings: ChartSettings,
    onPlaced: (at: ReadonlyMap<string, number>) => void,
  ) {
    this.#host = host
    this.#bars = bars
    this.#seconds = seconds
    this.#settings = settings
    this.#colours = chartColours(host)
    this.#palette = paletteOf(host)
    this.time = new ExchangeTime(zoneOf(instrument.session))
    const decimals = (instrument.tickSize.split('.')[1] ?? '').length
    const tick = Number(instrument.tickSize)
    const sub = seconds < 60
    this.#chart = createChart(host, {
      autoSize: true,
      crosshair: { mode: CrosshairMode.Normal },
      localization: { timeFormatter: (at: Time) => this.time.full(at as number, sub) },
      timeScale: {
        timeVisible: true,
        secondsVisible: sub,
        rightOffset: RIGHT,
        barSpacing: BAR,
        tickMarkFormatter: (at: Time, kind: number) => this.time.mark(at as number, kind),
      },
      // The logo would inject a style element, which the Content-Security-Policy forbids; the panel has a link instead.
      layout: { attributionLogo: false },
    })
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      priceFormat: { type: 'price', precision: decimals, minMove: tick },
      borderVisible: false,
    })
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    })
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } })
    this.#markers = createSeriesMarkers(this.#candles, [])
    this.lines = new OrderLines(tick, this.#palette, onPlaced)
    this.#candles.attachPrimitive(this.lines)
    this.#overlays = new Overlays(this.#chart, this.time)
    this.#overlays.show(settings, this.#colours)
    this.recolour()
  }

  dispose(): void {
    this.#gone = true
    this.#candles.detachPrimitive(this.lines)
    this.#chart.remove()
  }

  get element(): HTMLElement {
    return this.#chart.chartElement() as HTMLElement
  }

  scrolling(on: boolean): void {
    if (this.#gone) return
    this.#chart.applyOptions({ handleScroll: on, handleScale: on })
  }

  toNewest(): void {
    if (this.#gone) return
    // At once: on a way that takes its time the next bar would stop it.
    this.#chart.timeScale().scrollToPosition(RIGHT, false)
  }

  /** A few bars take more room than many, as far as bars look like bars. */
  spread(): void {
    if (this.#gone) return
    const barSpacing = Math.min(WIDEST_BAR, this.#host.clientWidth / (this.#bars.rows.length + 20))
    if (barSpacing > BAR) this.#chart.timeScale().applyOptions({ barSpacing })
  }

  /** Called when the person looks at the oldest bars there are. */
  onNearTheEnd(run: () => void): void {
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange(range => {
      if (range !== null && range.from < 15 && this.#painted > 0) run()
    })
  }

  /** So many of the oldest bars may go unnoticed: none while the newest is out of view, for then the view would move with them. */
  unseen(): number {
    const range = this.#gone ? null : this.#chart.timeScale().getVisibleLogicalRange()
    return range === null || range.to < this.#bars.rows.length - 1 ? 0 : Math.max(0, Math.floor(range.from))
  }

  onCrosshair(run: (reading: Reading | null) => void): void {
    this.#chart.subscribeCrosshairMove(({ logical }) => {
      const rows = this.#bars.rows
      const index = logical === undefined ? -1 : Math.round(logical)
      const row = rows[index]
      run(row === undefined ? null : { row, before: rows[index - 1] })
    })
  }

  newest(): Reading | null {
    const rows = this.#bars.rows
    const row = rows.at(-1)
    return row === undefined ? null : { row, before: rows.at(-2) }
  }

  recolour(): void {
    if (this.#gone) return
    this.#palette = paletteOf(this.#host)
    this.#colours = chartColours(this.#host)
    const colours = this.#colours
    this.#chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colours.background },
        textColor: colours.text,
        fontFamily: FONT_FAMILY,
        fontSize: 11,
      },
      grid: { vertLines: { color: colours.grid }, horzLines: { color: colours.grid } },
      rightPriceScale: { borderColor: colours.border },
      timeScale: { borderColor: colours.border },
      crosshair: {
        vertLine: { color: colours.crosshair, labelBackgroundColor: colours.crosshairLabel },
        horzLine: { color: colours.crosshair, labelBackgroundColor: colours.crosshairLabel },
      },
    })
    this.#candles.applyOptions({
      upColor: colours.up,
      downColor: colours.down,
      wickUpColor: colours.up,
      wickDownColor: colours.down,
    })
    this.lines.paintWith(this.#palette)
    this.#overlays.recolour(colours)
    if (this.#painted > 0) this.paint('all')
    this.mark(this.#fills)
  }

  configure(settings: ChartSettings): void {
    if (this.#gone) return
    const before = this.#settings
    this.#settings = settings
    this.#volume.applyOptions({ visible: settings.volume })
    if (before.ema === settings.ema && before.sma === settings.sma && before.vwap === settings.vwap) return
    this.#overlays.show(settings, this.#colours)
    this.paint('all')
  }

  paint(change: Change): void {
    const rows = this.#bars.rows
    const last = rows.at(-1)
    if (this.#gone || change === 'nothing' || last === undefined) return
    this.lines.marketAt(Number(last.close))
    const colours = this.#colours
    if (change === 'tail' && rows.length - this.#painted <= 1 && this.#painted > 0) {
      const grown = rows.length > this.#painted
      this.#candles.update(candle(last))
      this.#volume.update(column(last, colours))
      this.#overlays.paintLast(figures(last), grown)
    } else {
      this.#candles.setData(rows.map(candle))
      this.#volume.setData(rows.map(row => column(row, colours)))
      this.#overlays.paintAll(rows.map(figures))
    }
    this.#painted = rows.length
  }

  mark(fills: readonly FillRow[]): void {
    if (this.#gone) return
    this.#fills = fills
    const oldest = this.#bars.rows[0]
    const newest = this.#bars.last
    if (!this.#settings.markers || oldest === undefined || newest === undefined)
      return this.#markers.setMarkers([])
    const palette = this.#palette
    this.#markers.setMarkers(
      marksOf(fills, startOf(oldest), startOf(newest), this.#seconds).map(({ time, side, lots }) => ({
        time: time as UTCTimestamp,
        position: side === 'BUY' ? ('belowBar' as const) : ('aboveBar' as const),
        shape: side === 'BUY' ? ('arrowUp' as const) : ('arrowDown' as const),
        color: side === 'BUY' ? palette.buy : palette.sell,
        text: String(lots),
      })),
    )
  }
}

function figures(row: BarRow): Candle {
  return {
    time: startOf(row),
    high: Number(row.high),
    low: Number(row.low),
    close: Number(row.close),
    volume: row.volume,
  }
}

function candle(row: BarRow) {
  return {
    time: startOf(row) as UTCTimestamp,
    open: Number(row.open),
    high: Number(row.high),
    low: Number(row.low),
    close: Number(row.close),
  }
}

function column(row: BarRow, colours: { upSoft: string; downSoft: string }) {
  return {
    time: startOf(row) as UTCTimestamp,
    value: row.volume,
    color: Number(row.close) >= Number(row.open) ? colours.upSoft : colours.downSoft,
  }
}
