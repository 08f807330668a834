/** Bars of one invented market: a day of one-second history is made up at the start, then they grow with each trade. */
const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 }
const DAY = 86_400

const secondsOf = interval => Number(interval.slice(0, -1)) * SECONDS[interval.at(-1)]

export class BarBook {
  constructor(symbol, mid, history = DAY / 4) {
    this.symbol = symbol
    this.seconds = []
    let at = mid
    const now = Math.floor(Date.now() / 1_000)
    const made = []
    for (let second = now; second > now - history; second--) {
      const close = at
      const step = Math.random() < 0.35 ? (Math.random() < 0.5 ? -1 : 1) : 0
      at += step + (Math.random() < 0.01 ? Math.round((Math.random() - 0.5) * 8) : 0)
      const high = Math.max(at, close) + (Math.random() < 0.3 ? 1 : 0)
      made.push({
        start: second,
        open: at,
        high,
        low: Math.min(at, close) - (Math.random() < 0.3 ? 1 : 0),
        close,
        volume: 1 + Math.floor(Math.random() * 30),
        trades: 3,
      })
    }
    this.seconds = made.reverse()
  }

  trade(ticks, qty) {
    const start = Math.floor(Date.now() / 1_000)
    const last = this.seconds.at(-1)
    if (last.start === start) {
      last.high = Math.max(last.high, ticks)
      last.low = Math.min(last.low, ticks)
      last.close = ticks
      last.volume += qty
      last.trades++
    } else
      this.seconds.push({ start, open: ticks, high: ticks, low: ticks, close: ticks, volume: qty, trades: 1 })
  }

  rollUp(interval, seconds) {
    const length = secondsOf(interval)
    const bars = []
    for (const second of seconds) {
      const start = second.start - (second.start % length)
      const last = bars.at(-1)
      if (last === undefined || last.start !== start) bars.push({ ...second, start })
      else {
        last.high = Math.max(last.high, second.high)
        last.low = Math.min(last.low, second.low)
        last.close = second.close
        last.volume += second.volume
        last.trades += second.trades
      }
    }
    return bars
  }

  row(interval, bar, final, price) {
    return {
      symbol: this.symbol,
      interval,
      start: new Date(bar.start * 1_000).toISOString().replace('Z', '000Z'),
      open: price(bar.open),
      high: price(bar.high),
      low: price(bar.low),
      close: price(bar.close),
      volume: bar.volume,
      trades: bar.trades,
      final,
      source: 'LIVE',
      revision: 0,
    }
  }

  newest(interval, price) {
    const length = secondsOf(interval)
    const from = Math.floor(Date.now() / 1_000 / length) * length - length
    let index = this.seconds.length
    while (index > 0 && this.seconds[index - 1].start >= from) index--
    const bars = this.rollUp(interval, this.seconds.slice(index))
    return bars.map((bar, at) => this.row(interval, bar, at < bars.length - 1, price))
  }

  page(query, price) {
    const interval = query.get('interval')
    const limit = Number(query.get('limit') ?? 1_000)
    const from = query.get('from') === null ? 0 : Date.parse(query.get('from')) / 1_000
    const to = query.get('to') === null ? Number.POSITIVE_INFINITY : Date.parse(query.get('to')) / 1_000
    const all = this.rollUp(interval, this.seconds)
    const newest = all.at(-1)?.start
    const bars = all.filter(bar => bar.start >= from && bar.start < to)
    const kept = from === 0 ? bars.slice(-limit) : bars.slice(0, limit)
    return kept.map(bar => this.row(interval, bar, bar.start !== newest, price))
  }
}
