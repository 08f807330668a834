/** A person at the desk, for browser tests: a page, what is on it, and what it asked of the bridge. */
import { join } from 'node:path'
import { launch, until } from './chromium.mjs'

const SOON = 60_000

/**
 * `storageState` is a file with the cookies of a browser that is signed in already; without it the link has to be one
 * that signs in.
 */
export async function sitDown({ pictures, symbol, storageState }) {
  const browser = await launch()
  const context = await browser.newContext({
    viewport: { width: 1600, height: 950 },
    colorScheme: 'dark',
    hasTouch: true,
    ...(storageState === undefined ? {} : { storageState }),
  })
  const complaints = []
  const calls = []
  /** What is provoked on purpose, such as a refusal, the browser reports by itself. */
  const expected = [/^Failed to load resource/]
  const listen = page => {
    page.setDefaultTimeout(SOON)
    page.on('console', message => {
      if (message.type() === 'error' && !expected.some(one => one.test(message.text())))
        complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(String(error)))
    page.on('request', request => {
      if (new URL(request.url()).pathname.startsWith('/api/'))
        calls.push(`${request.method()} ${new URL(request.url()).pathname}`)
    })
    return page
  }
  const page = listen(await context.newPage())

  const at = id => page.getByTestId(id)
  const shot = name => page.screenshot({ path: join(pictures, `${name}.png`) })
  const soon = (what, check) => until(what, check, SOON)
  const attribute = async (locator, name) =>
    (await locator.count()) === 0 ? null : locator.first().getAttribute(name)
  const lots = async () =>
    Number((await attribute(at(`position-row-${symbol}`).getByTestId('position-net'), 'data-value')) ?? 0)
  const placed = async () => ({
    status: await attribute(at('ticket-placed'), 'data-status'),
    id: await attribute(at('ticket-placed'), 'data-clordid'),
  })
  /** A market that is not open yet refuses: the order is sent again, as a person would. */
  const submitUntilTaken = async status => {
    let known = (await placed()).id
    await at('ticket-submit').click()
    await soon(`the order is ${status}`, async () => {
      if ((await attribute(at('ticket-form'), 'data-state')) === 'denied') await at('ticket-submit').click()
      const now = await placed()
      if (now.id === known || now.id === null) return false
      if (now.status === 'REJECTED' || now.status === 'EXPIRED') {
        known = now.id
        await at('ticket-submit').click()
      }
      return now.status === status
    })
    return (await placed()).id
  }
  const bid = async () => Number((await attribute(at('quote-bid'), 'data-value')) ?? 'NaN')
  /** A limit order so many points under the bid; its id once it rests. */
  const rest = async (points, qty = 1) => {
    await at('ticket-side-buy').check()
    await at('ticket-type').selectOption('LIMIT')
    await at('ticket-qty').fill(String(qty))
    await at('ticket-price').fill(String(Math.trunc(await bid()) - points))
    return submitUntilTaken('NEW')
  }
  const market = async qty => {
    const before = await lots()
    await at('ticket-side-buy').check()
    await at('ticket-type').selectOption('MARKET')
    await at('ticket-qty').fill(String(qty))
    await submitUntilTaken('FILLED')
    await soon(`the position grew by ${qty}`, async () => (await lots()) >= before + qty)
  }
  /** By name, as the palette has it. */
  const command = async name => {
    await page.keyboard.press('Control+k')
    await at('palette-input').fill(name)
    await page.keyboard.press('Enter')
    await soon('the palette is closed', async () => (await at('palette-input').count()) === 0)
  }
  /** What was said is read; what goes by itself meanwhile needs no click. */
  const toastGone = () =>
    soon('no message is left', async () => {
      const close = page.locator('.note-close').first()
      if ((await close.count()) === 0) return true
      await close.click({ timeout: 500 }).catch(() => {})
      return false
    })
  const step = async (name, run) => {
    const began = Date.now()
    await run()
    console.log(`${name}: ${Date.now() - began} ms`)
  }
  return {
    browser,
    context,
    page,
    listen,
    complaints,
    expected,
    calls,
    symbol,
    at,
    shot,
    soon,
    attribute,
    lots,
    placed,
    submitUntilTaken,
    bid,
    rest,
    market,
    command,
    toastGone,
    step,
  }
}
