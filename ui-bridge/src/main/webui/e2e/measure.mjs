/**
 * Numbers of the desk in a real Chromium, with the production build: `npm run measure -- [SECONDS]` against the pretend
 * bridge with 100 symbols at 20 Hz and a stream of orders, or `npm run measure -- SECONDS ADDRESS SYMBOL` against a running
 * suite (SIGNED_IN=FILE with the cookies of a browser that is signed in). SOAK=true: the day begins with more orders, fills,
 * round trips and bars of a second than the page keeps, the heaps of page and worker are looked at every 30 s, after collections, whose frames
 * are not counted, and their slope is told. ROUNDS=5: so many times 50 cycles after the first WARM=3; ROUNDS=0: none. Prints one line of JSON
 * per figure; exits with 1 where a REST call was made while connected. The machine's other work is in every time told here:
 * run it alone.
 */
import assert from 'node:assert/strict'
import { until } from './chromium.mjs'
import { computedPerFrame } from './mainThread.mjs'
import { heapIsMadeOf, theWorker } from './memory.mjs'
import { sitDown } from './trader.mjs'
import { wayTo } from './way.mjs'

const SYMBOLS = 100
const HERTZ = 20
const CYCLES = 50
const ROUNDS = Number(process.env.ROUNDS ?? 1)
const WARM = Number(process.env.WARM ?? 3)
/** More than the page keeps of anything: what it keeps does not grow any more. */
const ROUND_TRIPS_BEFORE = 2_300
const PAGES_BEFORE = 9
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
/** Where the page finds its bridge; the sockets on it can be cut. */
const way = mock ?? (await wayTo(address))
const trader = await sitDown({ pictures: '.', symbol: wanted, storageState: process.env.SIGNED_IN })
const { browser, page, context, at, soon, attribute, calls, expected } = trader
expected.push(/WebSocket connection/)
const live = () =>
  soon('live', async () => (await attribute(at('connection-state'), 'data-state')) === 'live')
const cdp = await context.newCDPSession(page)
await cdp.send('Performance.enable')

/**
 * From now on: how long frames are apart, what the main thread did in each, what held it for more than 50 ms. Counted by
 * tenths of a millisecond: a list of them would grow by 3.5 MB an hour and be taken for the page's own heap.
 */
const watchFrames = () =>
  page.evaluate(() => {
    const times = () => ({ tenths: new Uint32Array(20_000), count: 0, sum: 0 })
    const add = (of, ms) => {
      if (!seen.counts) return
      of.tenths[Math.max(0, Math.min(of.tenths.length - 1, Math.round(ms * 10)))]++
      of.count++
      of.sum += ms
    }
    const seen = { gaps: times(), work: times(), longTasks: 0, longest: 0, counts: true, stop: false }
    globalThis.seenFrames = seen
    const long = new PerformanceObserver(list => {
      for (const { duration } of seen.counts ? list.getEntries() : []) {
        seen.longTasks++
        seen.longest = Math.max(seen.longest, Math.round(duration))
      }
    })
    long.observe({ type: 'longtask' })
    const { port1, port2 } = new MessageChannel()
    let began = 0
    // Comes after the frame's style, layout and paint: what lies between is what the frame cost.
    port2.onmessage = () => add(seen.work, performance.now() - began)
    let last = performance.now()
    const frame = () => {
      began = performance.now()
      add(seen.gaps, began - last)
      last = began
      port1.postMessage(0)
      if (!seen.stop) return requestAnimationFrame(frame)
      long.disconnect()
      port2.close()
    }
    requestAnimationFrame(frame)
  })
const framesSeen = () =>
  page.evaluate(() => {
    const { gaps, work, longTasks, longest } = globalThis.seenFrames
    globalThis.seenFrames.stop = true
    const at = ({ tenths, count }, share) => {
      let seenSoFar = 0
      const found = tenths.findIndex(many => {
        seenSoFar += many
        return seenSoFar > Math.min(count - 1, share * count)
      })
      return found / 10
    }
    return {
      frames: gaps.count,
      perSecond: Math.round((10_000 * gaps.count) / gaps.sum) / 10,
      gapP99: at(gaps, 0.99),
      workP50: at(work, 0.5),
      workP95: at(work, 0.95),
      workP99: at(work, 0.99),
      longTasks,
      longest,
    }
  })
/** Reads the socket in an isolate of its own, which the page's figures leave out. */
const worker = await theWorker(cdp)
const counting = on =>
  page.evaluate(value => {
    if (globalThis.seenFrames !== undefined) globalThis.seenFrames.counts = value
  }, on)
