export type LinkState =
  /** `attempt` 0 is the first connection of this page. */
  | { phase: 'connecting'; attempt: number; lostAt: number | null }
  | { phase: 'open'; since: number; heardAt: number; rttMs: number | null }
  | { phase: 'waiting'; attempt: number; lostAt: number; retryAt: number }
  | { phase: 'stopped' }

/** What the desk knows of one channel; without an entry it was never asked for. */
export type ChannelState =
  | { kind: 'asked' }
  /** Snapshot or resumption received: the store follows the stream without a hole. */
  | { kind: 'following' }
  | { kind: 'refused'; reason: string }

export type Liveness =
  | { kind: 'live'; rttMs: number | null }
  | { kind: 'stale'; ageMs: number }
  | { kind: 'connecting' }
  | { kind: 'reconnecting'; ageMs: number }
  | { kind: 'offline'; ageMs: number }

/** Longer than a ping and its answer take: then an open socket is no proof of life. */
const SILENT_MS = 7_000
const OFFLINE_AFTER_MS = 15_000

/** To the second, as it is shown. */
export function sameLiveness(a: Liveness, b: Liveness): boolean {
  return (
    a.kind === b.kind &&
    ('rttMs' in a ? a.rttMs : null) === ('rttMs' in b ? b.rttMs : null) &&
    secondsOf(a) === secondsOf(b)
  )
}

const secondsOf = (state: Liveness) => ('ageMs' in state ? Math.round(state.ageMs / 1_000) : null)

export function liveness(link: LinkState, now: number, browserOnline: boolean): Liveness {
  switch (link.phase) {
    case 'open': {
      const ageMs = now - link.heardAt
      return ageMs > SILENT_MS ? { kind: 'stale', ageMs } : { kind: 'live', rttMs: link.rttMs }
    }
    case 'connecting':
    case 'waiting': {
      if (link.lostAt === null) return browserOnline ? { kind: 'connecting' } : { kind: 'offline', ageMs: 0 }
      const ageMs = Math.max(0, now - link.lostAt)
      const offline = !browserOnline || ageMs > OFFLINE_AFTER_MS
      return { kind: offline ? 'offline' : 'reconnecting', ageMs }
    }
    case 'stopped':
      return { kind: 'offline', ageMs: 0 }
  }
}
