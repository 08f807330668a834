/** What an indicator needs of a bar; numbers here are for drawing only. */
export interface Candle {
  time: number
  high: number
  low: number
  close: number
  volume: number
}

/**
 * A line over the bars that follows the forming one: `next` closes the bar before and returns the value at the new
 * one, `again` is the same for a bar that is still forming.
 */
export interface Indicator {
  next(candle: Candle): number | null
  again(candle: Candle): number | null
}

/** Exponential average; starts with the first close, as most terminals do. */
export function ema(length: number): Indicator {
  const weight = 2 / (length + 1)
  let before: number | null = null
  let value: number | null = null
  const at = (close: number) => (before === null ? close : before + weight * (close - before))
  return {
    next: ({ close }) => {
      before = value
      value = at(close)
      return value
    },
    again: ({ close }) => {
      value = at(close)
      return value
    },
  }
}

/** Plain average of the last closes; nothing before there are enough. */
export function sma(length: number): Indicator {
  const closes: number[] = []
  let sum = 0
  const value = () => (closes.length < length ? null : sum / length)
  return {
    next: ({ close }) => {
      closes.push(close)
      sum += close
      if (closes.length > length) sum -= closes.shift() ?? 0
      return value()
    },
    again: ({ close }) => {
      sum += close - (closes.pop() ?? 0)
      closes.push(close)
      return value()
    },
  }
}

/** Volume-weighted average price since the session began; `dayOf` names the session of a bar. */
export function vwap(dayOf: (time: number) => string | number): Indicator {
  let day: string | number | null = null
  let paid = 0
  let volume = 0
  let forming = { paid: 0, volume: 0 }
  const take = (candle: Candle) => {
    const typical = (candle.high + candle.low + candle.close) / 3
    forming = { paid: typical * candle.volume, volume: candle.volume }
    const all = volume + forming.volume
    return all === 0 ? null : (paid + forming.paid) / all
  }
  return {
    next: candle => {
      paid += forming.paid
      volume += forming.volume
      const today = dayOf(candle.time)
      if (today !== day) {
        day = today
        paid = 0
        volume = 0
      }
      return take(candle)
    },
    again: take,
  }
}