const heap = async () => {
  await counting(false)
  for (let i = 0; i < 3; i++) {
    await cdp.send('HeapProfiler.collectGarbage')
    await worker.send('HeapProfiler.collectGarbage')
    await pause(300)
  }
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = name => metrics.find(metric => metric.name === name).value
  const { usedSize } = await worker.send('Runtime.getHeapUsage')
  await counting(true)
  return {
    heap: of('JSHeapUsedSize'),
    worker: usedSize,
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
  }
}
const madeOf = async () => {
  await counting(false)
  const parts = await heapIsMadeOf(cdp)
  // What came in meanwhile is caught up with.
  await pause(3_000)
  await counting(true)
  return parts
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

/** A chart of seconds with as many bars as the page keeps: from then on the oldest go. */
const chartOfSeconds = async () => {
  let pages = 0
  const count = request => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/api/bars' && searchParams.has('to')) pages++
  }
  page.on('request', count)
  await at('interval-select').selectOption('1s')
  const { x, y } = await at('chart-canvas').boundingBox()
  await page.mouse.move(x + 200, y + 200)
  await soon('a long history', async () => {
    await page.mouse.wheel(-2_000, 0)
    return pages >= PAGES_BEFORE
  })
  page.off('request', count)
  await page.getByLabel('To the newest').click()
}

/** What 50 cycles of symbol, panel and dropped socket leave behind. */
const cycles = async () => {
  await at('preset-chart').click()
  const symbols = address === undefined ? ['ESZ6', 'GCG7'] : [wanted, wanted.replace(/^ES/, 'NQ')]
  const cycle = async i => {
    await at('instrument-select').selectOption(symbols[i % 2])
    await at('panel-menu').locator('summary').click()
    await at('add-watch').click()
    await soon('the panel', () => at('watch').isVisible())
    await page.keyboard.press('Alt+w')
    await soon('no panel', async () => (await at('watch').count()) === 0)
    const before = way.connections()
    way.cut()
    await soon('connected anew', () => way.connections() > before)
    await live()
  }
  const round = async () => {
    for (let i = 0; i < CYCLES; i++) {
      // How many prices have a size on the ladder is the market's doing: what is counted is counted in the same market.
      if (i === CYCLES - 2) mock?.stands(true)
      await cycle(i)
    }
    // The page keeps a history that was asked for 5 s: how many there are is chance, and each is some hundred KiB.
    await pause(8_000)
    const left = { ...(await heap()), parts: await madeOf() }
    mock?.stands(false)
    return left
  }
  // The first rounds are not counted: code is compiled and tables grow to their size in them.
  const after = []
  for (let i = 0; i < WARM + ROUNDS; i++) after.push(await round())
  const counted = after.slice(WARM - 1)
  const rise = of => counted.slice(1).map((each, index) => of(each) - of(counted[index]))
  const kib = bytes => Math.round(bytes / 1024)
  const both = each => each.heap + each.worker
  tell('left behind', {
    cycles: CYCLES,
    heapKiB: Math.max(...rise(each => kib(both(each)))),
    pageKiB: Math.max(...rise(({ parts }) => parts.page)),
    nodes: Math.max(...rise(({ nodes }) => nodes)),
    listeners: Math.max(...rise(({ parts }) => parts.listeners)),
    heapMiB: Number(((after.at(-1)?.heap ?? 0) / 2 ** 20).toFixed(1)),
    rounds: after.map(each => [kib(each.heap), kib(each.worker), each.nodes, each.listeners]),
    madeOf: after.map(({ parts }) => parts),
    ...(ROUNDS < 2
      ? {}
      : {
          kibPerRound: slopeOf(counted.map((each, x) => ({ x, y: both(each) / 1024 }))),
          pageKibPerRound: slopeOf(counted.map(({ parts }, x) => ({ x, y: parts.page }))),
        }),
  })
}

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
  await page.goto(way.url)
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
  if (process.env.SOAK === 'true' && mock !== null) {
    await chartOfSeconds()
    await mock.traded('PRACTICE', ROUND_TRIPS_BEFORE)
  }
  await quiet()
  const orders = mock === null ? null : setInterval(() => mock.trade('PRACTICE'), 500)
  await watchFrames()
  const samples = []
  const parts = []
  for (let end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    await pause(Math.min(30_000, end - Date.now()))
    if (process.env.SOAK !== 'true') continue
    samples.push({ x: Date.now() / 3_600_000, ...(await heap()) })
    // What is before is being compiled.
    if (parts.length === 0 && Date.now() > end - seconds * 667) parts.push(await madeOf())
  }
  if (samples.length >= 6) {
    parts.push(await madeOf())
    const settled = samples.slice(Math.floor(samples.length / 3))
    const mib = of => samples.map(each => Number((of(each) / 2 ** 20).toFixed(2)))
    const slope = of => slopeOf(settled.map(each => ({ x: each.x, y: of(each) / 2 ** 20 })))
    tell('heap, MiB an hour', {
      ...slope(each => each.heap + each.worker),
      page: slope(each => each.heap),
      worker: slope(each => each.worker),
      wholeTime: slopeOf(samples.map(each => ({ x: each.x, y: (each.heap + each.worker) / 2 ** 20 }))),
      minutes: Math.round(60 * ((settled.at(-1)?.x ?? 0) - (settled[0]?.x ?? 0))),
      mib: mib(each => each.heap),
      workerMib: mib(each => each.worker),
      nodes: samples.map(each => each.nodes),
      listeners: samples.map(each => each.listeners),
      madeOf: parts,
    })
  }
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

  if (process.env.SOAK === 'true') await at('interval-select').selectOption('1m')

  // --- what stays behind --------------------------------------------------------------------------
  if (ROUNDS > 0) await cycles()
  assert.deepEqual(silent, [], 'no REST call while connected')
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await browser.close()
  way.stop()
}
