import { type KeyboardEvent, useState } from 'react'
import type { ChartSettings } from '../../shared/settings'
import { INTERVALS, intervalSeconds } from './bars'

interface ChartToolbarProps {
  interval: string
  onInterval: (interval: string) => void
  settings: ChartSettings
  onSettings: (change: Partial<ChartSettings>) => void
  onNewest: () => void
}

const QUICK = ['5s', '30s', '1m', '5m', '15m', '1h', '1d']

const OVERLAYS = [
  ['ema', 'EMA'],
  ['sma', 'SMA'],
  ['vwap', 'VWAP'],
  ['volume', 'Vol'],
  ['markers', 'Fills'],
] as const

export function ChartToolbar({ interval, onInterval, settings, onSettings, onNewest }: ChartToolbarProps) {
  const listed: readonly string[] = INTERVALS
  return (
    <span className="toolbar">
      <span className="segmented chart-quick">
        {QUICK.map(each => (
          <button
            key={each}
            type="button"
            aria-pressed={each === interval}
            data-testid={`interval-${each}`}
            onClick={() => onInterval(each)}
          >
            {each}
          </button>
        ))}
      </span>
      <select
        aria-label="Interval"
        data-testid="interval-select"
        value={interval}
        onChange={event => onInterval(event.target.value)}
      >
        {(listed.includes(interval) ? listed : [...listed, interval]).map(each => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <CustomInterval onInterval={onInterval} />
      <span className="segmented">
        {OVERLAYS.map(([name, text]) => (
          <button
            key={name}
            type="button"
            aria-pressed={settings[name]}
            onClick={() => onSettings({ [name]: !settings[name] })}
          >
            {text}
          </button>
        ))}
      </span>
      <button type="button" className="icon-button" aria-label="To the newest bar" onClick={onNewest}>
        ⇥
      </button>
    </span>
  )
}

function CustomInterval({ onInterval }: { onInterval: (interval: string) => void }) {
  const [text, setText] = useState('')
  const wrong = text !== '' && intervalSeconds(text) === null
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text === '' || wrong) return
    onInterval(text)
    setText('')
  }
  return (
    <input
      className="interval-custom"
      aria-label="Other interval, such as 7m"
      placeholder="7m"
      value={text}
      aria-invalid={wrong}
      onChange={event => setText(event.target.value.trim())}
      onKeyDown={onKey}
    />
  )
}
