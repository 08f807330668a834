/** What a person does in a longer session at the running suite, one flow after the other; begins and ends flat. */
import assert from 'node:assert/strict'
import { handleOf } from './lines.mjs'

export async function walkThrough(trader) {
  const { step } = trader
  await step('part of a position is closed, reversed, and protected at its entry', () =>
    partAndReverse(trader),
  )
  await step('a stop is refused on the wrong side of the market, with the reason', () => refused(trader))
  await step('an order dragged on the ladder', () => ladderDrag(trader))
  await step('a change that comes too late says that the order changed meanwhile', () => meanwhile(trader))
  await step('every event of an order in its history, and what the trades come to', () => history(trader))
  await step('fills and trades, sorted, filtered and as files', () => papers(trader))
  await step('a fill is heard, and seen in another window, where one wants it', () => heard(trader))
  await step('what the account looked like a moment ago', () => timeTravel(trader))
  await step('what an order would come to, and a preset for the next', () => askBefore(trader))
  await step('a question before flatten, where one wants it', () => confirmed(trader))
  await step('by name: layouts and colours', () => byName(trader))
  await step('panels stay as they were left, in this browser and in another', () => savedLayout(trader))
  await step('two tabs tell the same story', () => twoTabs(trader))
  await step('without a network: said, asked for by REST, and back', () => offline(trader))
  const bridge = Number(process.env.BRIDGE_PID)
  if (bridge > 0) await step('the bridge is killed and comes back', () => bridgeKilled(trader, bridge))
  await step('flat again', () => flat(trader))
  await away(trader)
}

/** What a person finds after having been away, and the same desk in the binary form of the wire. */
export async function away(trader) {
  const { step } = trader
  await step('gone for longer than one wanted, the orders are canceled', () => disconnected(trader))
  await step('the binary form of the wire tells the same market', () => binary(trader))
}

async function disconnected(trader) {
  const { at, soon, page, rest, attribute, shot, command } = trader
  const onDisconnect = at('setting-cancel-on-disconnect')
  const grace = at('setting-disconnect-grace')
  const settings = async () => at('settings').locator('summary').click()
  await settings()
  await soon('it is known whether it is set', () => onDisconnect.isEnabled())
  if (!(await onDisconnect.isChecked())) await onDisconnect.click()
  await soon('it is set', async () => (await onDisconnect.isChecked()) && (await grace.isEnabled()))
  await grace.selectOption('10')
  await soon(
    'so is for how long',
    async () => (await grace.inputValue()) === '10' && (await grace.isEnabled()),
  )
  await shot('cancel-on-disconnect')
  await settings()
  const id = await rest(15)
  const address = page.url()
  await page.goto('about:blank')
  await new Promise(resolve => setTimeout(resolve, 18_000))
  await page.goto(address)
  await soon('live', async () => (await attribute(at('connection-state'), 'data-state')) === 'live')
  await at('orders-done').click()
  await soon(
    'the order was canceled meanwhile',
    async () => (await attribute(at(`order-row-${id}`), 'data-status')) === 'CANCELED',
  )
  await command('Notices')
  await soon('it is said why', async () => (await at('notice-CANCELED_ON_DISCONNECT').count()) > 0)
  await shot('canceled-on-disconnect')
  await at('orders-working').click()
  await command('Positions')
  await settings()
  await soon('it is known that it is set', async () => onDisconnect.isChecked())
  await onDisconnect.click()
  await soon('it is not set any more', async () => !(await onDisconnect.isChecked()))
  await settings()
}

