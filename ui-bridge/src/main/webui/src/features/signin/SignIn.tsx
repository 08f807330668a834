/** Shown when the bridge does not know us. */
export function SignIn() {
  return (
    <main className="center-page" data-testid="sign-in">
      <h1>Tapeline</h1>
      <p>This browser is not signed in.</p>
      <p>
        Open the one-time link that <code>./tapeline run</code> prints. It works once; after that this browser
        is remembered. For a new link, run the command again.
      </p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        Try again
      </button>
    </main>
  )
}
