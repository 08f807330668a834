import { channels, type NoticeRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useSelected } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatClock } from '../../shared/time'

const SHOWN = 100

export function newestNotices(cells: ReadonlyMap<string, Cell>): readonly NoticeRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as NoticeRow]))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, SHOWN)
}

export function Notices({ account, subject }: PanelSubject) {
  const channel = channels.notices(account.accountId)
  useChannel(channel)
  const notices = useSelected(channel, newestNotices)
  return (
    <Panel title="Notices" subject={subject} testId="notices">
      {notices.length === 0 ? (
        <p className="empty">Nothing to tell.</p>
      ) : (
        <ul className="notices">
          {notices.map(({ id, severity, text, at, code }) => (
            <li key={id} className={`notice notice-${severity.toLowerCase()}`} data-testid={`notice-${code}`}>
              <span className="num muted">{formatClock(at)}</span>
              <span className="notice-severity">{severity.toLowerCase()}</span>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
