import { useLiveness } from '../../shared/link/hooks'
import type { Liveness } from '../../shared/link/linkState'
import { formatAge, formatClock } from '../../shared/time'
import { useVenueRow } from '../replay/ReplayStrip'

export function ConnectionState() {
  const state = useLiveness()
  const tape = useVenueRow('tape')
  // a bridge that answers but hears nothing itself is not live
  const deaf = state.kind === 'live' && tape?.feed === 'DOWN'
  const kind = deaf ? 'stale' : state.kind
  const text = deaf ? `Stale since ${formatClock(tape.since)}` : textOf(state)
  return (
    <span
      className={`connection connection-${kind}`}
      role="status"
      aria-label={`Connection: ${text}`}
      data-testid="connection-state"
      data-state={kind}
    >
      <span className="dot" aria-hidden="true" />
      {text}
      {kind === 'live' && state.kind === 'live' && state.rttMs !== null && (
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