async function binary(trader) {
  const { at, soon, page, lots, rest, market, symbol, attribute, shot } = trader
  await page.goto(`${new URL(page.url()).origin}/?wire=binary&symbol=${symbol}`)
  await soon('live', async () => (await attribute(at('connection-state'), 'data-state')) === 'live')
  await soon('a quote', async () => /\d/.test(await at('quote-bid').innerText()))
  await soon('a best bid on the ladder', async () => (await at('ladder-best-bid').count()) === 1)
  assert.match(page.url(), /wire=binary/, 'a reload asks for it again')
  // What REST says and what came over the wire may be a moment apart, never a market.
  const said = await page.evaluate(async name => {
    const { items } = await (await fetch(`/api/quotes?symbols=${name}`)).json()
    const shown = id => document.querySelector(`[data-testid="${id}"]`)
    const inLadder = shown('ladder-best-bid').closest('.rung').dataset.price.replaceAll(',', '')
    return [items[0].bidPx, shown('quote-bid').dataset.value, inLadder].map(Number)
  }, symbol)
  assert.ok(Math.max(...said) - Math.min(...said) <= 2, `one market: ${said}`)
  await market(1)
  const id = await rest(10)
  await soon('its line', async () => (await attribute(at(`line-${id}/price`), 'data-y')) !== null)
  await shot('binary')
  await flat(trader)
  assert.equal(await lots(), 0)
}

async function flat({ at, soon, lots, page }) {
  await at('flatten').click()
  await soon('flat', async () => (await lots()) === 0)
  await soon('no line is left', async () => (await page.locator('.line-handle').count()) === 0)
}

/** A stop goes to the entry where the market is past it; where not, the button says so instead of closing at once. */
async function partAndReverse(trader) {
  const { at, soon, lots, market, symbol, attribute, toastGone, page, shot } = trader
  await market(3)
  assert.ok(Number(await attribute(at('chart-canvas'), 'data-marks')) > 0, 'fills are marked on the chart')
  await page.getByLabel(`Lots of ${symbol} to close`).fill('1')
  await at(`close-${symbol}`).click()
  await soon('two are left', async () => (await lots()) === 2)
  await at(`reverse-${symbol}`).click()
  await soon('two short', async () => (await lots()) === -2)
  await toastGone()
  const breakeven = at(`breakeven-${symbol}`)
  if (await breakeven.isEnabled()) {
    // The market may come back between looking and pressing: then the button is not there to be pressed.
    await breakeven.click({ timeout: 500 }).catch(() => {})
    await soon(
      'a stop, or why not',
      async () =>
        (await page.locator('.line-handle.tone-stop').count()) === 1 || (await breakeven.isDisabled()),
    )
  } else assert.match(await breakeven.getAttribute('title'), /not past the entry/)
  await shot('reversed')
  await toastGone()
  await flat(trader)
}

async function refused(trader) {
  const { at, soon, market, page, shot, toastGone } = trader
  await market(1)
  await toastGone()
  await at('line-position').focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown')
  await page.keyboard.press('Enter')
  const stop = page.locator('.line-handle.tone-stop')
  await soon('a stop-loss has its line', async () => (await stop.count()) === 1)
  const line = await stop.getAttribute('data-line')
  await soon('and works', async () => (await handleOf(page, line)).pending === 'false')
  const { price } = await handleOf(page, line)
  await at(`line-${line}`).focus()
  for (let i = 0; i < 12; i++) await page.keyboard.press('PageUp')
  await page.keyboard.press('Enter')
  await soon('refused', async () => (await at('toast-refused').count()) > 0)
  assert.match(await at('toast-refused').getByTestId('problem').getAttribute('data-reason'), /WRONG_SIDE/)
  const now = await handleOf(page, line)
  assert.deepEqual([now.price, now.ghost], [price, ''], 'the line is where it was')
  await shot('refused')
  await toastGone()
  await flat(trader)
}

async function ladderDrag(trader) {
  const { at, soon, rest, page, shot } = trader
  const id = await rest(2)
  const chip = at(`chip-${id}`)
  await soon('its chip is on the ladder', async () => (await chip.count()) === 1)
  // In the middle of the ladder: let go beyond its edge, nothing is sent.
  await page.getByLabel('Centre on the market').click()
  await soon('and still in view', async () => (await chip.count()) === 1)
  const before = (await handleOf(page, `${id}/price`)).price
  const box = await chip.boundingBox()
  const x = box.x + 4
  const y = box.y + box.height / 2
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y + 20, { steps: 3 })
  await page.mouse.move(x, y + 60, { steps: 3 })
  await soon('a ghost is in the hand', async () => (await at(`ghost-${id}`).count()) === 1)
  await shot('ladder-drag')
  await page.mouse.up()
  await soon('three ticks cheaper', async () => {
    const { price } = await handleOf(page, `${id}/price`)
    return Number(before) - Number(price) === 0.75
  })
  await at('ladder-cancel-buy').click()
  await soon('no chip is left', async () => (await chip.count()) === 0)
}

