/**
 * Numbers of the desk in a real Chromium, with the production build: `npm run measure -- [SECONDS]` against the pretend
 * bridge with 100 symbols at 20 Hz and a stream of orders, or `npm run measure -- SECONDS ADDRESS SYMBOL` against a running
 * suite (SIGNED_IN=FILE with the cookies of a browser that is signed in). SOAK=true: the heap is looked at every 30 s, after
 * a collection, which costs frames, and its slope is told. ROUNDS=5: so many times 50 cycles after a first one. Prints one
 * line of JSON per figure; exits with 1
 * where a REST call was made while connected. The machine's other work is in every number: run it alone.
 */
import assert from 'node:assert/strict'
import { until } from './chromium.mjs'
import { computedPerFrame } from './mainThread.mjs'
import { sitDown } from './trader.mjs'

const SYMBOLS = 100
const HERTZ = 20
const CYCLES = 50
const ROUNDS = Number(process.env.ROUNDS ?? 1)
const [duration = '600', address, wanted = 'ESZ6'] = process.argv.slice(2)
const seconds = Number(duration)
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
const tell = (what, figures) => console.log(JSON.stringify({ what, ...figures }))

const mock =
  address === undefined
    ? await (await import('../mock/server.mjs')).startMock({
        port: 0,
        tickEveryMs: 1_000 / HERTZ,
        more: SYMBOLS - 4,
        slices: 5,
      })
    : null
const trader = await sitDown({ pictures: '.', symbol: wanted, storageState: process.env.SIGNED_IN })
const { browser, page, context, at, soon, attribute, calls, expected } = trader
expected.push(/WebSocket connection/)
const live = () =>
  soon('live', async () => (await attribute(at('connection-state'), 'data-state')) === 'live')
const cdp = await context.newCDPSession(page)
await cdp.send('Performance.enable')

