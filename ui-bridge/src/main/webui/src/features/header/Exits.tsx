import { useState } from 'react'
import { exits } from '../actions/exits'
import { mayTrade, useMe } from '../signin/useMe'

/** Always in view: the way out. They are never held back by anything but a sign-in that may not trade. */
export function Exits({ accountId }: { accountId: string }) {
  const [busy, setBusy] = useState<'flatten' | 'cancel' | null>(null)
  const allowed = mayTrade(useMe().data)
  const press = async (what: 'flatten' | 'cancel', run: () => Promise<void>) => {
    setBusy(what)
    await run()
    setBusy(null)
  }
  const why = allowed ? undefined : 'This sign-in may look, not trade.'
  return (
    <span className="exits">
      <button
        type="button"
        className="button exit-cancel"
        data-testid="cancel-all"
        disabled={!allowed || busy === 'cancel'}
        title={why ?? `Cancel every order of ${accountId} (Shift+C)`}
        onClick={() => void press('cancel', () => exits.cancelAll(accountId))}
      >
        Cancel all
      </button>
      <button
        type="button"
        className="button exit-flatten"
        data-testid="flatten"
        disabled={!allowed || busy === 'flatten'}
        title={why ?? `Cancel everything of ${accountId}, then close every position (Shift+F)`}
        onClick={() => void press('flatten', () => exits.flatten(accountId))}
      >
        {busy === 'flatten' ? 'Flattening' : 'Flatten'}
      </button>
    </span>
  )
}
