const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** The time of day where the person sits. */
export function formatClock(timestamp: string | undefined): string {
  if (timestamp === undefined) return '–'
  const time = new Date(timestamp)
  return Number.isNaN(time.getTime()) ? '–' : CLOCK.format(time)
}

export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  return `${Math.floor(seconds / 3_600)} h`
}

const PRECISE = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** With milliseconds, where the order of things matters. */
export function formatPreciseClock(timestamp: string | undefined): string {
  if (timestamp === undefined) return '–'
  const time = new Date(timestamp)
  return Number.isNaN(time.getTime()) ? '–' : PRECISE.format(time)
}
