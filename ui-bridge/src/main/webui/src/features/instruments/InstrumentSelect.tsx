import type { InstrumentRow } from '../../shared/contract'
import { Picker } from '../../shared/Picker'

interface InstrumentSelectProps {
  instruments: readonly InstrumentRow[]
  symbol: string | undefined
  onSelect: (symbol: string) => void
}

export function InstrumentSelect({ instruments, symbol, onSelect }: InstrumentSelectProps) {
  const front = instruments.filter(instrument => instrument.front)
  const others = instruments.filter(instrument => !instrument.front)
  const chosen = instruments.find(instrument => instrument.symbol === symbol)
  return (
    <Picker
      label="Instrument"
      shown={
        <>
          <b>{symbol ?? '…'}</b>
          <small>{chosen?.description}</small>
        </>
      }
      testId="instrument-select"
      value={symbol ?? ''}
      disabled={instruments.length === 0}
      onChange={onSelect}
    >
      {symbol === undefined && <option value="">…</option>}
      {front.length > 0 && <optgroup label="Front contracts">{front.map(option)}</optgroup>}
      {others.length > 0 && <optgroup label="Other contracts">{others.map(option)}</optgroup>}
    </Picker>
  )
}

function option({ symbol, description }: InstrumentRow) {
  return (
    <option key={symbol} value={symbol}>
      {symbol} · {description}
    </option>
  )
}
