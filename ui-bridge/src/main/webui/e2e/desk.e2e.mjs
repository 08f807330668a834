/**
 * A trader's first minute on the running suite, in a real Chromium:
 * `node e2e/desk.e2e.mjs SIGN-IN-LINK PICTURES SYMBOL`. Exits with 1 and says what did not happen.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { executablePath, launch, until } from './chromium.mjs'

const [link, pictures, symbol] = process.argv.slice(2)
if (executablePath === undefined) {
  console.error('no Chromium found: install it, or set CHROMIUM')
  process.exit(1)
}
const browser = await launch()
const complaints = []
const calls = []

const page = await (
  await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
).newPage()
page.setDefaultTimeout(60_000)
page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
page.on('pageerror', error => complaints.push(String(error)))
page.on('request', request => {
  if (new URL(request.url()).pathname.startsWith('/api/')) calls.push(`${request.method()} ${request.url()}`)
})
const at = id => page.getByTestId(id)
const shot = name => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
const lots = async () => {
  const net = at(`position-row-${symbol}`).getByTestId('position-net')
  return (await net.count()) === 0 ? 0 : Number(await net.getAttribute('data-value'))
}
const status = async () => {
  const placed = at('ticket-placed')
  return (await placed.count()) === 0 ? null : placed.getAttribute('data-status')
}

try {
  await page.goto(link)
  await until('live', async () => (await at('connection-state').getAttribute('data-state')) === 'live')
  await at('instrument-select').selectOption(symbol)
  await until('a quote', async () => /\d/.test(await at('quote-bid').innerText()))
  await until('ten levels', async () => /\d/.test(await at('depth-bid-qty-9').innerText()))

  const before = await lots()
  await at('ticket-type').selectOption('MARKET')
  await at('ticket-qty').fill('2')
  await at('ticket-submit').click()
  await until('the order is filled', async () => (await status()) === 'FILLED')
  await until('the position grew by two', async () => (await lots()) >= before + 2)
  const pnl = at(`position-row-${symbol}`).getByTestId('position-pnl')
  await until('a profit or loss', async () => /\d/.test(await pnl.innerText()))

  const bid = await at('quote-bid').innerText()
  await at('ticket-type').selectOption('LIMIT')
  await at('ticket-price').fill(String(Number.parseInt(bid.replaceAll(',', ''), 10) - 10))
  await at('ticket-submit').click()
  await until('the limit order rests', async () => (await status()) === 'NEW')
  const clOrdId = await at('ticket-placed').getAttribute('data-clordid')
  await shot('desk')

  await at(`order-cancel-${clOrdId}`).click()
  await until(
    'the order is canceled',
    async () => (await at(`order-row-${clOrdId}`).getAttribute('data-status')) === 'CANCELED',
  )

  calls.length = 0
  await new Promise(resolve => setTimeout(resolve, 5_000))
  assert.deepEqual(calls, [], 'no REST call while the socket is up')
  assert.deepEqual(complaints, [], 'nothing on the console')
  console.log('the desk works in a browser')
} catch (error) {
  await shot('failure').catch(() => {})
  console.error(error, '\non the console:', complaints)
  process.exitCode = 1
} finally {
  await browser.close()
}
