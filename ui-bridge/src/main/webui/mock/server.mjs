/**
 * A pretend bridge for looking at the desk without the suite: `npm run build && npm run mock`, then open the address it prints.
 * Invented prices, an exchange that fills what crosses. Speaks the contract's REST and WebSocket closely enough for that.
 */
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { BarBook } from './bars.mjs'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const CSP =
  "default-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

const INSTRUMENTS = [
  ['ESZ6', 'ES', 'XCME', 'E-mini S&P 500 Dec 2026', '0.25', '12.5', 27230, 25],
  ['MNQZ6', 'MNQ', 'XCME', 'Micro E-mini Nasdaq-100 Dec 2026', '0.25', '0.5', 98310, 25],
  ['GCG7', 'GC', 'XCEC', 'Gold Feb 2027', '0.1', '10', 41873, 10],
  ['ZNH7', 'ZN', 'XCBT', '10-Year T-Note Mar 2027', '0.015625', '15.625', 7205, 15625],
]

/** `more`: invented instruments beside the usual ones, for load. Each ticks every `tickEveryMs`, spread over `slices` frames. */
export function startMock({ port = 8090, tickEveryMs = 50, more = 0, slices = 1 } = {}) {
  const epoch = `m${Date.now()}`
  const books = new Map()
  const accounts = new Map()
  const clients = new Set()
  const requests = []
  let connections = 0
  let cancelOnDisconnect = null
  /** What a test wants to go wrong: `swallow` keeps the answer of the next order for itself. */
  const faults = {
    swallow: 0,
    deny: 0,
    signedOut: false,
    refuseSocket: false,
    refuseReplace: 0,
    replaceMs: 250,
  }
  let mark = Date.now() * 1000

  const now = () => new Date().toISOString().replace('Z', '000Z')
  const scaleOf = tick => (tick.split('.')[1] ?? '').length
  const px = (symbol, ticks) => {
    const tick = books.get(symbol).instrument.tickSize
    const scale = scaleOf(tick)
    const units = BigInt(tick.replace('.', '')) * BigInt(ticks)
    const digits = units.toString().padStart(scale + 1, '0')
    return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  }
  const toTicks = (symbol, price) => Math.round(Number(price) / Number(books.get(symbol).instrument.tickSize))

  const invented = Array.from({ length: more }, (_, index) => {
    const root = `X${String.fromCharCode(65 + Math.floor(index / 26))}${String.fromCharCode(65 + (index % 26))}`
    return [`${root}Z6`, root, 'XCME', `Invented ${index + 1}`, '0.25', '5', 8000 + 40 * index, 25]
  })
  for (const [symbol, root, exchange, description, tickSize, tickValue, mid] of [
    ...INSTRUMENTS,
    ...invented,
  ]) {
    const instrument = {
      symbol,
      root,
      exchange,
      description,
      tickSize,
      tickValue,
      currency: 'USD',
      session: '17:00-16:00 America/Chicago',
      venue: 'sim',
      front: true,
    }
    const began = Array.from({ length: 20 }, () => 5 + Math.floor(Math.random() * 80))
    books.set(symbol, {
      instrument,
      mid,
      bid: mid,
      lastTicks: mid,
      lastQty: 3,
      v: 1,
      began,
      sizes: [...began],
      bars: root.startsWith('X') ? new BarBook(symbol, mid, 600) : new BarBook(symbol, mid),
      tradeId: 1,
    })
  }
  for (const [accountId, name, practice] of [
    ['PRACTICE', 'Practice', true],
    ['A-7781', 'Evaluation 50K', false],
  ])
    accounts.set(accountId, {
      accountId,
      name,
      practice,
      seq: 0,
      orders: new Map(),
      fills: [],
      positions: new Map(),
      trips: [],
    })

  const quoteOf = symbol => {
    const b = books.get(symbol)
    return {
      symbol,
      bidPx: px(symbol, b.bid),
      bidQty: b.sizes[0],
      askPx: px(symbol, b.bid + 1),
      askQty: b.sizes[10],
      lastPx: px(symbol, b.lastTicks),
      lastQty: b.lastQty,
      at: now(),
      venueTime: now(),
    }
  }
  const depthOf = symbol => {
    const b = books.get(symbol)
    const side = (from, step, offset) =>
      Array.from({ length: 10 }, (_, i) => [px(symbol, from + step * i), b.sizes[offset + i], 1 + i])
    return { symbol, bids: side(b.bid, -1, 0), asks: side(b.bid + 1, 1, 10), at: now(), venueTime: now() }
  }
  const statusOf = () => ({
    venue: 'sim',
    session: 'OPEN',
    feed: 'LIVE',
    since: now(),
    at: now(),
    venueTime: now(),
    rate: '1',
    reconciled: true,
  })
  const positionOf = (account, symbol) => {
    const p = account.positions.get(symbol)
    const b = books.get(symbol)
    const tickValue = Number(b.instrument.tickValue)
    const avg = p.net === 0 ? null : p.cost / p.net
    const unrealized = p.net === 0 ? 0 : (b.lastTicks - avg) * p.net * tickValue
    return {
      accountId: account.accountId,
      symbol,
      netQty: p.net,
      ...(avg === null ? {} : { avgPx: (avg * Number(b.instrument.tickSize)).toFixed(4) }),
      realizedPnl: p.realized.toFixed(2),
      unrealizedPnl: unrealized.toFixed(2),
      fees: p.fees.toFixed(2),
      currency: 'USD',
      markPx: px(symbol, b.lastTicks),
      markAt: now(),
      version: [account.seq, mark],
    }
  }
  const accountOf = account => {
    let day = 0
    for (const symbol of account.positions.keys()) {
      const row = positionOf(account, symbol)
      day += Number(row.realizedPnl) + Number(row.unrealizedPnl) - Number(row.fees)
    }
    return {
      accountId: account.accountId,
      name: account.name,
      venue: 'sim',
      practice: account.practice,
      tradingState: 'ACTIVE',
      currency: 'USD',
      balance: '50000.00',
      equity: (50000 + day).toFixed(2),
      dayPnl: day.toFixed(2),
      limits: [
        {
          name: 'DAILY_LOSS',
          limit: '1000.00',
          used: Math.max(0, -day).toFixed(2),
          remaining: (1000 - Math.max(0, -day)).toFixed(2),
        },
        { name: 'DRAWDOWN', limit: '2000.00', used: '1560.00', remaining: '440.00' },
      ],
      at: now(),
      version: [account.seq, mark],
    }
  }

  /* ---- orders ---- */
  /** What is said in one turn goes out as one frame, as the bridge does it. `data` may be made only where somebody listens. */
  const push = (ch, k, v, data) => {
    let made
    for (const client of clients) {
      if (!client.channels.has(ch)) continue
      made ??= typeof data === 'function' ? data() : data
      if (client.pending.push({ ch, k, v, n: 1, age: 1, data: made }) > 1) continue
      setImmediate(() => {
        const items = client.pending
        client.pending = []
        client.send(items)
      })
    }
  }
  const pushOrder = (account, row) => push(`orders:${account.accountId}`, row.clOrdId, row.seq, row)
  const change = (account, row, part) => {
    Object.assign(row, part, { seq: ++account.seq, updatedAt: now() })
    const allowed = row.leavesQty > 0
    row.capabilities = { cancel: { allowed }, price: { allowed }, stopPx: { allowed }, qty: { allowed } }
    pushOrder(account, { ...row })
  }
  const fill = (account, row, qty, ticks) => {
    const signed = row.side === 'BUY' ? qty : -qty
    const tickValue = Number(books.get(row.symbol).instrument.tickValue)
    const p = account.positions.get(row.symbol) ?? { net: 0, cost: 0, realized: 0, fees: 0 }
    account.positions.set(row.symbol, p)
    const closing =
      p.net !== 0 && Math.sign(p.net) !== Math.sign(signed)
        ? Math.min(Math.abs(p.net), qty) * Math.sign(signed)
        : 0
    if (closing !== 0) {
      const avg = p.cost / p.net
      const pnl = (ticks - avg) * -closing * tickValue
      p.realized += pnl
      const scale = Number(books.get(row.symbol).instrument.tickSize)
      const trip = {
        tradeId: `T${account.trips.length + 1}`,
        accountId: account.accountId,
        symbol: row.symbol,
        side: p.net > 0 ? 'BUY' : 'SELL',
        qty: Math.abs(closing),
        entryPx: (avg * scale).toFixed(4),
        exitPx: px(row.symbol, ticks),
        entryAt: now(),
        exitAt: now(),
        pnl: pnl.toFixed(2),
        fees: (4.5 * Math.abs(closing)).toFixed(2),
        mae: (-Math.abs(pnl) / 2).toFixed(2),
        mfe: (Math.abs(pnl) * 1.4).toFixed(2),
        tradingDay: now().slice(0, 10),
        session: 'ETH',
        clOrdIds: [row.clOrdId],
      }
      account.trips.push(trip)
      push(`trades:${account.accountId}`, trip.tradeId, account.trips.length, trip)
      p.cost += closing * avg
      p.net += closing
    }
    p.net += signed - closing
    p.cost += (signed - closing) * ticks
    p.fees += 2.25 * qty
    row.notional = (row.notional ?? 0) + qty * ticks
    const cumQty = row.cumQty + qty
    const tick = Number(books.get(row.symbol).instrument.tickSize)
    change(account, row, {
      cumQty,
      leavesQty: row.orderQty - cumQty,
      avgPx: ((row.notional / cumQty) * tick).toFixed(4),
      pending: [],
      ordStatus: cumQty === row.orderQty ? 'FILLED' : 'PARTIALLY_FILLED',
      version: row.version + 1,
    })
    const execution = {
      accountId: account.accountId,
      seq: account.seq,
      execId: `E${account.seq}`,
      clOrdId: row.clOrdId,
      symbol: row.symbol,
      side: row.side,
      lastQty: qty,
      lastPx: px(row.symbol, ticks),
      fee: (2.25 * qty).toFixed(2),
      at: now(),
      venueTime: now(),
    }
    account.fills.push(execution)
    push(`fills:${account.accountId}`, execution.execId, execution.seq, execution)
  }
  const match = (account, row) => {
    const b = books.get(row.symbol)
    const stop = row.stopPx === undefined ? null : toTicks(row.symbol, row.stopPx)
    if (stop !== null && (row.side === 'BUY' ? b.lastTicks < stop : b.lastTicks > stop)) return
    const limit = row.price === undefined ? null : toTicks(row.symbol, row.price)
    const touch = row.side === 'BUY' ? b.bid + 1 : b.bid
    if (limit !== null && (row.side === 'BUY' ? limit < touch : limit > touch)) return
    if (row.leavesQty > 0) fill(account, row, Math.min(row.leavesQty, 2), touch)
  }
  /** Taken after `takenMs`; null: before anything else happens. */
  const place = (account, body, takenMs = 60) => {
    const row = {
      accountId: account.accountId,
      clOrdId: body.clOrdId,
      symbol: body.symbol,
      side: body.side,
      ordType: body.ordType,
      timeInForce: 'DAY',
      orderQty: body.orderQty,
      ...(body.price === undefined ? {} : { price: body.price }),
      ...(body.stopPx === undefined ? {} : { stopPx: body.stopPx }),
      ...(body.trail === undefined ? {} : { trail: body.trail }),
      cumQty: 0,
      leavesQty: body.orderQty,
      ordStatus: 'PENDING_NEW',
      pending: [{ kind: 'NEW', since: now(), inDoubt: false }],
      role: body.role ?? 'STANDALONE',
      reduceOnly: body.reduceOnly ?? false,
      version: 1,
      seq: 0,
      createdAt: now(),
      updatedAt: now(),
      origin: 'DESK',
      emulated: false,
    }
    account.orders.set(row.clOrdId, row)
    change(account, row, {})
    const taken = () => change(account, row, { ordStatus: 'NEW', pending: [] })
    if (takenMs === null) taken()
    else setTimeout(taken, takenMs)
    return { ...row }
  }

  const oneLot = account => ({
    clOrdId: `load-${account.seq}`,
    symbol: 'ESZ6',
    side: (account.positions.get('ESZ6')?.net ?? 0) > 0 ? 'SELL' : 'BUY',
    ordType: 'MARKET',
    orderQty: 1,
    timeInForce: 'DAY',
  })

  const closing = (account, symbol, qty) => {
    const net = account.positions.get(symbol)?.net ?? 0
    if (net !== 0)
      place(account, {
        clOrdId: `close-${account.seq}`,
        symbol,
        side: net > 0 ? 'SELL' : 'BUY',
        ordType: 'MARKET',
        orderQty: qty ?? Math.abs(net),
      })
  }

  /* ---- REST ---- */
  const problem = (status, reason, detail, more = {}) => [
    status,
    { title: reason, status, reason, detail, ...more },
    'application/problem+json',
  ]
  const page = items => [200, { items }]
  const answer = (method, path, query, body) => {
    if (faults.signedOut) return problem(401, 'NOT_SIGNED_IN', 'Sign in first.')
    if (path === '/api/me')
      return [
        200,
        {
          user: 'desk',
          name: 'desk',
          scope: 'admin',
          scopes: ['read', 'trade', 'admin'],
          accounts: [...accounts.keys()],
        },
      ]
    if (path === '/api/instruments') return page([...books.values()].map(b => b.instrument))
    if (path === '/api/alerts' && method === 'GET') return page([])
    if (path === '/api/accounts') return page([...accounts.values()].map(accountOf))
    if (path === '/api/quotes')
      return page(
        (query.get('symbols') ?? '')
          .split(',')
          .filter(s => books.has(s))
          .map(quoteOf),
      )
    if (path === '/api/bars')
      return page(books.get(query.get('symbol')).bars.page(query, ticks => px(query.get('symbol'), ticks)))
    if (path === '/api/settings/cancel-on-disconnect') {
      if (method === 'PUT') cancelOnDisconnect = body
      return method === 'PUT' || cancelOnDisconnect === null ? [204, undefined] : [200, cancelOnDisconnect]
    }
    if (path.startsWith('/api/settings/')) {
      if (method === 'PUT') {
        faults.settings = body
        return [204, undefined]
      }
      return faults.settings === undefined ? [204, undefined] : [200, faults.settings]
    }
    const [, accountId, what, id, action] =
      path.match(/^\/api\/accounts\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?$/) ?? []
    const account = accounts.get(accountId)
    if (account === undefined) return problem(404, 'NOT_FOUND', `nothing at ${path}`)
    if (what === undefined) return [200, accountOf(account)]
    if (what === 'flatten' || what === 'cancel-all') {
      for (const row of account.orders.values())
        if (row.leavesQty > 0) change(account, row, { ordStatus: 'CANCELED', leavesQty: 0, pending: [] })
      if (what === 'flatten') for (const symbol of account.positions.keys()) closing(account, symbol)
      return [202, { commandId: `${what}.1`, state: what === 'flatten' ? 'CANCELING' : 'DONE' }]
    }
    if (what === 'positions' && action !== undefined) {
      const net = account.positions.get(id)?.net ?? 0
      if (action === 'close') closing(account, id, body?.qty)
      if (action === 'reverse' && net !== 0) {
        closing(account, id)
        place(account, {
          clOrdId: `rev-${account.seq}`,
          symbol: id,
          side: net > 0 ? 'SELL' : 'BUY',
          ordType: 'MARKET',
          orderQty: Math.abs(net),
        })
      }
      if (action === 'bracket') {
        const leg = (role, terms) =>
          place(account, {
            clOrdId: `leg-${account.seq}`,
            symbol: id,
            side: net > 0 ? 'SELL' : 'BUY',
            orderQty: Math.abs(net),
            role,
            reduceOnly: true,
            ...terms,
          })
        if (body.stopLoss) leg('STOP_LOSS', { ordType: 'STOP', stopPx: body.stopLoss.price })
        for (const each of body.takeProfit ?? []) leg('TAKE_PROFIT', { ordType: 'LIMIT', price: each.price })
      }
      return [202, { commandId: `${action}.1`, state: 'DONE' }]
    }
    if (what === 'trades') return page(account.trips)
    if (what === 'what-if') {
      const before = account.positions.get(body.symbol)?.net ?? 0
      const after = before + (body.side === 'BUY' ? body.orderQty : -body.orderQty)
      const limits = accountOf(account).limits
      return [
        200,
        { accountId, symbol: body.symbol, netQtyBefore: before, netQtyAfter: after, limits, denials: [] },
      ]
    }
    if (what === 'positions')
      return page([...account.positions.keys()].map(symbol => positionOf(account, symbol)))
    if (what === 'fills') return page(account.fills.slice(-100))
    if (what !== 'orders') return problem(404, 'NOT_FOUND', `nothing at ${path}`)
    if (method === 'POST') {
      if (faults.deny > 0) {
        faults.deny--
        return problem(422, 'MAX_ORDER_QTY', 'the order is larger than this account may place', {
          params: { max: '10', orderQty: String(body.orderQty) },
        })
      }
      const row = place(account, body)
      if (faults.swallow > 0) {
        faults.swallow--
        return null
      }
      return [201, row]
    }
    if (id === undefined) return page([...account.orders.values()])
    const row = account.orders.get(id)
    if (row === undefined) return problem(404, 'UNKNOWN_ORDER', `no order ${id}`)
    if (action === 'history')
      return page([
        { seq: 1, at: row.createdAt, event: { type: 'OrderSubmitted', orderQty: row.orderQty } },
        { seq: row.seq, at: row.updatedAt, event: { type: 'OrderAccepted' } },
      ])
    if (method === 'PATCH') {
      if (body.expectedVersion !== row.version)
        return problem(409, 'STALE_VERSION', 'the order has another version by now', { order: row })
      const { expectedVersion, ...wish } = body
      change(account, row, { pending: [{ kind: 'REPLACE', since: now(), inDoubt: false, ...wish }] })
      setTimeout(() => {
        if (row.leavesQty === 0) return
        if (faults.refuseReplace > 0) {
          faults.refuseReplace--
          change(account, row, {
            pending: [],
            venueCode: '3',
            venueText: 'Order price rejected: outside the band',
          })
        } else change(account, row, { ...wish, pending: [], version: row.version + 1 })
      }, faults.replaceMs)
      return [202, { ...row }]
    }
    if (method === 'DELETE') {
      if (row.leavesQty === 0) return problem(409, 'ORDER_ALREADY_DONE', `order is ${row.ordStatus}`)
      change(account, row, { pending: [{ kind: 'CANCEL', since: now(), inDoubt: false }] })
      setTimeout(
        () => row.leavesQty > 0 && change(account, row, { ordStatus: 'CANCELED', leavesQty: 0, pending: [] }),
        400,
      )
      return [202, { ...row }]
    }
    return [200, { ...row }]
  }
  const http = createServer(async (req, res) => {
    const url = new URL(req.url, 'http://mock')
    res.setHeader('Content-Security-Policy', CSP)
    res.setHeader('X-Content-Type-Options', 'nosniff')
    if (url.pathname.startsWith('/api/')) {
      requests.push(`${req.method} ${url.pathname}`)
      let text = ''
      for await (const chunk of req) text += chunk
      if (req.method !== 'GET' && req.headers['x-tapeline'] !== '1') {
        res.writeHead(403).end()
        return
      }
      const said = answer(
        req.method,
        url.pathname,
        url.searchParams,
        text === '' ? undefined : JSON.parse(text),
      )
      if (said === null) return
      const [status, answered, type = 'application/json'] = said
      res
        .writeHead(status, { 'Content-Type': type })
        .end(answered === undefined ? '' : JSON.stringify(answered))
      return
    }
    const file = normalize(join(DIST, url.pathname === '/' ? 'index.html' : url.pathname))
    if (!file.startsWith(DIST) || !existsSync(file)) {
      res.writeHead(404).end()
      return
    }
    res.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(res)
  })

  /* ---- WebSocket ---- */
  const snapshotOf = ch => {
    const [kind, id] = ch.split(':')
    const account = accounts.get(id)
    const item = (k, v, data) => ({ ch, ...(k === null ? {} : { k }), v, n: 1, age: 1, snap: true, data })
    switch (kind) {
      case 'quote':
        return [item(null, books.get(id).v, quoteOf(id))]
      case 'depth':
        return [item(null, books.get(id).v, depthOf(id))]
      case 'status':
        return [item('sim', ++mark, statusOf())]
      case 'account':
        return [item(null, [account.seq, ++mark], accountOf(account))]
      case 'orders':
        return [...account.orders.values()].map(row => item(row.clOrdId, row.seq, { ...row }))
      case 'positions':
        return [...account.positions.keys()].map(s => item(s, [account.seq, ++mark], positionOf(account, s)))
      case 'tape':
        return []
      case 'bar': {
        const [, symbol, interval] = ch.split(':')
        const b = books.get(symbol)
        return b.bars.newest(interval, ticks => px(symbol, ticks)).map(data => item(null, ++b.v, data))
      }
      case 'trades':
        return account.trips.map((t, index) => item(t.tradeId, index + 1, t))
      case 'fills':
        return account.fills.map(f => item(f.execId, f.seq, f))
      default:
        return []
    }
  }
  const snapshotControl = ch => {
    const account = /^(orders|fills):/.test(ch) ? accounts.get(ch.split(':')[1]) : undefined
    return { op: 'snapshot', ch, ...(account === undefined ? {} : { v: account.seq }) }
  }
  const wss = new WebSocketServer({ noServer: true, handleProtocols: () => 'tapeline.v1.json' })
  http.on('upgrade', (req, socket, head) => {
    if (faults.refuseSocket || faults.signedOut) return socket.destroy()
    wss.handleUpgrade(req, socket, head, ws => {
      const client = {
        channels: new Set(),
        pending: [],
        send: items => ws.send(JSON.stringify({ t: Date.now(), epoch, items })),
        ws,
      }
      clients.add(client)
      connections++
      ws.on('close', () => clients.delete(client))
      ws.on('message', data => {
        const op = JSON.parse(data)
        if (op.op === 'ping') client.send([{ op: 'pong', id: op.id }])
        if (op.op === 'unsubscribe') for (const ch of op.channels) client.channels.delete(ch)
        if (op.op === 'subscribe') {
          const items = [{ op: 'subscribed', id: op.id }]
          for (const ch of op.channels) {
            client.channels.add(ch)
            const cursor = op.resume?.epoch === epoch ? op.resume.cursors[ch] : undefined
            if (cursor === undefined) items.push(snapshotControl(ch), ...snapshotOf(ch))
            else
              items.push(
                { op: 'resumed', ch },
                ...snapshotOf(ch)
                  .filter(i => i.v > cursor)
                  .map(({ snap, ...i }) => i),
              )
          }
          client.send(items)
        }
      })
    })
  })

  /** Pushes go on, but every market says what it said when it began: two pages that show the same are the same then. */
  let still = false
  const stands = value => {
    still = value
    for (const b of still ? books.values() : [])
      Object.assign(b, { bid: b.mid, lastTicks: b.mid, lastQty: 3, sizes: [...b.began] })
  }
  const move = (symbol, b) => {
    if (Math.random() < 0.3) b.bid += Math.random() < 0.5 ? -1 : 1
    if (Math.random() < 0.4) {
      b.lastTicks = Math.random() < 0.5 ? b.bid : b.bid + 1
      b.lastQty = 1 + Math.floor(Math.random() * 9)
      const print = {
        symbol,
        tradeId: b.tradeId++,
        px: px(symbol, b.lastTicks),
        qty: b.lastQty,
        aggressor: b.lastTicks > b.bid ? 'BUY' : 'SELL',
        at: now(),
        venueTime: now(),
      }
      push(`tape:${symbol}`, undefined, b.v + 1, print)
      b.bars.trade(b.lastTicks, b.lastQty)
      for (const interval of new Set(
        [...clients]
          .flatMap(client => [...client.channels])
          .filter(ch => ch.startsWith(`bar:${symbol}:`))
          .map(ch => ch.split(':')[2]),
      ))
        for (const bar of b.bars.newest(interval, ticks => px(symbol, ticks)).slice(-2))
          push(`bar:${symbol}:${interval}`, undefined, ++b.v, bar)
    }
    const level = Math.floor(Math.random() * 20)
    b.sizes[level] = Math.max(1, b.sizes[level] + Math.floor(Math.random() * 21) - 10)
  }

  let slice = 0
  const timer = setInterval(() => {
    slice = (slice + 1) % slices
    for (const [symbol, b] of [...books].filter((_, index) => index % slices === slice)) {
      if (!still) move(symbol, b)
      b.v++
      push(`quote:${symbol}`, undefined, b.v, () => quoteOf(symbol))
      push(`depth:${symbol}`, undefined, b.v, () => depthOf(symbol))
    }
    if (slice !== 0) return
    mark = Math.max(mark + 1, Date.now() * 1000)
    for (const account of accounts.values()) {
      for (const row of account.orders.values())
        if (row.leavesQty > 0 && row.ordStatus !== 'PENDING_NEW') match(account, row)
      for (const symbol of account.positions.keys())
        push(`positions:${account.accountId}`, symbol, [account.seq, mark], positionOf(account, symbol))
      push(`account:${account.accountId}`, undefined, [account.seq, mark], accountOf(account))
    }
  }, tickEveryMs / slices)

  return new Promise(resolve => {
    http.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${http.address().port}/`,
        faults,
        requests,
        connections: () => connections,
        channels: () => [...clients].flatMap(client => [...client.channels]),
        accounts,
        symbols: () => [...books.keys()],
        stands,
        /** One lot bought or sold, in turn. */
        trade: accountId => void place(accounts.get(accountId), oneLot(accounts.get(accountId))),
        /** So many round trips of one lot as fast as the page can be told of them: a day in which much was traded. */
        traded: async (accountId, trips) => {
          const account = accounts.get(accountId)
          for (let i = 0; i < 2 * trips; i++) {
            const { clOrdId } = place(account, oneLot(account), null)
            match(account, account.orders.get(clOrdId))
            if (i % 20 === 0) await new Promise(resolve => setTimeout(resolve, 20))
          }
        },
        cut: () => {
          for (const client of clients) client.ws.terminate()
        },
        resync: ch => {
          for (const client of clients)
            client.send([{ op: 'resync', ch, reason: 'BEHIND' }, snapshotControl(ch), ...snapshotOf(ch)])
        },
        stop: () => {
          clearInterval(timer)
          for (const client of clients) client.ws.terminate()
          http.closeAllConnections()
          http.close()
        },
      }),
    )
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMock({ port: Number(process.env.PORT ?? 8090) })
  console.log(`pretend bridge at ${url}`)
}
