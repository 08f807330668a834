/**
 * A trader's first minutes on the running suite, in a real Chromium:
 * `node e2e/desk.e2e.mjs SIGN-IN-LINK PICTURES SYMBOL [everything|away|replay]`. Exits with 1 and says what did not happen. With
 * `everything` also each way of moving an order, brackets, the ladder, flatten, accessibility, every layout, and what
 * e2e/flows.mjs walks through. SIGNED_IN=FILE: cookies of an earlier browser, the link is then any address of the desk.
 * BRIDGE_PID: the process of ui-bridge, which is then killed on the way.
 */
import assert from 'node:assert/strict'
import axe from 'axe-core'
import { executablePath } from './chromium.mjs'
import { away, replayed, walkThrough } from './flows.mjs'
import { dragBy, handleOf, touchDragBy } from './lines.mjs'
import { sitDown } from './trader.mjs'

const [link, pictures, symbol, extent] = process.argv.slice(2)
const everything = extent === 'everything'
if (executablePath === undefined) {
  console.error('no Chromium found: install it, or set CHROMIUM')
  process.exit(1)
}
const trader = await sitDown({ pictures, symbol, storageState: process.env.SIGNED_IN })
const { browser, page, complaints, calls, at, shot, soon, attribute, lots, placed, submitUntilTaken, step } =
  trader

let id = null

/** The drag cases of the chart, protection off the position, and an order from the ladder. */
async function moveItInEveryWay() {
  const line = () => handleOf(page, `${id}/price`)
  const moved = async (what, from) => {
    await soon(`${what}: the venue confirmed another price`, async () => {
      const now = await line()
      return now.price !== from && now.ghost === '' && now.pending === 'false'
    })
    return (await line()).price
  }

  await step('dragged by mouse it stays true until the venue confirms', async () => {
    const before = (await line()).price
    await dragBy(page, `${id}/price`, 24, async () => {
      await soon(
        'a ghost is in the hand',
        async () => (await line()).ghost !== '' && (await line()).held === 'true',
      )
      assert.equal((await line()).price, before, 'the true line has not moved')
      await shot('drag')
    })
    assert.ok(Number(await moved('mouse', before)) < Number(before), 'downwards is cheaper')
  })

  await step('escape puts it back and sends nothing', async () => {
    const before = (await line()).price
    calls.length = 0
    await dragBy(page, `${id}/price`, 30, async () => {
      await soon('held', async () => (await line()).held === 'true')
      await page.keyboard.press('Escape')
      await soon('let go', async () => (await line()).held === 'false')
    })
    assert.equal((await line()).price, before)
    assert.deepEqual(
      calls.filter(call => call.startsWith('PATCH')),
      [],
    )
  })

  await step('moved by keyboard, four ticks up', async () => {
    const before = (await line()).price
    await at(`line-${id}/price`).focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
    assert.equal((await line()).price, before, 'nothing before Enter')
    await page.keyboard.press('Enter')
    assert.equal(Number(await moved('keyboard', before)), Number(before) + 1)
  })

  await step('dragged by touch', async () => {
    const before = (await line()).price
    await touchDragBy(page, `${id}/price`, 20)
    await moved('touch', before)
  })

  await step('a stop-loss off the position line', async () => {
    await at('line-position').focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown')
    await page.keyboard.press('Enter')
    await soon(
      'a stop-loss has its line',
      async () => (await page.locator('.line-handle.tone-stop').count()) === 1,
    )
    await shot('desk')
  })

  await step('armed, one click on the ladder sends', async () => {
    const working = () => page.locator('[data-testid="working-orders"] tbody tr[data-status]').count()
    const known = await working()
    await at('ladder-best-bid').click()
    assert.equal(await working(), known, 'safe: nothing was sent')
    await at('arm').click()
    await soon('armed', async () => (await attribute(at('arm'), 'aria-checked')) === 'true')
    const rungs = page.locator('.rung-bid[data-side="BUY"]')
    await rungs.nth((await rungs.count()) - 3).click()
    await soon('one more order works', async () => (await working()) === known + 1)
    await at('arm').click()
  })
}

/** Accessibility, then every layout for the album. */
async function lookAround() {
  await step('accessible', async () => {
    // Not as a script tag: the page's Content-Security-Policy would rightly forbid it.
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ['violations'] }),
    )
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    assert.deepEqual(
      serious.map(
        ({ id: rule, nodes }) => `${rule}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`,
      ),
      [],
    )
  })

  for (const preset of ['scalper', 'overview']) {
    await at(`preset-${preset}`).click()
    await soon(
      `${preset} is shown`,
      async () => (await attribute(at('chart-canvas'), 'data-history')) === 'ready',
    )
    await shot(preset)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await at('preset-chart').click()
  await soon(
    'the chart is back',
    async () => (await attribute(at('chart-canvas'), 'data-history')) === 'ready',
  )
  await shot('light')
  await page.setViewportSize({ width: 400, height: 860 })
  await soon('cards', async () => (await at('tab-trade').count()) === 1)
  await soon('a quote on the phone', async () => /\d/.test(await at('quote-bid').innerText()))
  await shot('phone')
}

