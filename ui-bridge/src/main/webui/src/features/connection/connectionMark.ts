import type { MarketStatusRow } from '../../shared/contract'
import type { Liveness } from '../../shared/link/linkState'
import { formatAge, formatClock } from '../../shared/time'

export interface ConnectionMark {
  kind: Liveness['kind']
  text: string
}

/** What is said of the connection. A bridge that answers but hears nothing from the tape is not live. */
export function connectionMark(link: Liveness, tape: MarketStatusRow | undefined): ConnectionMark {
  switch (link.kind) {
    case 'live':
      return tape?.feed === 'DOWN'
        ? { kind: 'stale', text: `Stale since ${formatClock(tape.since)}` }
        : { kind: 'live', text: 'Live' }
    case 'connecting':
      return { kind: 'connecting', text: 'Connecting' }
    case 'stale':
      return { kind: 'stale', text: `Stale, ${formatAge(link.ageMs)}` }
    case 'reconnecting':
      return { kind: 'reconnecting', text: `Reconnecting, ${formatAge(link.ageMs)}` }
    case 'offline':
      return { kind: 'offline', text: `Offline, ${formatAge(link.ageMs)}` }
  }
}
