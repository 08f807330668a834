import type { Decimal } from './contract'
import { formatMoney, signOf } from './decimal'

interface MoneyProps {
  value: Decimal | undefined
  /** Coloured by sign, with a plus. */
  pnl?: boolean
  testId?: string
}

/** `data-value` carries the exact decimal as it came. */
export function Money({ value, pnl = false, testId }: MoneyProps) {
  const tone = !pnl ? '' : ['loss', '', 'gain'][signOf(value) + 1]
  return (
    <span className={`num ${tone}`} data-testid={testId} data-value={value}>
      {formatMoney(value, { plus: pnl })}
    </span>
  )
}
