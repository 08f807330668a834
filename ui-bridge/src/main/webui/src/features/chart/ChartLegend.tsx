import { useCallback, useContext, useSyncExternalStore } from 'react'
import type { InstrumentRow, MarketStatusRow } from '../../shared/contract'
import { signOf } from '../../shared/decimal'
import { TurnContext } from '../../shared/link/hooks'
import type { ChartSettings } from '../../shared/settings'
import { formatPrice } from '../../shared/ticks'
import { useNow } from '../../shared/useNow'
import { venueNow } from '../../shared/venueClock'
import { intervalSeconds } from './bars'
import { countdown } from './exchangeTime'
import type { Readings } from './readings'

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
  const turn = useContext(TurnContext)
  const subscribe = useCallback(
    (listener: () => void) => readings.subscribe(turn, listener),
    [readings, turn],
  )
  const reading = useSyncExternalStore(subscribe, readings.now)
  const row = reading?.row
  const change = row === undefined ? null : changeOf(row.close, (reading?.before ?? row).close, tickSize)
  const figure = (name: string, value: string | undefined) => (
    <span>
      <span className="muted">{name}</span>
      <span className="num">{formatPrice(value, tickSize)}</span>
    </span>
  )
  return (
    <p className="chart-legend" data-testid="chart-legend">
      {figure('O', row?.open)}
      {figure('H', row?.high)}
      {figure('L', row?.low)}
      {figure('C', row?.close)}
      <span>
        <span className="muted">V</span>
        <span className="num">{row === undefined ? '–' : row.volume.toLocaleString('en')}</span>
      </span>
      {change !== null && (
        <span className={`num ${['loss', 'muted', 'gain'][change.sign + 1]}`}>{change.text}</span>
      )}
      {settings.ema && <span className="key-ema">EMA 8 21</span>}
      {settings.sma && <span className="key-sma">SMA 50</span>}
      {settings.vwap && <span className="key-vwap">VWAP</span>}
      <Countdown interval={interval} status={status} />
      {zone !== undefined && <span className="muted legend-zone">{zone}</span>}
    </p>
  )
}

function changeOf(close: string, before: string, tickSize: string) {
  const points = Number(close) - Number(before)
  const decimals = (tickSize.split('.')[1] ?? '').length
  const text = `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(decimals)}`
  const percent =
    Number(before) === 0 ? '' : ` ${((points / Number(before)) * 100).toFixed(2).replace('-', '−')} %`
  return { sign: signOf(points.toFixed(decimals)), text: text + percent }
}

function Countdown({ interval, status }: { interval: string; status: MarketStatusRow | undefined }) {
  const now = Math.max(useNow(), Date.now())
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
