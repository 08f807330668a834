import { useState } from 'react'
import { useLinkState, useLiveness, useNowInTurn } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { telemetry } from '../../shared/telemetry'

/** What the desk does behind its own back: calls, frames, merging, ages. */
export function DebugPanel(_: PanelSubject) {
  const now = useNowInTurn()
  const liveness = useLiveness()
  const state = useLinkState()
  const rates = useRates(now)
  const calls = telemetry.lastMinute()
  const ms = (value: number | null, digits = 0) => (value === null ? '–' : `${value.toFixed(digits)} ms`)
  const lines: readonly (readonly [string, string, string])[] = [
    ['REST calls, last minute', String(calls.length), 'rest-calls'],
    ['REST calls, all', String(telemetry.restCalls), 'rest-total'],
    ['Frames per second', rates.frames.toFixed(1), 'frames'],
    ['Updates per second', rates.items.toFixed(0), 'items'],
    ['Merged by the bridge, per second', rates.merged.toFixed(0), 'merged'],
    ['Received', `${(rates.bytes / 1024).toFixed(1)} KiB/s`, 'bytes'],
    ['Painted batches per second', rates.paints.toFixed(1), 'paints'],
    ['Tick → paint p50', ms(telemetry.tickToPaint.quantile(0.5)), 'paint-p50'],
    ['Tick → paint p99', ms(telemetry.tickToPaint.quantile(0.99)), 'paint-p99'],
    ['Applying a batch p99', ms(telemetry.applying.quantile(0.99), 2), 'applying-p99'],
    ['Round trip to the bridge', state.phase === 'open' ? ms(state.rttMs) : '–', 'rtt'],
    ['Link', liveness.kind, 'link'],
  ]
  return (
    <Panel title="Connection" testId="debug">
      <dl className="debug scroll">
        {lines.map(([name, value, id]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd className="num" data-testid={`debug-${id}`}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {calls.length > 0 && (
        <ol className="debug-calls">
          {calls.slice(-8).map(({ at, method, path }) => (
            <li key={`${at}${path}`} className="id">
              {method} {path}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

interface Counters {
  frames: number
  items: number
  merged: number
  bytes: number
  paints: number
}

const read = (): Counters => {
  const { frames, items, merged, bytes, paints } = telemetry
  return { frames, items, merged, bytes, paints }
}

/** Since the second before. */
function useRates(now: number): Counters {
  const [rates, setRates] = useState<Counters>({ frames: 0, items: 0, merged: 0, bytes: 0, paints: 0 })
  const [last, setLast] = useState({ now, at: performance.now(), counters: read() })
  if (now !== last.now) {
    const at = performance.now()
    const counters = read()
    const seconds = (at - last.at) / 1_000
    const before = last.counters
    setLast({ now, at, counters })
    setRates({
      frames: (counters.frames - before.frames) / seconds,
      items: (counters.items - before.items) / seconds,
      merged: (counters.merged - before.merged) / seconds,
      bytes: (counters.bytes - before.bytes) / seconds,
      paints: (counters.paints - before.paints) / seconds,
    })
  }
  return rates
}
