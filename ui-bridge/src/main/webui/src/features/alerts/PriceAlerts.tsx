import { type FormEvent, useState } from 'react'
import type { InstrumentRow, PriceAlertRow } from '../../shared/contract'
import { formatPrice, readPrice } from '../../shared/ticks'
import { useInstrument } from '../instruments/useInstruments'
import { usePriceAlerts } from './usePriceAlerts'

/** Prices to be told of, once each: the side is the one that the last trade has yet to come from. */
export function PriceAlerts({ instrument }: { instrument: InstrumentRow }) {
  const { symbol, tickSize } = instrument
  const { waiting, set, cancel } = usePriceAlerts()
  const [px, setPx] = useState('')
  const [note, setNote] = useState('')
  const onTick = readPrice(px, tickSize).kind === 'onTick'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!onTick || !(await set(symbol, px, note))) return
    setPx('')
    setNote('')
  }
  return (
    <div className="alerts" data-testid="alerts">
      <form className="alerts-form" onSubmit={submit}>
        <label>
          Alert {symbol} at{' '}
          <input
            className="num"
            inputMode="decimal"
            size={9}
            value={px}
            aria-invalid={px !== '' && !onTick}
            onChange={({ target }) => setPx(target.value.trim())}
            data-testid="alert-px"
          />
        </label>
        <input
          aria-label="Note"
          placeholder="note"
          size={12}
          maxLength={200}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <button type="submit" className="button" disabled={!onTick} data-testid="alert-set">
          Set
        </button>
      </form>
      <ul className="notices" aria-label="Alerts that wait">
        {waiting.map(alert => (
          <li key={alert.alertId} className="notice" data-testid="alert-waiting">
            <span className="num">
              {alert.symbol} {alert.direction === 'ABOVE' ? '≥' : '≤'} <AlertPrice alert={alert} />
            </span>
            <span className="muted">{alert.note}</span>
            <button
              type="button"
              className="link-button remove"
              aria-label={`Cancel the alert of ${alert.symbol} at ${alert.px}`}
              onClick={() => void cancel(alert)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** 6705.5 came over the wire; the instrument is quoted as 6705.50. */
function AlertPrice({ alert }: { alert: PriceAlertRow }) {
  return formatPrice(alert.px, useInstrument(alert.symbol)?.tickSize)
}
