import type { AccountRow } from '../../shared/contract'

interface AccountSelectProps {
  accounts: readonly AccountRow[]
  account: AccountRow | undefined
  onSelect: (accountId: string) => void
}

export function AccountSelect({ accounts, account, onSelect }: AccountSelectProps) {
  return (
    <label className="field field-inline">
      <span className="field-label">Account</span>
      <span className="select-with-badge">
        <select
          data-testid="account-select"
          value={account?.accountId ?? ''}
          disabled={accounts.length === 0}
          onChange={event => onSelect(event.target.value)}
        >
          {account === undefined && <option value="">…</option>}
          {accounts.map(({ accountId, name }) => (
            <option key={accountId} value={accountId}>
              {name === accountId ? name : `${name} (${accountId})`}
            </option>
          ))}
        </select>
        {account !== undefined && <AccountBadge practice={account.practice} />}
      </span>
    </label>
  )
}

export function AccountBadge({ practice }: { practice: boolean }) {
  return (
    <span className={`badge ${practice ? 'badge-practice' : 'badge-live'}`} data-testid="account-kind">
      {practice ? 'Practice' : 'Real money'}
    </span>
  )
}
