import { useLiveness } from '../../shared/link/hooks'
import { useVenueRow } from '../replay/ReplayStrip'
import { connectionMark } from './connectionMark'

export function ConnectionState() {
  const state = useLiveness()
  const { kind, text } = connectionMark(state, useVenueRow('tape'))
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
