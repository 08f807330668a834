import { useCallback, useState } from 'react'

/** What the desk looks at, kept in the address: a reload or a bookmark brings the same desk back. */
export interface Selection {
  account: string | null
  symbol: string | null
}

function read(): Selection {
  const query = new URLSearchParams(window.location.search)
  return { account: query.get('account'), symbol: query.get('symbol') }
}

export const chosenSymbol = (): string | null => read().symbol

export function useSelection(): [Selection, (change: Partial<Selection>) => void] {
  const [selection, setSelection] = useState(read)
  const select = useCallback((change: Partial<Selection>) => {
    const next = { ...read(), ...change }
    const query = new URLSearchParams(window.location.search)
    if (next.account !== null) query.set('account', next.account)
    if (next.symbol !== null) query.set('symbol', next.symbol)
    window.history.replaceState(null, '', `?${query}`)
    setSelection(next)
  }, [])
  return [selection, select]
}