/** Between taking hold and letting go the order changed elsewhere: the old version is refused, nothing is overwritten. */
async function meanwhile(trader) {
  const { at, soon, rest, page, symbol, toastGone, context } = trader
  const id = await rest(8, 2)
  await toastGone()
  const account = new URL(page.url()).searchParams.get('account') ?? (await at('account-select').inputValue())
  const url = `/api/accounts/${account}/orders/${id}`
  let held
  await page.route(`**${url}`, async route => {
    if (route.request().method() !== 'PATCH' || held !== undefined) return route.fallback()
    held = route
    const { version } = await (await context.request.get(new URL(url, page.url()).href)).json()
    const changed = await context.request.patch(new URL(url, page.url()).href, {
      headers: { 'X-Tapeline': '1', 'Idempotency-Key': `meanwhile-${Date.now()}` },
      data: { expectedVersion: version, orderQty: 3 },
    })
    assert.equal(changed.status(), 202, await changed.text())
    for (let tries = 0; ; tries++) {
      const now = await (await context.request.get(new URL(url, page.url()).href)).json()
      if (now.version > version) break
      assert.ok(tries < 100, 'the other change is confirmed')
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    await route.continue()
  })
  const { price } = await handleOf(page, `${id}/price`)
  await at(`line-${id}/price`).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await soon('refused', async () => (await at('toast-refused').count()) > 0)
  const toast = at('toast-refused').first()
  assert.equal(await toast.getByTestId('problem').getAttribute('data-reason'), 'STALE_VERSION')
  assert.match(await toast.innerText(), /changed/i)
  await soon('the line is where it was, with the quantity that came', async () => {
    const now = await handleOf(page, `${id}/price`)
    const filled = await at(`order-filled-${id}`).innerText()
    return now.price === price && now.ghost === '' && /\/ 3/.test(filled)
  })
  await page.unroute(`**${url}`)
  await toastGone()
  await at('cancel-all').click()
  await soon('nothing works', async () => (await page.locator('.line-handle').count()) === 0)
  assert.ok(symbol)
}

async function history(trader) {
  const { at, soon, page, shot, command } = trader
  await at('orders-done').click()
  await page.locator('[data-testid="recent-orders"] tbody tr').first().click()
  await soon('its events', async () => (await at('order-history').locator('li').count()) >= 2)
  await shot('history')
  await at('order-history').getByLabel('Close the history').click()
  await at('orders-working').click()
  await command('Trades')
  await at('trade-figures').click()
  await soon('the trading day in the calendar', async () =>
    /\d\d-\d\d/.test(await at('trades').locator('.calendar').innerText()),
  )
  await shot('figures')
  await command('Positions')
}

/** What is in a file is what is on the screen: the same rows, in the same order. */
export async function papers(trader) {
  const { at, soon, page, market, command, shot, symbol } = trader
  await market(2)
  await flat(trader)
  await command('Fills')
  await soon('both ways', async () => {
    const shown = (await at('fills').isVisible()) ? await at('fills').locator('tbody').innerText() : ''
    return shown.includes('Buy') && shown.includes('Sell')
  })
  await shot('fills')
  const panel = at('fills')
  await panel.getByRole('button', { name: 'Quantity' }).click()
  await soon('sorted', async () => (await panel.locator('[aria-sort="descending"]').count()) === 1)
  await panel.getByRole('searchbox').fill('buy')
  await soon('only buys', async () => !(await panel.locator('tbody').innerText()).includes('Sell'))
  const fills = await fileOf(page, panel)
  assert.equal(fills[0], 'Time,Side,Quantity,Instrument,Price,Fee,Order')
  const quantities = fills.slice(1).map(line => Number(line.split(',')[2]))
  assert.ok(quantities.length > 0)
  assert.deepEqual(
    quantities,
    quantities.toSorted((a, b) => b - a),
    'sorted as on the screen',
  )
  assert.ok(fills.slice(1).every(line => line.includes(',BUY,')))
  await panel.getByRole('searchbox').fill('')
  await command('Trades')
  await at('trades').getByRole('button', { name: 'List' }).click()
  await soon('the trade', async () => (await at('trades').innerText()).includes(symbol))
  await shot('trades')
  const trades = await fileOf(page, at('trades'))
  assert.equal(trades[0], 'Closed,Instrument,Side,Qty,Entry,Exit,MAE,MFE,Fees,Net')
  assert.equal(trades.length - 1, Number(await at('trades').locator('table').getAttribute('aria-rowcount')))
  await at('trade-figures').click()
  await soon('their figures', async () => /Profit factor/.test(await at('trades').innerText()))
  await shot('figures')
  await command('Positions')
}

async function fileOf(page, panel) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'CSV' }).click(),
  ])
  let text = ''
  for await (const chunk of await download.createReadStream()) text += chunk
  return text.trimEnd().split('\r\n')
}

