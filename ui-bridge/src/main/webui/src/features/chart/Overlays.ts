import { type IChartApi, type ISeriesApi, LineSeries, type UTCTimestamp } from 'lightweight-charts'
import type { ChartSettings } from '../../shared/settings'
import type { ExchangeTime } from './exchangeTime'
import { type Candle, ema, type Indicator, sma, vwap } from './indicators'
import type { ChartColours } from './palette'

interface Overlay {
  colour: string
  make: () => Indicator
  series: ISeriesApi<'Line'>
  indicator: Indicator
}

/** The averages over the bars: one line series each, followed bar by bar. */
export class Overlays {
  readonly #chart: IChartApi
  readonly #time: ExchangeTime
  #overlays: readonly Overlay[] = []

  constructor(chart: IChartApi, time: ExchangeTime) {
    this.#chart = chart
    this.#time = time
  }

  show(settings: ChartSettings, colours: ChartColours): void {
    for (const { series } of this.#overlays) this.#chart.removeSeries(series)
    const kinds: readonly { on: boolean; colour: string; make: () => Indicator }[] = [
      { on: settings.ema, colour: '--ema-fast', make: () => ema(8) },
      { on: settings.ema, colour: '--ema-slow', make: () => ema(21) },
      { on: settings.sma, colour: '--sma', make: () => sma(50) },
      { on: settings.vwap, colour: '--vwap', make: () => vwap(at => this.#time.day(at)) },
    ]
    this.#overlays = kinds
      .filter(({ on }) => on)
      .map(({ colour, make }) => ({
        colour,
        make,
        indicator: make(),
        series: this.#chart.addSeries(LineSeries, {
          color: colours.line(colour),
          lineWidth: 1,
          priceLineVisible: false,
          lastValueVisible: false,
          crosshairMarkerVisible: false,
        }),
      }))
  }

  recolour(colours: ChartColours): void {
    for (const { series, colour } of this.#overlays) series.applyOptions({ color: colours.line(colour) })
  }

  /** The newest bar again, or one more than before. */
  paintLast(at: Candle, grown: boolean): void {
    for (const { series, indicator } of this.#overlays) {
      const value = grown ? indicator.next(at) : indicator.again(at)
      if (value !== null) series.update({ time: at.time as UTCTimestamp, value })
    }
  }

  paintAll(candles: readonly Candle[]): void {
    for (const overlay of this.#overlays) {
      overlay.indicator = overlay.make()
      overlay.series.setData(
        candles.flatMap(at => {
          const value = overlay.indicator.next(at)
          return value === null ? [] : [{ time: at.time as UTCTimestamp, value }]
        }),
      )
    }
  }
}
