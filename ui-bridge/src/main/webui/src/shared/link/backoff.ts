const FIRST_MS = 250
const CAP_MS = 10_000

/** Exponential with full jitter: after a restart of the bridge its clients must not come back in step. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt, 10)))
}
