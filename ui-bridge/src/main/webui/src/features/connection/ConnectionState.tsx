import { useLiveness } from '../../shared/link/hooks'
import type { Liveness } from '../../shared/link/linkState'
import { formatAge } from '../../shared/time'

export function ConnectionState() {
  const state = useLiveness()
  return (
    <span
      className={`connection connection-${state.kind}`}
      role="status"
      aria-label={`Connection: ${textOf(state)}`}
      data-testid="connection-state"
      data-state={state.kind}
    >
      <span className="dot" aria-hidden="true" />
      {textOf(state)}
      {state.kind === 'live' && state.rttMs !== null && (
        <span className="num latency" data-testid="connection-latency" aria-hidden="true">
          {state.rttMs} ms
        </span>
      )}
    </span>
  )
}

function textOf(state: Liveness): string {
  switch (state.kind) {
    case 'live':
      return 'Live'
    case 'connecting':
      return 'Connecting'
    case 'stale':
      return `Stale, ${formatAge(state.ageMs)}`
    case 'reconnecting':
      return `Reconnecting, ${formatAge(state.ageMs)}`
    case 'offline':
      return `Offline, ${formatAge(state.ageMs)}`
  }
}
