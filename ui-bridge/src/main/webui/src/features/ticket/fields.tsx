import { useId } from 'react'
import type { Side } from '../../shared/contract'

export function SideToggle({ side, onChange }: { side: Side; onChange: (side: Side) => void }) {
  const option = (value: Side, text: string) => (
    <label className={`side-option side-option-${value.toLowerCase()}`}>
      <input
        type="radio"
        name="ticket-side"
        value={value}
        checked={side === value}
        data-testid={`ticket-side-${value.toLowerCase()}`}
        onChange={() => onChange(value)}
      />
      <span>{text}</span>
    </label>
  )
  return (
    <fieldset className="side-toggle">
      <legend className="sr-only">Side</legend>
      {option('BUY', 'Buy')}
      {option('SELL', 'Sell')}
    </fieldset>
  )
}

interface SteppedProps {
  label: string
  testId: string
  value: string
  onChange: (value: string) => void
  onStep: (steps: number) => void
  onLeave?: () => void
}

/** A number as text: typed freely, stepped by the buttons or the arrow keys (Shift: ten). */
export function Stepped({ label, testId, value, onChange, onStep, onLeave }: SteppedProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <span className="stepped">
        <button
          type="button"
          className="button"
          aria-label={`${label} down`}
          data-testid={`${testId}-down`}
          onClick={() => onStep(-1)}
        >
          −
        </button>
        <input
          id={id}
          className="num"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          data-testid={testId}
          value={value}
          onChange={event => onChange(event.target.value)}
          onBlur={onLeave}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              // A stray Enter must not send: it goes on to the button, and a second one sends.
              event.preventDefault()
              event.currentTarget.form?.querySelector<HTMLElement>('[type=submit]')?.focus()
            }
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1))
          }}
        />
        <button
          type="button"
          className="button"
          aria-label={`${label} up`}
          data-testid={`${testId}-up`}
          onClick={() => onStep(1)}
        >
          +
        </button>
      </span>
    </div>
  )
}
