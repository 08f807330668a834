import { useRefusals } from '../../shared/link/hooks'
import { formatClock } from '../../shared/time'
import { useVenueRow } from '../replay/ReplayStrip'

/** What the bridge will not show us, such as an account that is not ours; and when it hears nothing itself. */
export function Refusals() {
  const refusals = useRefusals()
  const tape = useVenueRow('tape')
  return (
    <>
      {tape?.feed === 'DOWN' && (
        <p className="strip strip-bad" role="alert" data-testid="tape-down">
          Nothing reaches the bridge since {formatClock(tape.since)}: everything below is as old as that.
        </p>
      )}
      {refusals.length > 0 && (
        <p className="strip strip-warn" role="status" data-testid="refusals">
          Not available: {refusals.join(', ')}
        </p>
      )}
    </>
  )
}
