import type { AccountRow, InstrumentRow } from '../shared/contract'
import { Picker } from '../shared/Picker'
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
        <Picker
          label="Instrument of this panel"
          shown={instrument.symbol}
          className={choice.symbol === undefined ? '' : 'pinned'}
          title={choice.symbol === undefined ? 'Follows the desk' : 'Stays with its own instrument'}
          testId="panel-instrument"
          value={choice.symbol ?? FOLLOW}
          onChange={symbol => onChoose(withSymbol(choice, symbol))}
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
        </Picker>
      )}
      {of.includes('account') && (
        <>
          <Picker
            label="Account of this panel"
            shown={account.name}
            className={choice.accountId === undefined ? '' : 'pinned'}
            title={choice.accountId === undefined ? 'Follows the desk' : 'Stays with its own account'}
            testId="panel-account"
            value={choice.accountId ?? FOLLOW}
            onChange={accountId => onChoose(withAccount(choice, accountId))}
          >
            <option value={FOLLOW}>
              {choice.accountId === undefined ? account.name : 'follow the desk'}
            </option>
            {accounts.map(({ accountId, name }) => (
              <option key={accountId} value={accountId}>
                {choice.accountId === undefined ? `stay with ${name}` : name}
              </option>
            ))}
          </Picker>
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
