import type { InstrumentRow } from '../../shared/contract'

interface InstrumentSelectProps {
  instruments: readonly InstrumentRow[]
  symbol: string | undefined
  onSelect: (symbol: string) => void
}

export function InstrumentSelect({ instruments, symbol, onSelect }: InstrumentSelectProps) {
  const front = instruments.filter(instrument => instrument.front)
  const others = instruments.filter(instrument => !instrument.front)
  return (
    <label className="field field-inline">
      <span className="field-label">Instrument</span>
      <select
        data-testid="instrument-select"
        value={symbol ?? ''}
        disabled={instruments.length === 0}
        onChange={event => onSelect(event.target.value)}
      >
        {symbol === undefined && <option value="">…</option>}
        {front.length > 0 && <optgroup label="Front contracts">{front.map(option)}</optgroup>}
        {others.length > 0 && <optgroup label="Other contracts">{others.map(option)}</optgroup>}
      </select>
    </label>
  )
}

function option({ symbol, description }: InstrumentRow) {
  return (
    <option key={symbol} value={symbol}>
      {symbol} · {description}
    </option>
  )
}
