/**
 * The built desk in a real Chromium against the pretend bridge: `npm run browser` (CHROMIUM=path when it is elsewhere).
 * Leaves screenshots in shots/. The same against the real suite is the business of system-tests.
 */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { executablePath, launch, until as untilTrue } from '../e2e/chromium.mjs'
import { heapIsMadeOf } from '../e2e/memory.mjs'
import { startMock } from './server.mjs'

if (executablePath === undefined) {
  console.log('skipped: no Chromium found (set CHROMIUM)')
  process.exit(0)
}
const SHOTS = fileURLToPath(new URL('../shots/', import.meta.url))
mkdirSync(SHOTS, { recursive: true })

const mock = await startMock({ port: 0 })
const browser = await launch()
const problems = []

async function open({ width = 1440, height = 900, colorScheme = 'dark', query = '' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    hasTouch: width < 500,
  })
  const page = await context.newPage()
  page.on('console', message => {
    const text = message.text()
    // The browser itself reports refused connections and non-2xx answers, which several checks provoke.
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(text))
      problems.push(text)
  })
  page.on('pageerror', error => problems.push(String(error)))
  await page.goto(mock.url + query)
  return page
}
const at = (page, id) => page.getByTestId(id)
const shot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png`, fullPage: true })
const until = (what, check, ms = 8_000) => untilTrue(what, check, ms)
const checks = []
const check = (name, run) => checks.push([name, run])

let page
check('quotes move and the connection is live', async () => {
  page = await open()
  await until('live', async () => (await at(page, 'connection-state').getAttribute('data-state')) === 'live')
  await until('a quote', async () => /\d/.test(await at(page, 'quote-bid').textContent()))
  await until('a best bid', async () => (await at(page, 'ladder-best-bid').count()) === 1)
  const first = await at(page, 'ladder-best-bid').textContent()
  await until('depth moves', async () => (await at(page, 'ladder-best-bid').textContent()) !== first)
})

check('a market order goes round: row, fills, position, P&L', async () => {
  await at(page, 'ticket-type').selectOption('MARKET')
  await at(page, 'ticket-qty').fill('3')
  await at(page, 'ticket-submit').click()
  await until('placed', () => at(page, 'ticket-placed').isVisible())
  await until(
    'filled',
    async () => (await at(page, 'ticket-placed').getAttribute('data-status')) === 'FILLED',
  )
  const row = at(page, 'position-row-ESZ6')
  await until(
    'position',
    async () => (await row.getByTestId('position-net').getAttribute('data-value')) === '3',
  )
  await at(page, 'panel-menu').locator('summary').click()
  await at(page, 'add-fills').click()
  await until('both fills', async () => (await at(page, 'fills').getByTestId('fill-qty').count()) === 2)
  await at(page, 'panel-menu').locator('summary').click()
  await at(page, 'add-positions').click()
})

check('a resting limit order is cancelled', async () => {
  await at(page, 'ticket-type').selectOption('LIMIT')
  await at(page, 'ticket-qty').fill('2')
  await at(page, 'ticket-price').fill('6700.1')
  await at(page, 'ticket-price').blur()
  assert.equal(await at(page, 'ticket-price').inputValue(), '6700.00', 'snapped to the safe side')
  await at(page, 'ticket-price-up').click()
  assert.equal(await at(page, 'ticket-price').inputValue(), '6700.25')
  await at(page, 'ticket-submit').click()
  await until('placed', () => at(page, 'ticket-placed').isVisible())
  const id = await at(page, 'ticket-placed').getAttribute('data-clordid')
  await at(page, 'ticket-side-sell').check()
  await at(page, 'ticket-price').fill('6950')
  await at(page, 'ticket-submit').click()
  await until(
    'two working',
    async () => (await page.locator('[data-testid="working-orders"] tbody tr').count()) === 2,
  )
  await shot(page, 'desk-dark')
  await at(page, `order-cancel-${id}`).click()
  const working = page.locator(`[data-testid="working-orders"] [data-testid="order-row-${id}"]`)
  await until('gone from the working orders', async () => (await working.count()) === 0)
  await at(page, 'orders-done').click()
  assert.equal(await at(page, `order-row-${id}`).getAttribute('data-status'), 'CANCELED')
  await at(page, 'orders-working').click()
})

check('a denial shows its reason', async () => {
  mock.faults.deny = 1
  await at(page, 'ticket-submit').click()
  await until('problem', () => at(page, 'problem').isVisible())
  assert.equal(await at(page, 'problem').getAttribute('data-reason'), 'MAX_ORDER_QTY')
  await shot(page, 'denied')
})

check('no REST call while the socket is up, nor over a reconnect with resumption', async () => {
  await at(page, 'ticket-price').fill('6951')
  await until(
    'what was arranged is saved',
    async () => {
      mock.requests.length = 0
      await new Promise(resolve => setTimeout(resolve, 2_500))
      return mock.requests.length === 0
    },
    20_000,
  )
  await new Promise(resolve => setTimeout(resolve, 4_000))
  const before = mock.connections()
  mock.cut()
  await until('reconnected', () => mock.connections() > before)
  await until(
    'live again',
    async () => (await at(page, 'connection-state').getAttribute('data-state')) === 'live',
  )
  await new Promise(resolve => setTimeout(resolve, 3_500))
  assert.deepEqual(mock.requests, [])
})

check('a change that the venue refuses goes back, with the reason and its own words', async () => {
  const id = await page.locator('.line-handle[data-line$="/price"]').first().getAttribute('data-line')
  const before = await at(page, `line-${id}`).getAttribute('data-price')
  mock.faults.refuseReplace = 1
  await at(page, `line-${id}`).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await until(
    'on its way',
    async () => (await at(page, `line-${id}`).getAttribute('data-pending')) === 'true',
  )
  await until('the reason', () => at(page, 'toast-refused').isVisible())
  assert.match(await at(page, 'toast-refused').getByTestId('venue-text').textContent(), /outside the band/)
  assert.equal(await at(page, `line-${id}`).getAttribute('data-price'), before)
  await at(page, 'toast-refused').locator('.note-close').click()
})

check('over twenty reconnects with resumption no REST call is made', async () => {
  mock.requests.length = 0
  for (let i = 0; i < 20; i++) {
    const before = mock.connections()
    mock.cut()
    await until('reconnected', () => mock.connections() > before)
    await until(
      'live again',
      async () => (await at(page, 'connection-state').getAttribute('data-state')) === 'live',
    )
  }
  const asked = mock.requests.filter(request => request !== 'GET /api/bars')
  assert.deepEqual(asked, [])
  // A bar may have ended while the socket was away; then, and only then, the history is asked for.
  assert.ok(mock.requests.length <= 1, mock.requests.join())
})

check('a resync brings a fresh snapshot without REST', async () => {
  mock.requests.length = 0
  mock.resync('orders:PRACTICE')
  await new Promise(resolve => setTimeout(resolve, 1_000))
  assert.deepEqual(mock.requests, [])
  // Who looks at what is done asks once for what was over before the socket came.
  await at(page, 'orders-done').click()
  assert.ok((await page.locator('[data-testid="recent-orders"] tbody tr').count()) >= 2)
  await at(page, 'orders-working').click()
})

check('polling starts when the socket is cut and stops when it is back', async () => {
  mock.faults.refuseSocket = true
  mock.cut()
  mock.requests.length = 0
  await until('polling', () => mock.requests.includes('GET /api/accounts/PRACTICE/orders'), 5_000)
  assert.ok(await at(page, 'ticket-submit').isDisabled(), 'no order without a connection')
  await until('quote age', () => at(page, 'quote-age').isVisible())
  await shot(page, 'reconnecting')
  mock.faults.refuseSocket = false
  await until(
    'live again',
    async () => (await at(page, 'connection-state').getAttribute('data-state')) === 'live',
    12_000,
  )
  await new Promise(resolve => setTimeout(resolve, 500))
  mock.requests.length = 0
  await new Promise(resolve => setTimeout(resolve, 6_000))
  assert.deepEqual(mock.requests, [])
})

check(
  'an order without an answer is unknown, is asked for, and is found; nothing is sent twice',
  async () => {
    mock.faults.swallow = 1
    mock.requests.length = 0
    await at(page, 'ticket-price').fill('6952')
    await at(page, 'ticket-submit').dblclick()
    await until('settled', () => at(page, 'ticket-placed').isVisible(), 9_000)
    assert.equal(mock.requests.filter(request => request.startsWith('POST')).length, 1)
  },
)

check('an order is sent now or not at all, whatever the browser thinks of the network', async () => {
  await page.evaluate(() => window.dispatchEvent(new Event('offline')))
  mock.requests.length = 0
  await at(page, 'ticket-price').fill('6953')
  await at(page, 'ticket-submit').click()
  await until('sent', () => mock.requests.some(request => request.startsWith('POST')), 2_000)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
})

check('Enter in a field goes to the button and sends nothing', async () => {
  mock.requests.length = 0
  await at(page, 'ticket-price').fill('6954')
  await at(page, 'ticket-price').press('Enter')
  assert.ok(await at(page, 'ticket-submit').evaluate(button => button === document.activeElement))
  assert.deepEqual(mock.requests, [])
  await at(page, 'ticket-submit').press('Enter')
  await until('sent', () => mock.requests.some(request => request.startsWith('POST')), 2_000)
})

check('a price does not follow to another instrument', async () => {
  await at(page, 'ticket-price').fill('6955')
  await at(page, 'instrument-select').selectOption('GCG7')
  await until('quote of the other', async () =>
    (await at(page, 'quote-panel').textContent()).includes('GCG7'),
  )
  assert.equal(await at(page, 'ticket-price').inputValue(), '')
  assert.ok(await at(page, 'ticket-submit').isDisabled())
  const rungs = page.locator('.rung-bid[data-side="BUY"]')
  await rungs.nth((await rungs.count()) - 4).click()
  assert.match(await at(page, 'ticket-price').inputValue(), /^4[0-9]{3}\.[0-9]$/)
  await at(page, 'instrument-select').selectOption('ESZ6')
})

check('switching instruments leaves nothing subscribed behind', async () => {
  const ofThePage = () =>
    mock
      .channels()
      .filter(channel => /^(quote|depth):/.test(channel))
      .sort()
      .join()
  await until('the first is subscribed', () => ofThePage().includes('quote:ESZ6'))
  await until('the last one is not any more', () => !ofThePage().includes('GCG7'))
  const before = ofThePage()
  for (let i = 0; i < 20; i++)
    await at(page, 'instrument-select').selectOption(['GCG7', 'ZNH7', 'MNQZ6', 'ESZ6'][i % 4])
  await until('a quote', async () => /\d/.test(await at(page, 'quote-bid').textContent()))
  await until('the same channels as before', () => ofThePage() === before)
})

check(
  'a chart of seconds lets its oldest bars go once they are out of view, and asks for them again',
  async () => {
    const seconds = await open()
    const asked = []
    seconds.on('request', request => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname === '/api/bars') asked.push(searchParams.get('to'))
    })
    await until('a chart', () => at(seconds, 'interval-select').isVisible())
    await at(seconds, 'interval-select').selectOption('1s')
    await until('its bars', () => asked.length > 0)
    const { x, y } = await at(seconds, 'chart-canvas').boundingBox()
    const back = async pages => {
      await seconds.mouse.move(x + 200, y + 200)
      await until(
        `${pages} pages of history`,
        async () => {
          await seconds.mouse.wheel(-2_000, 0)
          return asked.filter(to => to !== null).length >= pages
        },
        60_000,
      )
      await seconds.waitForTimeout(1_000)
    }
    await back(9)
    const oldest = asked.at(-1)
    await seconds.getByLabel('To the newest').click()
    await seconds.waitForTimeout(3_000)
    await shot(seconds, 'seconds')
    await back(asked.filter(to => to !== null).length + 1)
    assert.ok(asked.at(-1) > oldest, `asked for what is before ${asked.at(-1)}, had all from ${oldest}`)
    await seconds.context().close()
  },
)

check('symbols switched, panels mounted and sockets dropped leave nothing behind', async () => {
  // Where the panels are is saved: the checks that follow find them as they were.
  const { settings } = mock.faults
  const held = await open()
  const cdp = await held.context().newCDPSession(held)
  await cdp.send('Performance.enable')
  mock.stands(true)
  const cycle = async i => {
    await at(held, 'instrument-select').selectOption(['GCG7', 'ESZ6'][i % 2])
    await at(held, 'panel-menu').locator('summary').click()
    await at(held, 'add-watch').click()
    await until('the panel', () => at(held, 'watch').isVisible())
    await held.keyboard.press('Alt+w')
    await until('no panel', async () => (await at(held, 'watch').count()) === 0)
    const before = mock.connections()
    mock.cut()
    await until('connected anew', () => mock.connections() > before)
    await until(
      'live',
      async () => (await at(held, 'connection-state').getAttribute('data-state')) === 'live',
      20_000,
    )
  }
  const left = async () => {
    for (let i = 0; i < 12; i++) await cycle(i)
    // A history of bars that was asked for is kept for 5 s.
    await held.waitForTimeout(7_000)
    const { page: pageKiB, listeners } = await heapIsMadeOf(cdp)
    const { metrics } = await cdp.send('Performance.getMetrics')
    // What is in the page, so that a difference says where to look: what is not in it was left behind.
    const shown = await held.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('.panel')].map(panel => [
          panel.getAttribute('aria-label') ?? panel.dataset.testid ?? panel.className,
          panel.querySelectorAll('*').length,
        ]),
      ),
    )
    return { pageKiB, listeners, nodes: metrics.find(({ name }) => name === 'Nodes').value, shown }
  }
  await left()
  const [before, after] = [await left(), await left()]
  mock.stands(false)
  const told = JSON.stringify({ before, after })
  assert.equal(after.nodes, before.nodes, told)
  assert.equal(after.listeners, before.listeners, told)
  // One chart left behind in each cycle is more than ten times as much.
  assert.ok(after.pageKiB - before.pageKiB <= 300, told)
  await held.context().close()
  mock.faults.settings = settings
})

check('an unknown order locks the ticket and shows its id', async () => {
  // The row must not come over the socket either: the account's rows are kept back.
  const held = await open({ query: '?account=A-7781' })
  await until('live', async () => (await at(held, 'connection-state').getAttribute('data-state')) === 'live')
  await held.route('**/api/accounts/*/orders', route => route.abort())
  await at(held, 'ticket-type').selectOption('MARKET')
  await until('ready', () => at(held, 'ticket-submit').isEnabled())
  await at(held, 'ticket-submit').click()
  await until('unknown', () => at(held, 'ticket-unknown').isVisible())
  assert.match(await at(held, 'ticket-unknown-id').textContent(), /^ui-[0-9a-f]{24}$/)
  assert.ok(await at(held, 'ticket-submit').isDisabled())
  await shot(held, 'unknown-live-account')
  await held.reload()
  await until('still unknown', () => at(held, 'ticket-unknown').isVisible())
  assert.ok(await at(held, 'ticket-submit').isDisabled())
  await held.context().close()
})

check('looks right in light, on a tablet and on a phone, without sideways scrolling', async () => {
  for (const [name, options] of Object.entries({
    'desk-light': { colorScheme: 'light' },
    tablet: { width: 900, height: 1100 },
    phone: { width: 390, height: 844 },
    'phone-light': { width: 390, height: 844, colorScheme: 'light' },
    'desk-zn-light': { colorScheme: 'light', query: '?symbol=ZNH7' },
  })) {
    const other = await open(options)
    await until(
      'live',
      async () => (await at(other, 'connection-state').getAttribute('data-state')) === 'live',
    )
    await until('a quote', async () => /\d/.test(await at(other, 'quote-bid').textContent()))
    await until('rows', () => at(other, 'position-row-ESZ6').isVisible())
    const wide = await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    await shot(other, name)
    assert.ok(wide <= 0, `${name} is ${wide} px too wide`)
    await other.context().close()
  }
})

check('axe finds nothing serious, dark or light', async () => {
  for (const colorScheme of ['dark', 'light']) {
    const other = await open({ colorScheme })
    await until('rows', () => at(other, 'position-row-ESZ6').isVisible())
    await other.evaluate(axe.source)
    const { violations } = await other.evaluate(() => globalThis.axe.run())
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    assert.deepEqual(
      serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      [],
    )
    await other.context().close()
  }
})

check('signed out, the page says how to get in', async () => {
  mock.faults.signedOut = true
  const out = await open()
  await until('sign-in page', () => at(out, 'sign-in').isVisible())
  await shot(out, 'signed-out')
  await out.context().close()
  mock.faults.signedOut = false
})

let failed = 0
for (const [name, run] of checks) {
  const begin = Date.now()
  try {
    await run()
    console.log(`ok    ${name} (${Date.now() - begin} ms)`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${name}\n      ${error.stack}`)
    if (page !== undefined) await shot(page, 'failure')
  }
}
if (problems.length > 0) {
  failed++
  console.log(`FAIL  the browser's console is clean\n      ${problems.slice(0, 5).join('\n      ')}`)
} else console.log("ok    the browser's console is clean, Content-Security-Policy included")
await browser.close()
mock.stop()
process.exit(failed === 0 ? 0 : 1)
