import type { Decimal } from './contract'

/** An exact decimal: `units` × 10^-`scale`. */
export interface Exact {
  units: bigint
  scale: number
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/
const LONGEST = 32

/** null when the text is not a plain decimal number. */
export function parseDecimal(text: string): Exact | null {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST || !DECIMAL.test(trimmed)) return null
  const [whole = '', fraction = ''] = trimmed.split('.')
  const digits = whole.replace(/^[+-]/, '') + fraction
  const units = BigInt(digits)
  return { units: trimmed.startsWith('-') ? -units : units, scale: fraction.length }
}

export function formatExact({ units, scale }: Exact): Decimal {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The same number with at least `scale` decimals; never fewer digits than it has. */
export function rescale(value: Exact, scale: number): Exact {
  return value.scale >= scale ? value : { units: value.units * 10n ** BigInt(scale - value.scale), scale }
}

/** The exact sum; what cannot be read counts as absent. */
export function sum(...terms: readonly (Decimal | undefined)[]): Decimal {
  let total: Exact = { units: 0n, scale: 0 }
  for (const term of terms) {
    const value = term === undefined ? null : parseDecimal(term)
    if (value === null) continue
    const scale = Math.max(total.scale, value.scale)
    total = { units: rescale(total, scale).units + rescale(value, scale).units, scale }
  }
  return formatExact(total)
}

export function negate(value: Decimal): Decimal {
  const parsed = parseDecimal(value)
  return parsed === null ? value : formatExact({ ...parsed, units: -parsed.units })
}

export function times(value: Decimal, factor: number): Decimal {
  const parsed = parseDecimal(value)
  return parsed === null ? value : formatExact({ ...parsed, units: parsed.units * BigInt(factor) })
}

export function signOf(value: Decimal | undefined): -1 | 0 | 1 {
  const units = value === undefined ? 0n : (parseDecimal(value)?.units ?? 0n)
  return units === 0n ? 0 : units < 0n ? -1 : 1
}

/** For people: grouped thousands, at least two decimals, a true minus sign; nothing is rounded away. */
export function formatMoney(value: Decimal | undefined, options: { plus?: boolean } = {}): string {
  const parsed = value === undefined ? null : parseDecimal(value)
  if (parsed === null) return value ?? '–'
  const text = formatExact(trimTo(rescale(parsed, 2), 2))
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = parsed.units < 0n ? '−' : options.plus && parsed.units > 0n ? '+' : ''
  return `${sign}${grouped}.${fraction}`
}

/** Without trailing zeros beyond `leastScale` decimals. */
export function trimTo(value: Exact, leastScale: number): Exact {
  let { units, scale } = value
  while (scale > leastScale && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  return { units, scale }
}
