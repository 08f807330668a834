import type { Palette } from './OrderLines'

/** A canvas knows no CSS variables: what they come to here and now, read off a probe. */
function resolver(host: HTMLElement): (name: string) => string {
  const probe = document.createElement('span')
  probe.hidden = true
  host.append(probe)
  const known = new Map<string, string>()
  queueMicrotask(() => probe.remove())
  return name => {
    const before = known.get(name)
    if (before !== undefined) return before
    probe.style.color = `var(${name})`
    const colour = getComputedStyle(probe).color
    known.set(name, colour)
    return colour
  }
}

export function paletteOf(host: HTMLElement): Palette {
  const colour = resolver(host)
  return {
    surface: colour('--surface'),
    text: colour('--text'),
    muted: colour('--text-2'),
    onFill: colour('--on-line'),
    buy: colour('--buy'),
    sell: colour('--sell'),
    stop: colour('--loss'),
    target: colour('--gain'),
    position: colour('--accent'),
    gain: colour('--gain'),
    loss: colour('--loss'),
    warn: colour('--warn'),
  }
}

export interface ChartColours {
  background: string
  text: string
  grid: string
  border: string
  crosshair: string
  crosshairLabel: string
  up: string
  down: string
  upSoft: string
  downSoft: string
  line: (name: string) => string
}

export function chartColours(host: HTMLElement): ChartColours {
  const colour = resolver(host)
  const lines = Object.fromEntries(
    ['--ema-fast', '--ema-slow', '--sma', '--vwap'].map(name => [name, colour(name)]),
  )
  const text = colour('--text-2')
  return {
    background: colour('--surface'),
    text,
    grid: colour('--grid'),
    border: colour('--line'),
    crosshair: colour('--text-2'),
    crosshairLabel: colour('--crosshair'),
    up: colour('--up'),
    down: colour('--down'),
    upSoft: colour('--up-soft'),
    downSoft: colour('--down-soft'),
    line: name => lines[name] ?? text,
  }
}