async function open() {
  await step('the desk opens and prices move', async () => {
    await page.goto(link)
    await soon('live', async () => (await attribute(at('connection-state'), 'data-state')) === 'live')
    await at('instrument-select').selectOption(symbol)
    await soon('a quote', async () => /\d/.test(await at('quote-bid').innerText()))
    await soon('a best bid on the ladder', async () => (await at('ladder-best-bid').count()) === 1)
    await soon('history', async () => (await attribute(at('chart-canvas'), 'data-history')) === 'ready')
  })
}

async function trade() {
  await step('a market order becomes a position with its profit', async () => {
    const before = await lots()
    await at('ticket-type').selectOption('MARKET')
    await at('ticket-qty').fill('2')
    await submitUntilTaken('FILLED')
    await soon('the position grew by two', async () => (await lots()) >= before + 2)
    const pnl = at(`position-row-${symbol}`).getByTestId('position-pnl')
    await soon('a profit or loss', async () => /\d/.test(await pnl.innerText()))
  })

  await step('a limit order rests and has its line on the chart', async () => {
    const bid = await at('quote-bid').innerText()
    await at('ticket-type').selectOption('LIMIT')
    await at('ticket-price').fill(String(Number.parseInt(bid.replaceAll(',', ''), 10) - 10))
    await submitUntilTaken('NEW')
    id = (await placed()).id
    await soon(
      'its line is on the chart',
      async () => (await attribute(at(`line-${id}/price`), 'data-y')) !== null,
    )
  })
  if (everything) await moveItInEveryWay()
  await shot('desk')

  await step('the order is cancelled', async () => {
    await at(`order-cancel-${id}`).click()
    await at('orders-done').click()
    await soon(
      'the order is canceled',
      async () => (await attribute(at(`order-row-${id}`), 'data-status')) === 'CANCELED',
    )
    await at('orders-working').click()
  })

  if (everything)
    await step('flatten ends it all', async () => {
      await at('flatten').click()
      await soon('flat', async () => (await lots()) === 0)
      await soon('no line is left', async () => (await page.locator('.line-handle').count()) === 0)
    })

  await step('a menu goes with Escape and with a press beside it', async () => {
    const open = () => page.locator('details.menu[open]').count()
    for (const leave of [() => page.keyboard.press('Escape'), () => page.locator('.brand').click()])
      for (const menu of ['settings', 'panel-menu']) {
        await at(menu).locator('summary').click()
        await soon(`${menu} is open`, async () => (await open()) === 1)
        await leave()
        await soon(`${menu} is closed`, async () => (await open()) === 0)
      }
  })

  await step('the chart has the colours of the theme', async () => {
    const colours = () =>
      page.evaluate(() => {
        const canvas = document.querySelector('[data-testid="chart-canvas"] canvas')
        const context = canvas.getContext('2d')
        // Between the lines of the grid, wherever these are.
        const canvasHas = [2, 9, 16, 23, 30].map(at => {
          const [red, green, blue] = context.getImageData(at, at, 1, 1).data
          return `rgb(${red}, ${green}, ${blue})`
        })
        const panel = getComputedStyle(document.querySelector('[data-testid="chart"]')).backgroundColor
        return { canvasHas, panel }
      })
    const before = (await colours()).panel
    for (const theme of ['light', 'dark']) {
      await at('settings').locator('summary').click()
      await at('theme-select').selectOption(theme)
      await page.keyboard.press('Escape')
      await soon(`the chart is ${theme}`, async () => {
        const { canvasHas, panel } = await colours()
        return canvasHas.includes(panel) && (theme === 'dark') === (panel === before)
      })
    }
  })

  await step('connected, the desk is silent', async () => {
    await soon('whatever was under way is over', async () => {
      calls.length = 0
      await new Promise(resolve => setTimeout(resolve, 3_000))
      return calls.length === 0
    })
    await new Promise(resolve => setTimeout(resolve, 5_000))
    assert.deepEqual(calls, [], 'no REST call while the socket is up')
  })

  if (everything) {
    await walkThrough(trader)
    await lookAround()
  }
}

try {
  await open()
  await (extent === 'replay' ? replayed(trader) : extent === 'away' ? away(trader) : trade())
  assert.deepEqual(complaints, [], 'nothing on the console')
  console.log('the desk works in a browser')
} catch (error) {
  await shot('failure').catch(() => {})
  console.error(error, '\non the console:', complaints)
  process.exitCode = 1
} finally {
  await browser.close()
}
