import { useRefusals } from '../../shared/link/hooks'

/** What the bridge will not show us, such as an account that is not ours. */
export function Refusals() {
  const refusals = useRefusals()
  if (refusals.length === 0) return null
  return (
    <p className="strip strip-warn" role="status" data-testid="refusals">
      Not available: {refusals.join(', ')}
    </p>
  )
}
