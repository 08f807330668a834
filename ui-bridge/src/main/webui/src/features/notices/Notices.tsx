import { channels, type NoticeRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useSelected } from '../../shared/link/hooks'
import { Panel } from '../../shared/Panel'
import { formatClock } from '../../shared/time'

const SHOWN = 20

function newestNotices(cells: ReadonlyMap<string, Cell>): readonly NoticeRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as NoticeRow]))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, SHOWN)
}

/** Takes no room while there is nothing to say. */
export function Notices({ accountId }: { accountId: string }) {
  const channel = channels.notices(accountId)
  useChannel(channel)
  const notices = useSelected(channel, newestNotices)
  if (notices.length === 0) return null
  return (
    <Panel title="Notices" about={accountId} testId="notices">
      <ul className="notices scroll-tall">
        {notices.map(({ id, severity, text, at, code }) => (
          <li key={id} className={`notice notice-${severity.toLowerCase()}`} data-testid={`notice-${code}`}>
            <span className="num muted">{formatClock(at)}</span>
            <span className="notice-severity">{severity.toLowerCase()}</span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
