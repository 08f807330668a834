import { TickMarkType } from 'lightweight-charts'

const UTC = 'UTC'

/** The zone at the end of a session's text, such as `17:00-16:00 America/Chicago`; UTC where there is none. */
export function zoneOf(session: string): string {
  const zone = session.trim().split(' ').at(-1) ?? UTC
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone })
    return zone
  } catch {
    return UTC
  }
}

/** The axis and the crosshair speak the exchange's time; the bars themselves stay in UTC. */
export class ExchangeTime {
  readonly zone: string
  readonly #parts: Intl.DateTimeFormat

  constructor(zone: string) {
    this.zone = zone
    this.#parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
  }

  #of(seconds: number): Record<string, string> {
    return Object.fromEntries(
      this.#parts.formatToParts(new Date(seconds * 1_000)).map(({ type, value }) => [type, value]),
    )
  }

  day(seconds: number): string {
    const { year, month, day } = this.#of(seconds)
    return `${day} ${month} ${year}`
  }

  full(seconds: number, withSeconds: boolean): string {
    const { month, day, hour, minute, second } = this.#of(seconds)
    return `${day} ${month} ${hour}:${minute}${withSeconds ? `:${second}` : ''}`
  }

  /** The axis is divided by UTC days: where that is no midnight of the exchange, the time of day is the truth. */
  mark(seconds: number, kind: TickMarkType): string {
    const { year, month, day, hour, minute, second } = this.#of(seconds)
    const midnight = hour === '00' && minute === '00'
    if (kind === TickMarkType.TimeWithSeconds) return `${hour}:${minute}:${second}`
    if (kind === TickMarkType.Time) return midnight ? `${day} ${month}` : `${hour}:${minute}`
    if (!midnight && kind === TickMarkType.DayOfMonth) return `${day} ${month} ${hour}:${minute}`
    if (kind === TickMarkType.Year) return year ?? ''
    return kind === TickMarkType.Month ? (month ?? '') : `${day} ${month}`
  }
}

/** `4:07`, `1:02:03`: what is left of a bar. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(left / 3_600)
  const rest = `${hours > 0 ? two(Math.floor((left % 3_600) / 60)) : Math.floor(left / 60)}:${two(left % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