/** From now on: how long frames are apart, what the main thread did in each, what held it for more than 50 ms. */
const watchFrames = () =>
  page.evaluate(() => {
    const seen = { gaps: [], work: [], long: [], stop: false }
    globalThis.seenFrames = seen
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) seen.long.push(Math.round(entry.duration))
    }).observe({ type: 'longtask' })
    const { port1, port2 } = new MessageChannel()
    let began = 0
    // Comes after the frame's style, layout and paint: what lies between is what the frame cost.
    port2.onmessage = () => seen.work.push(performance.now() - began)
    let last = performance.now()
    const frame = () => {
      began = performance.now()
      seen.gaps.push(began - last)
      last = began
      port1.postMessage(0)
      if (!seen.stop) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
const framesSeen = () =>
  page.evaluate(() => {
    const { gaps, work, long } = globalThis.seenFrames
    globalThis.seenFrames.stop = true
    const at = (values, share) =>
      [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]
    const round = value => Math.round(value * 10) / 10
    return {
      frames: gaps.length,
      perSecond: round(1_000 / (gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length)),
      gapP99: round(at(gaps, 0.99)),
      workP50: round(at(work, 0.5)),
      workP95: round(at(work, 0.95)),
      workP99: round(at(work, 0.99)),
      longTasks: long.length,
      longest: Math.max(0, ...long),
    }
  })
const heap = async () => {
  for (let i = 0; i < 3; i++) {
    await cdp.send('HeapProfiler.collectGarbage')
    await pause(300)
  }
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = name => metrics.find(metric => metric.name === name).value
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}
/** Student's t for a two-sided 95 % interval. */
const T95 = [Infinity, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23]
/** Least squares of y over x, with the upper end of the 95 % interval. */
function slopeOf(samples) {
  const n = samples.length
  const mean = of => samples.reduce((sum, each) => sum + of(each), 0) / n
  const [x, y] = [mean(each => each.x), mean(each => each.y)]
  const spread = samples.reduce((sum, each) => sum + (each.x - x) ** 2, 0)
  const slope = samples.reduce((sum, each) => sum + (each.x - x) * (each.y - y), 0) / spread
  const rest = samples.reduce((sum, each) => sum + (each.y - y - slope * (each.x - x)) ** 2, 0)
  const error = Math.sqrt(rest / (n - 2) / spread)
  return {
    samples: n,
    slope: Number(slope.toFixed(2)),
    atMost: Number((slope + (T95[n - 2] ?? 1.96 + 2.4 / (n - 2)) * error).toFixed(2)),
  }
}
const quiet = async () =>
  until(
    'whatever was under way is over',
    async () => {
      calls.length = 0
      await pause(3_000)
      return calls.length === 0
    },
    60_000,
  )

try {
  if (mock !== null)
    mock.faults.settings = {
      preset: 'overview',
      watch: mock.symbols().slice(0, SYMBOLS),
    }
  // By the page's own clock, which starts with the navigation; the frame after the one that wrote it has it on the screen.
  await page.addInitScript(() => {
    const look = () => {
      const quote = document.querySelector('.num.bid, [data-testid="quote-bid"]')
      if (/\d/.test(quote?.textContent ?? '')) globalThis.firstQuoteAt = performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  const firstQuote = async () => {
    await soon('a first quote', () => page.evaluate(() => globalThis.firstQuoteAt !== undefined))
    return Math.round(await page.evaluate(() => globalThis.firstQuoteAt))
  }
  await page.goto(address ?? mock.url)
  const cold = await firstQuote()
  const again = []
  for (let i = 0; i < 4; i++) {
    await page.reload()
    again.push(await firstQuote())
  }
  tell('first quote painted', { ms: cold, reloadedMs: again })
  await live()
  if (address !== undefined) await at('instrument-select').selectOption(wanted)

  // --- the ladder, alone with its chart -----------------------------------------------------------
  await at('preset-scalper').click()
  await soon('the ladder', async () => (await at('ladder-best-bid').count()) === 1)
  await pause(3_000)
  await watchFrames()
  await pause(Math.min(20_000, seconds * 250))
  tell('ladder', await framesSeen())

  // --- from a click to the line of the order ------------------------------------------------------
  await at('arm').click()
  const lines = []
  for (let i = 0; i < 20; i++) {
    const before = await page.locator('.line-handle[data-line$="/price"]').count()
    const took = await page.evaluate(
      async known =>
        new Promise(resolve => {
          const rungs = [...document.querySelectorAll('.rung-bid[data-side="BUY"]')]
          const rung = rungs.at(-3)
          const box = rung.getBoundingClientRect()
          const began = performance.now()
          const look = () => {
            if (document.querySelectorAll('.line-handle[data-line$="/price"]').length > known)
              resolve(performance.now() - began)
            else requestAnimationFrame(look)
          }
          rung.dispatchEvent(
            new MouseEvent('click', { bubbles: true, clientX: box.x + 5, clientY: box.y + box.height / 2 }),
          )
          look()
        }),
      before,
    )
    lines.push(took)
    await at('ladder-cancel-buy').click()
    await soon(
      'cancelled',
      async () => (await page.locator('.line-handle[data-line$="/price"]').count()) === 0,
    )
  }
  lines.sort((a, b) => a - b)
  tell('click to the order line', { n: lines.length, p50: Math.round(lines[10]), max: Math.round(lines[19]) })
  await at('arm').click()

  // --- everything at once -------------------------------------------------------------------------
  await at('preset-overview').click()
  await at('panel-menu').locator('summary').click()
  await at('add-ladder').click()
  await pause(5_000)
  await quiet()
  const orders = mock === null ? null : setInterval(() => mock.trade('PRACTICE'), 500)
  await watchFrames()
  const sizes = []
  for (let end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    await pause(Math.min(30_000, end - Date.now()))
    if (process.env.SOAK === 'true')
      sizes.push({ x: Date.now() / 3_600_000, y: (await heap()).heap / 2 ** 20 })
  }
  // What is before is filling up.
  if (sizes.length >= 6)
    tell('heap, MiB an hour', {
      ...slopeOf(sizes.slice(Math.floor(sizes.length / 3))),
      mib: sizes.map(({ y }) => Number(y.toFixed(2))),
    })
  const number = async id => Number.parseFloat(await at(`debug-${id}`).innerText())
  tell('steady', {
    seconds,
    restCalls: calls.length,
    ...(await framesSeen()),
    tickToPaintP50: await number('paint-p50'),
    tickToPaintP99: await number('paint-p99'),
    itemsPerSecond: await number('items'),
    framesReceivedPerSecond: await number('frames'),
  })
  const silent = [...calls]
  tell('main thread, its own time per frame', await computedPerFrame(cdp, 10))
  clearInterval(orders)

  // --- what stays behind --------------------------------------------------------------------------
  await at('preset-chart').click()
  const symbols = address === undefined ? ['ESZ6', 'GCG7'] : [wanted, wanted.replace(/^ES/, 'NQ')]
  const cycle = async i => {
    await at('instrument-select').selectOption(symbols[i % 2])
    await at('panel-menu').locator('summary').click()
    await at('add-watch').click()
    await soon('the panel', () => at('watch').isVisible())
    await page.keyboard.press('Alt+w')
    await soon('no panel', async () => (await at('watch').count()) === 0)
    if (mock !== null) {
      const before = mock.connections()
      mock.cut()
      await soon('connected anew', () => mock.connections() > before)
      await live()
    }
  }
  const round = async () => {
    for (let i = 0; i < CYCLES; i++) await cycle(i)
    // The page keeps a history that was asked for 5 s: how many there are is chance, and each is some hundred KiB.
    await pause(8_000)
    return heap()
  }
  // The first round is not counted: code is compiled and tables grow to their size in it.
  const after = [await round()]
  for (let i = 0; i < ROUNDS; i++) after.push(await round())
  const rise = of => after.slice(1).map((each, index) => of(each) - of(after[index]))
  tell('left behind', {
    cycles: CYCLES,
    heapKiB: Math.max(...rise(({ heap: bytes }) => Math.round(bytes / 1024))),
    nodes: Math.max(...rise(({ nodes }) => nodes)),
    listeners: Math.max(...rise(({ listeners }) => listeners)),
    heapMiB: Number(((after.at(-1)?.heap ?? 0) / 2 ** 20).toFixed(1)),
    ...(ROUNDS < 2
      ? {}
      : {
          rounds: after.map(({ heap: bytes, nodes, listeners }) => [
            Math.round(bytes / 1024),
            nodes,
            listeners,
          ]),
          kibPerRound: slopeOf(after.map(({ heap: bytes }, x) => ({ x, y: bytes / 1024 }))),
        }),
  })
  assert.deepEqual(silent, [], 'no REST call while connected')
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await browser.close()
  mock?.stop()
}
