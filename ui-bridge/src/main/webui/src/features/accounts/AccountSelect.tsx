import type { AccountRow } from '../../shared/contract'
import { Picker } from '../../shared/Picker'

interface AccountSelectProps {
  accounts: readonly AccountRow[]
  account: AccountRow | undefined
  onSelect: (accountId: string) => void
}

export function AccountSelect({ accounts, account, onSelect }: AccountSelectProps) {
  return (
    <Picker
      label="Account"
      shown={
        <>
          <b>{account?.name ?? '…'}</b>
          {account !== undefined && <AccountBadge practice={account.practice} />}
        </>
      }
      testId="account-select"
      value={account?.accountId ?? ''}
      disabled={accounts.length === 0}
      onChange={onSelect}
    >
      {account === undefined && <option value="">…</option>}
      {accounts.map(({ accountId, name, practice }) => (
        <option key={accountId} value={accountId}>
          {name === accountId ? name : `${name} (${accountId})`}
          {practice ? '' : ', real money'}
        </option>
      ))}
    </Picker>
  )
}

export function AccountBadge({ practice }: { practice: boolean }) {
  return (
    <span className={`badge ${practice ? 'badge-practice' : 'badge-live'}`} data-testid="account-kind">
      {practice ? 'Practice' : 'Real money'}
    </span>
  )
}
