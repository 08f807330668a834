import { useMemo } from 'react'
import { channels, type NoticeRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'
import { useChannel, useSelected } from '../../shared/link/hooks'
import { Panel, type PanelSubject } from '../../shared/Panel'
import { formatClock } from '../../shared/time'
import { PriceAlerts } from '../alerts/PriceAlerts'

const SHOWN = 100

export function newestNotices(cells: ReadonlyMap<string, Cell>): readonly NoticeRow[] {
  return newest([...cells.values()].flatMap(cell => (cell.data === null ? [] : [cell.data as NoticeRow])))
}

function newest(notices: readonly NoticeRow[]): readonly NoticeRow[] {
  return [...notices].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, SHOWN)
}

export function Notices({ account, instrument, subject }: PanelSubject) {
  const channel = channels.notices(account.accountId)
  useChannel(channel)
  useChannel(channels.alerts)
  const ofAccount = useSelected(channel, newestNotices)
  const ofUser = useSelected(channels.alerts, newestNotices)
  const notices = useMemo(() => newest([...ofAccount, ...ofUser]), [ofAccount, ofUser])
  return (
    <Panel title="Notices" subject={subject} testId="notices">
      <PriceAlerts instrument={instrument} />
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
