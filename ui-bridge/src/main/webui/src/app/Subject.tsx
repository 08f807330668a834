import type { AccountRow, InstrumentRow } from '../shared/contract'
import { useDesk } from './desk'

/** A panel's own choice; what is left out follows the desk. */
export interface Choice {
  symbol?: string
  accountId?: string
}

interface SubjectProps {
  choice: Choice
  onChoose: (choice: Choice) => void
  account: AccountRow
  instrument: InstrumentRow
  /** What the panel is about: a blotter is about an account, the tape about an instrument. */
  of: readonly ('instrument' | 'account')[]
}

const FOLLOW = ''

/** Names instrument and account on every panel, and lets it stay with its own while the desk moves on. */
export function Subject({ choice, onChoose, account, instrument, of }: SubjectProps) {
  const { accounts, instruments } = useDesk()
  return (
    <span className="subject">
      {of.includes('instrument') && (
        <select
          className={choice.symbol === undefined ? 'follows' : 'pinned'}
          aria-label="Instrument of this panel"
          title={choice.symbol === undefined ? 'Follows the desk' : 'Stays with its own instrument'}
          data-testid="panel-instrument"
          value={choice.symbol ?? FOLLOW}
          onChange={({ target }) => onChoose(withSymbol(choice, target.value))}
        >
          <option value={FOLLOW}>
            {choice.symbol === undefined ? instrument.symbol : 'follow the desk'}
          </option>
          {instruments
            .filter(each => each.front || each.symbol === choice.symbol)
            .map(({ symbol }) => (
              <option key={symbol} value={symbol}>
                {choice.symbol === undefined ? `stay with ${symbol}` : symbol}
              </option>
            ))}
        </select>
      )}
      {of.includes('account') && (
        <>
          <select
            className={choice.accountId === undefined ? 'follows' : 'pinned'}
            aria-label="Account of this panel"
            title={choice.accountId === undefined ? 'Follows the desk' : 'Stays with its own account'}
            data-testid="panel-account"
            value={choice.accountId ?? FOLLOW}
            onChange={({ target }) => onChoose(withAccount(choice, target.value))}
          >
            <option value={FOLLOW}>
              {choice.accountId === undefined ? account.name : 'follow the desk'}
            </option>
            {accounts.map(({ accountId, name }) => (
              <option key={accountId} value={accountId}>
                {choice.accountId === undefined ? `stay with ${name}` : name}
              </option>
            ))}
          </select>
          {!account.practice && (
            <span className="badge badge-live" title="Real money">
              Real
            </span>
          )}
        </>
      )}
    </span>
  )
}

function withSymbol({ accountId }: Choice, symbol: string): Choice {
  return { ...(accountId === undefined ? {} : { accountId }), ...(symbol === FOLLOW ? {} : { symbol }) }
}

function withAccount({ symbol }: Choice, accountId: string): Choice {
  return { ...(symbol === undefined ? {} : { symbol }), ...(accountId === FOLLOW ? {} : { accountId }) }
}
