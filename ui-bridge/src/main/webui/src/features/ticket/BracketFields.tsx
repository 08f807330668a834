import type { InstrumentRow } from '../../shared/contract'
import type { BracketUnit, Draft } from './draft'

interface BracketFieldsProps {
  draft: Draft
  typed: (change: Partial<Draft>) => void
  instrument: InstrumentRow
}

const UNITS: readonly BracketUnit[] = ['ticks', 'price', 'money']

/** Stop-loss and target that go out with the order, as distances or prices. */
export function BracketFields({ draft, typed, instrument }: BracketFieldsProps) {
  return (
    <div className="bracket">
      <label className="check">
        <input
          type="checkbox"
          checked={draft.bracket}
          data-testid="ticket-bracket"
          onChange={event => typed({ bracket: event.target.checked })}
        />
        Bracket
      </label>
      {draft.bracket && (
        <>
          <span className="segmented">
            {UNITS.map(unit => (
              <button
                key={unit}
                type="button"
                aria-pressed={draft.unit === unit}
                data-testid={`bracket-${unit}`}
                onClick={() => typed({ unit, stop: '', target: '' })}
              >
                {unit === 'money' ? instrument.currency : unit}
              </button>
            ))}
          </span>
          <div className="field-pair">
            <label className="field">
              <span className="field-label">Stop-loss</span>
              <input
                className="num"
                inputMode="decimal"
                data-testid="bracket-stop"
                value={draft.stop}
                onChange={event => typed({ stop: event.target.value })}
              />
            </label>
            <label className="field">
              <span className="field-label">Target</span>
              <input
                className="num"
                inputMode="decimal"
                data-testid="bracket-target"
                value={draft.target}
                onChange={event => typed({ target: event.target.value })}
              />
            </label>
          </div>
          <div className="field-pair">
            <label className="check">
              <input
                type="checkbox"
                checked={draft.trailing}
                onChange={event => typed({ trailing: event.target.checked })}
              />
              Stop follows
            </label>
            <label className="field">
              <span className="field-label">Breakeven after, ticks</span>
              <input
                className="num"
                inputMode="numeric"
                value={draft.breakeven}
                onChange={event => typed({ breakeven: event.target.value })}
              />
            </label>
          </div>
        </>
      )}
    </div>
  )
}