export async function heard(trader) {
  const { at, soon, page, context, market } = trader
  await context.grantPermissions(['notifications'])
  await page.evaluate(() => {
    globalThis.tones = 0
    globalThis.noticed = []
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (...from) {
      globalThis.tones++
      return start.apply(this, from)
    }
    globalThis.Notification = class {
      static permission = 'granted'
      static requestPermission = async () => 'granted'
      constructor(title, { body }) {
        globalThis.noticed.push(`${title}; ${body}`)
      }
    }
  })
  const settings = async () => at('settings').locator('summary').click()
  await market(1)
  assert.equal(await page.evaluate(() => globalThis.tones), 0, 'silent unless wanted')
  await settings()
  await at('setting-sounds').check()
  await at('setting-desktop-notices').click()
  await soon('notices are on', () => at('setting-desktop-notices').isChecked())
  await settings()
  await market(1)
  await soon('a fill is heard', async () => (await page.evaluate(() => globalThis.tones)) >= 2)
  assert.deepEqual(await page.evaluate(() => globalThis.noticed), [], 'not while one looks at the desk')
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await market(1)
  await soon('a fill is seen elsewhere', async () =>
    (await page.evaluate(() => globalThis.noticed)).some(said => /^Bought 1 /.test(said)),
  )
  await page.evaluate(() => {
    delete document.hidden
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await settings()
  await at('setting-sounds').uncheck()
  await at('setting-desktop-notices').uncheck()
  await settings()
  await flat(trader)
}

async function timeTravel(trader) {
  const { at, soon, market, command, shot, symbol } = trader
  await market(2)
  // Behind now, so that what is asked for lies in the past of the service too.
  await new Promise(resolve => setTimeout(resolve, 2_000))
  await command('Time travel')
  await soon('its panel', async () => at('as-of').isVisible())
  await at('as-of').fill(local(new Date(Date.now() - 1_000)))
  await at('as-of-go').click()
  await soon('the position as it was', async () => (await at('as-of-view').innerText()).includes(symbol))
  await shot('time-travel')
  await command('Positions')
  await flat(trader)
}

function local(at) {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

async function askBefore(trader) {
  const { at, soon, bid, page, shot } = trader
  await at('ticket-side-buy').check()
  await at('ticket-type').selectOption('LIMIT')
  await at('ticket-qty').fill('2')
  await at('ticket-price').fill(String(Math.trunc(await bid()) - 5))
  if (!(await at('ticket-bracket').isChecked())) await at('ticket-bracket').check()
  await at('bracket-ticks').click()
  await at('bracket-stop').fill('8')
  await at('bracket-target').fill('16')
  assert.match(await at('ticket-risk').innerText(), /200/)
  await at('what-if').click()
  await soon('an answer', async () => (await at('what-if-answer').count()) === 1)
  const name = page.getByLabel('Name of a new preset')
  await name.fill('two by eight')
  await name.press('Enter')
  await soon('the preset is there', async () =>
    page.getByRole('button', { name: 'two by eight', exact: true }).isVisible(),
  )
  await shot('what-if')
  await page.getByLabel('Forget preset two by eight').click()
  await at('ticket-bracket').uncheck()
}

async function confirmed({ at, soon, page, calls, shot }) {
  await at('settings').locator('summary').click()
  await shot('settings')
  await at('setting-confirm-exits').check()
  await at('settings').locator('summary').click()
  calls.length = 0
  await page.keyboard.press('Shift+F')
  await soon('it asks', () => at('confirm-no').isVisible())
  await shot('confirm')
  await at('confirm-no').click()
  assert.deepEqual(
    calls.filter(call => call.includes('flatten')),
    [],
    'no is no',
  )
  await at('settings').locator('summary').click()
  await at('setting-confirm-exits').uncheck()
  await at('settings').locator('summary').click()
}

async function byName({ at, soon, page, attribute, command, shot }) {
  await page.keyboard.press('Control+k')
  await at('palette-input').fill('lay')
  await shot('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await soon('the list of keys', async () => page.getByText('Keyboard shortcuts').last().isVisible())
  await shot('shortcuts')
  await page.keyboard.press('Escape')
  await command('Layout Overview')
  await soon('overview', async () => (await attribute(at('preset-overview'), 'aria-pressed')) === 'true')
  await page.keyboard.press('Alt+1')
  await soon('chart trader', async () => (await attribute(at('preset-chart'), 'aria-pressed')) === 'true')
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
  const before = await theme()
  await page.keyboard.press('Shift+D')
  await soon('other colours', async () => (await theme()) !== before)
  await page.keyboard.press('Shift+D')
  await at('settings').locator('summary').click()
  await at('theme-select').selectOption('system')
  await at('settings').locator('summary').click()
}

async function savedLayout({ at, soon, page, calls, context, browser, listen, attribute }) {
  await soon('nothing is on its way', async () => {
    calls.length = 0
    await new Promise(resolve => setTimeout(resolve, 2_500))
    return calls.length === 0
  })
  await at('panel-menu').locator('summary').click()
  await at('add-watch').click()
  await soon('the panel', () => at('watch').isVisible())
  await soon('saved', async () => calls.includes('PUT /api/settings/desk'))
  await page.reload()
  await soon('still there', () => at('watch').isVisible())
  const other = await browser.newContext({ storageState: { cookies: await context.cookies(), origins: [] } })
  const elsewhere = listen(await other.newPage())
  await elsewhere.goto(page.url())
  await soon('there as well', () => elsewhere.getByTestId('watch').isVisible())
  await other.close()
  await at('settings').locator('summary').click()
  await at('reset-layout').click()
  await soon('as the preset has it', async () => (await at('watch').count()) === 0)
  await page.keyboard.press('Escape')
  await soon('live', async () => (await attribute(at('connection-state'), 'data-state')) === 'live')
  await soon('a quote', async () => /\d/.test(await at('quote-bid').innerText()))
}

async function twoTabs({ at, soon, rest, page, context, listen, symbol }) {
  const second = listen(await context.newPage())
  await second.goto(`${new URL(page.url()).origin}/?symbol=${symbol}`)
  await soon(
    'the second is live',
    async () => (await second.getByTestId('connection-state').getAttribute('data-state')) === 'live',
  )
  await page.bringToFront()
  const id = await rest(12)
  await soon(
    'the other tab has it too',
    async () => (await second.getByTestId(`order-row-${id}`).count()) === 1,
  )
  await second.bringToFront()
  await second.getByTestId(`order-cancel-${id}`).click()
  await page.bringToFront()
  await soon(
    'gone from both',
    async () => (await at('working-orders').getByTestId(`order-row-${id}`).count()) === 0,
  )
  await second.close()
}

async function offline({ at, soon, context, attribute, page, calls, expected, shot }) {
  expected.push(/WebSocket connection|ERR_INTERNET_DISCONNECTED/)
  const state = () => attribute(at('connection-state'), 'data-state')
  // What is open already does not mind emulated weather: the page's own socket is closed by the worker's silence.
  await context.setOffline(true)
  await soon('it is said', async () => (await state()) !== 'live')
  assert.ok(await at('ticket-submit').isDisabled(), 'no order without a connection')
  await shot('offline')
  await context.setOffline(false)
  await soon('live again', async () => (await state()) === 'live')
  await soon('silent again', async () => {
    calls.length = 0
    await new Promise(resolve => setTimeout(resolve, 3_000))
    return calls.length === 0
  })
  await page.bringToFront()
}

async function bridgeKilled(
  { at, soon, rest, attribute, calls, page, lots, market, shot, expected },
  bridge,
) {
  expected.push(/WebSocket connection|ERR_CONNECTION_REFUSED/)
  await market(1)
  const id = await rest(10)
  const held = await lots()
  calls.length = 0
  const began = Date.now()
  process.kill(bridge, 'SIGKILL')
  const state = () => attribute(at('connection-state'), 'data-state')
  await soon('it is said', async () => (await state()) !== 'live')
  await shot('bridge-gone')
  await soon('live again', async () => (await state()) === 'live')
  const seconds = (Date.now() - began) / 1_000
  const asked = calls.length
  console.log(`  back after ${seconds.toFixed(1)} s, ${asked} REST calls meanwhile`)
  assert.ok(asked < 12 + seconds * 3, `no storm of calls: ${asked} in ${seconds} s`)
  await soon(
    'the order is still there',
    async () => (await at('working-orders').getByTestId(`order-row-${id}`).count()) === 1,
  )
  assert.equal(await lots(), held)
  await soon('a quote moves again', async () => (await at('quote-age').count()) === 0)
  await soon('silent again', async () => {
    calls.length = 0
    await new Promise(resolve => setTimeout(resolve, 3_000))
    return calls.length === 0
  })
  await page.bringToFront()
}

/** The player of a recording: it stands still, goes on faster, and jumps. */
export async function replayed({ at, soon, attribute, command, shot, page, step }) {
  const clock = async () => Date.parse((await attribute(at('replay-clock'), 'data-value')) ?? '')
  const goesOn = async () => {
    const before = await clock()
    await soon('time goes on', async () => (await clock()) > before)
  }
  await step('the recording is paused: nothing moves', async () => {
    await soon('its player', async () => (await at('replay-clock').count()) === 1)
    await goesOn()
    await at('replay-toggle').click()
    await soon('it says so', async () => (await at('replay-toggle').getAttribute('aria-label')) === 'Play')
    const stood = await clock()
    await new Promise(resolve => setTimeout(resolve, 2_000))
    assert.equal(await clock(), stood)
    await shot('replay-paused')
  })
  await step('it goes on, faster', async () => {
    await at('replay-speed').selectOption('20')
    await soon('playing', async () => (await at('replay-toggle').getAttribute('aria-label')) === 'Pause')
    const [before, began] = [await clock(), Date.now()]
    await soon('a minute of it in seconds', async () => (await clock()) - before > 60_000)
    assert.ok(Date.now() - began < 30_000)
  })
  await step('it jumps to a moment', async () => {
    await command('Replay')
    await soon('its panel', () => at('replay-to').isVisible())
    const to = new Date((await clock()) + 600_000).toISOString().slice(0, 19)
    await at('replay-to').fill(to)
    await at('replay-seek').click()
    await soon('there', async () => (await clock()) >= Date.parse(`${to}Z`))
    await goesOn()
    await shot('replay')
    for (const width of [1440, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      const { height } = await page.locator('header.bar').boundingBox()
      assert.ok(height < 45, `the header is one row at ${width} px, not ${height} px high`)
      await shot(`replay-${width}`)
    }
  })
}
