import { arm, useArmed } from '../../shared/arm'

/** Off after a reload and after a quarter of an hour: one click or key sends orders only while this is on. */
export function ArmSwitch() {
  const armed = useArmed()
  return (
    <button
      type="button"
      role="switch"
      aria-checked={armed}
      className={`arm ${armed ? 'arm-on' : ''}`}
      data-testid="arm"
      title={
        armed ? 'One click and one key send orders (Shift+A)' : 'Clicks only fill in the ticket (Shift+A)'
      }
      onClick={() => arm(!armed)}
    >
      <span className="arm-knob" aria-hidden="true" />
      {armed ? 'Armed' : 'Safe'}
    </button>
  )
}
