import { useLayoutEffect, useRef } from 'react'
import { mark } from '../../shared/byHand'
import type { InstrumentRow, MarketStatusRow } from '../../shared/contract'
import { signOf } from '../../shared/decimal'
import { show } from '../../shared/Live'
import { useLink, useNowInTurn } from '../../shared/link/hooks'
import type { ChartSettings } from '../../shared/settings'
import { formatPrice } from '../../shared/ticks'
import { venueNow } from '../../shared/venueClock'
import { intervalSeconds } from './bars'
import { countdown } from './exchangeTime'
import type { Reading, Readings } from './readings'

interface ChartLegendProps {
  readings: Readings
  instrument: InstrumentRow
  interval: string
  settings: ChartSettings
  status: MarketStatusRow | undefined
  zone: string | undefined
}

/** The bar under the crosshair, or the newest; and when the next one begins. */
export function ChartLegend({ readings, instrument, interval, settings, status, zone }: ChartLegendProps) {
  const { tickSize } = instrument
  const legend = useRef<HTMLParagraphElement>(null)
  const { figures } = useLink()
  useLayoutEffect(() => {
    const paint = () => {
      const reading = readings.now()
      for (const element of legend.current?.querySelectorAll<HTMLElement>('[data-figure]') ?? []) {
        const { text, tone } = figureOf(reading, element.dataset.figure as Figure, tickSize)
        show(element, text)
        mark(element, 'data-tone', tone)
      }
    }
    paint()
    return readings.subscribe(figures, paint)
  }, [readings, figures, tickSize])
  return (
    <p className="chart-legend" data-testid="chart-legend" ref={legend}>
      {FIGURES.map(figure => (
        <span key={figure}>
          {figure !== 'change' && <span className="muted">{figure}</span>}
          <span className="live num" data-figure={figure} />
        </span>
      ))}
      {settings.ema && <span className="key-ema">EMA 8 21</span>}
      {settings.sma && <span className="key-sma">SMA 50</span>}
      {settings.vwap && <span className="key-vwap">VWAP</span>}
      <Countdown interval={interval} status={status} />
      {zone !== undefined && <span className="muted legend-zone">{zone}</span>}
    </p>
  )
}

const FIGURES = ['O', 'H', 'L', 'C', 'V', 'change'] as const
type Figure = (typeof FIGURES)[number]

function figureOf(reading: Reading | null, figure: Figure, tickSize: string) {
  const row = reading?.row
  const plain = (text: string) => ({ text, tone: null })
  switch (figure) {
    case 'O':
      return plain(formatPrice(row?.open, tickSize))
    case 'H':
      return plain(formatPrice(row?.high, tickSize))
    case 'L':
      return plain(formatPrice(row?.low, tickSize))
    case 'C':
      return plain(formatPrice(row?.close, tickSize))
    case 'V':
      return plain(row === undefined ? '–' : row.volume.toLocaleString('en'))
    case 'change':
      return row === undefined ? plain('') : changeOf(row.close, (reading?.before ?? row).close, tickSize)
  }
}

function changeOf(close: string, before: string, tickSize: string): { text: string; tone: string | null } {
  const points = Number(close) - Number(before)
  const decimals = (tickSize.split('.')[1] ?? '').length
  const text = `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(decimals)}`
  const percent =
    Number(before) === 0 ? '' : ` ${((points / Number(before)) * 100).toFixed(2).replace('-', '−')} %`
  const tone = ['loss', 'muted', 'gain'][signOf(points.toFixed(decimals)) + 1] ?? null
  return { text: text + percent, tone }
}

function Countdown({ interval, status }: { interval: string; status: MarketStatusRow | undefined }) {
  const now = Math.max(useNowInTurn(), Date.now())
  const seconds = intervalSeconds(interval)
  const venue = venueNow(status, now)
  if (seconds === null || venue === null || interval === '1d') return null
  const left = seconds - ((venue / 1_000) % seconds)
  return (
    <span className="num" title="Until the next bar" data-testid="countdown">
      <span className="muted">next</span> {countdown(left)}
    </span>
  )
}
