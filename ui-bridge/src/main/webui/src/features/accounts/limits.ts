import type { LimitRow } from '../../shared/contract'
import { formatMoney, parseDecimal, rescale } from '../../shared/decimal'

/** DAILY_LOSS as a person reads it. */
export function limitName({ name }: LimitRow): string {
  const words = name.toLowerCase().replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** An amount that is not money, in words; what is counted follows it. */
export function counted(value: string, unit: LimitRow['unit']): string {
  return unit === 'PERCENT' ? `${value} %` : `${value} ${unit?.toLowerCase() ?? ''}`.trim()
}

export const isMoney = ({ unit }: LimitRow) => unit === undefined || unit === 'MONEY'

/** An amount of the limit; what is counted is `named`, if it is not said beside it, and percent always are. */
export function amountText(limit: LimitRow, value: string, named: boolean): string {
  if (isMoney(limit)) return formatMoney(value)
  return counted(value, named || limit.unit === 'PERCENT' ? limit.unit : undefined)
}

/** What must still be earned until a target is kept; null: nothing, or no such target. */
export function stillNeeded({ needed }: LimitRow): string | null {
  const amount = needed === undefined ? null : parseDecimal(needed)
  return needed === undefined || amount === null || amount.units <= 0n ? null : needed
}

/** How near a limit is, as a colour says it. */
export function toneOf(share: number): 'good' | 'warn' | 'bad' {
  return share >= 0.9 ? 'bad' : share >= 0.75 ? 'warn' : 'good'
}

/** 0 to 1, for the width of a bar. */
export function shareOf(used: string, limit: string): number {
  const part = parseDecimal(used)
  const whole = parseDecimal(limit)
  if (part === null || whole === null || whole.units === 0n) return 0
  const scale = Math.max(part.scale, whole.scale)
  const share = Number((rescale(part, scale).units * 10_000n) / rescale(whole, scale).units) / 10_000
  return Math.min(1, Math.max(0, share))
}
