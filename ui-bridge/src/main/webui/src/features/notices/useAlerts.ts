import { useEffect } from 'react'
import { channels, type FillRow, type NoticeRow } from '../../shared/contract'
import { useChannel, useLink } from '../../shared/link/hooks'
import { settings } from '../../shared/settings'
import { toast } from '../toasts/toasts'
import { beep } from './sound'

/** What is older was there before the desk was opened, or is told again after a reconnect. */
const FRESH_MS = 20_000

const PRICE_ALERT = 'PRICE_ALERT'

/** Fills are heard, warnings are seen even in another window; each as far as the person wants it. Alarms always show. */
export function useAlerts(accountId: string): void {
  const link = useLink()
  useChannel(channels.fills(accountId))
  useChannel(channels.notices(accountId))
  useChannel(channels.alerts)
  useEffect(() => {
    const told = new Map<string, number>()
    const isNew = (id: string, at: string) => {
      const happened = Date.parse(at)
      const now = Date.now()
      if (told.has(id) || now - happened >= FRESH_MS) return false
      // What has gone stale since is never new again: it need not be remembered.
      for (const [old, when] of told) if (now - when >= FRESH_MS) told.delete(old)
      told.set(id, happened)
      return true
    }
    const fills = channels.fills(accountId)
    const notices = channels.notices(accountId)
    const each = <R>(channel: string, run: (row: R) => void) => {
      for (const cell of link.board.cells(channel).values()) if (cell.data !== null) run(cell.data as R)
    }
    const onFills = () =>
      each<FillRow>(fills, fill => {
        if (!isNew(fill.execId, fill.at)) return
        const text = `${fill.side === 'BUY' ? 'Bought' : 'Sold'} ${fill.lastQty} ${fill.symbol} at ${fill.lastPx}`
        if (settings.get().sounds) beep(fill.side === 'BUY' ? 'up' : 'down')
        notify(text, `Account ${accountId}`)
      })
    const onNotices = (channel: string) => () =>
      each<NoticeRow>(channel, ({ id, at, severity, code, text }) => {
        if (!isNew(id, at) || severity === 'INFO') return
        if (code === PRICE_ALERT) toast({ kind: 'done', title: 'Price alert', detail: text })
        if (severity === 'CRITICAL')
          toast({
            kind: 'refused',
            title: `Account ${accountId}`,
            problem: { status: 0, reason: code, detail: text },
          })
        if (settings.get().sounds) beep('alarm')
        notify(`${severity}: ${code}`, text)
      })
    onFills()
    const stop = [link.board.subscribe(fills, null, onFills)]
    for (const channel of [notices, channels.alerts]) {
      const tell = onNotices(channel)
      tell()
      stop.push(link.board.subscribe(channel, null, tell))
    }
    return () => {
      for (const each of stop) each()
    }
  }, [link, accountId])
}

function notify(title: string, body: string): void {
  if (!settings.get().desktopNotices || !document.hidden || typeof Notification === 'undefined') return
  if (Notification.permission === 'granted')
    new Notification(title, { body, tag: title, icon: '/favicon.svg' })
}

/** Asks the browser; false where it, or the person, says no. */
export async function allowDesktopNotices(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false
  return (await Notification.requestPermission()) === 'granted'
}
