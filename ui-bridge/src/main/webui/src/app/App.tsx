import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { accountsQuery } from '../features/accounts/useAccounts'
import { firstQuotesQuery, instrumentsQuery } from '../features/instruments/useInstruments'
import { SignIn } from '../features/signin/SignIn'
import { meQuery, useMe } from '../features/signin/useMe'
import { LinkContext } from '../shared/link/hooks'
import { type Link, openLink } from '../shared/link/link'
import { onSignedOut, ProblemError } from '../shared/rest'
import { settings } from '../shared/settings'
import { Desk } from './Desk'
import { chosenSymbol } from './selection'

/** The socket keeps things current; a query is asked once, and again only where it says so itself. */
const queryClient = new QueryClient({
  defaultOptions: {
    // The bridge may be on this very machine: no network does not mean no bridge. And an order must never be kept
    // back to be sent once the browser believes in the network again.
    mutations: { networkMode: 'always', retry: false },
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) =>
        failures < 3 &&
        !(error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500),
    },
  },
})

/** All that must be known before there is a desk: main.ts has asked for it, side by side. */
for (const query of [meQuery, accountsQuery]) void queryClient.prefetchQuery(query as typeof meQuery)
void queryClient.prefetchQuery(instrumentsQuery).then(() => {
  const instruments = queryClient.getQueryData(instrumentsQuery.queryKey) ?? []
  if (chosenSymbol() === null && instruments.length > 0)
    void queryClient.prefetchQuery(firstQuotesQuery(instruments))
})

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Door />
    </QueryClientProvider>
  )
}

function Door() {
  const [signedOut, setSignedOut] = useState(false)
  useEffect(() => onSignedOut(() => setSignedOut(true)), [])
  const me = useMe(signedOut)
  const ready = useLoadedSettings()
  if (signedOut) return <SignIn />
  if (me.data !== undefined && ready) return <LinkedDesk />
  return (
    <main className="center-page" aria-busy="true" data-testid="starting">
      <h1>Tapeline</h1>
      <p>
        {me.error === null
          ? 'Opening the desk…'
          : `The bridge does not answer (${me.error.message}). Trying again…`}
      </p>
    </main>
  )
}

/** How the person left the desk comes before the desk: panels must not jump a second after they are shown. */
function useLoadedSettings(): boolean {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    void settings.load().then(() => setReady(true))
  }, [])
  return ready
}

function LinkedDesk() {
  const [link, setLink] = useState<Link | null>(null)
  useEffect(() => {
    const opened = openLink()
    setLink(opened)
    return () => opened.close()
  }, [])
  if (link === null) return null
  return (
    <LinkContext value={link}>
      <Desk />
    </LinkContext>
  )
}
