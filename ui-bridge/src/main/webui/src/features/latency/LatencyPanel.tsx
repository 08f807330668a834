import { type CallsRow, channels, type HopsRow, type TimingRow } from '../../shared/contract'
import { useCell, useChannel } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { telemetry } from '../../shared/telemetry'

const WAYS = [
  { prefix: 'hop.tick.', title: 'Tick to paint' },
  { prefix: 'hop.click.', title: 'Click to confirmed' },
] as const

/** What each part of the way took in the last minute, beside its budget. Comes over the socket while it is open. */
export function LatencyPanel(_: PanelSubject) {
  useChannel(channels.hops)
  const told = useCell<HopsRow>(channels.hops)?.data
  return (
    <Panel title="Latency" testId="latency" about="last minute, ms">
      {told ? (
        <div className="scroll">
          {told.missing.length > 0 && (
            <p className="note note-bad">No answer from {told.missing.join(', ')}.</p>
          )}
          {WAYS.map(({ prefix, title }) => (
            <Way key={prefix} title={title} prefix={prefix} hops={told.items} />
          ))}
          <Calls venues={told.calls} />
        </div>
      ) : (
        <p className="empty">Not measured yet.</p>
      )}
    </Panel>
  )
}

/** What the last minute's calls were made of, and what is left of the budget. */
function Calls({ venues }: { venues: readonly CallsRow[] }) {
  const own = telemetry.lastMinute()
  return (
    <table className="grid latency">
      <thead>
        <tr>
          <th>Calls</th>
          <th className="right">count</th>
          <th className="right">left</th>
          <th>what</th>
        </tr>
      </thead>
      <tbody>
        {venues.map(({ caller, count, remaining, budget, used }) => (
          <tr key={caller} data-testid={`calls-${caller}`}>
            <td>venue {caller}</td>
            <td className="num right">{count}</td>
            <td className="num right" title={`of ${budget} a minute`}>
              {remaining}
            </td>
            <td>{used.map(each => `${each.what} ${each.count}`).join(', ')}</td>
          </tr>
        ))}
        <tr data-testid="calls-browser">
          <td>this browser, REST</td>
          <td className="num right">{own.length}</td>
          <td />
          <td>{[...new Set(own.map(each => each.method))].join(', ')}</td>
        </tr>
      </tbody>
    </table>
  )
}

function Way({ title, prefix, hops }: { title: string; prefix: string; hops: readonly TimingRow[] }) {
  return (
    <table className="grid latency">
      <thead>
        <tr>
          <th>{title}</th>
          <th className="right">p50</th>
          <th className="right">p95</th>
          <th className="right">p99</th>
          <th className="right">budget</th>
          <th className="latency-share">
            <span className="sr-only">p99 of the budget</span>
          </th>
          <th className="right">count</th>
        </tr>
      </thead>
      <tbody>
        {hops
          .filter(hop => hop.name.startsWith(prefix))
          .map(hop => (
            <Hop key={hop.name} hop={hop} name={hop.name.slice(prefix.length)} />
          ))}
      </tbody>
    </table>
  )
}

function Hop({ hop, name }: { hop: TimingRow; name: string }) {
  const { count, median, p95, p99 } = hop.window
  const over = count > 0 && p99 > hop.budget
  const ms = (value: number) => (count === 0 ? '–' : value.toFixed(value < 10 ? 1 : 0))
  return (
    <tr className={name === 'all' ? 'latency-all' : ''} data-testid={hop.name} data-over={over}>
      <td title={hop.what}>{name}</td>
      <td className="num right">{ms(median)}</td>
      <td className="num right">{ms(p95)}</td>
      <td className={`num right ${over ? 'latency-over' : ''}`} data-value={count === 0 ? undefined : p99}>
        {ms(p99)}
      </td>
      <td className="num right">{hop.budget}</td>
      <td className="latency-share">
        <meter
          className={`gauge-bar ${over ? 'gauge-bad' : ''}`}
          aria-label={`${name}: p99 of the budget`}
          max={hop.budget}
          value={count === 0 ? 0 : Math.min(p99, hop.budget)}
        />
      </td>
      <td className="num right">{count}</td>
    </tr>
  )
}
