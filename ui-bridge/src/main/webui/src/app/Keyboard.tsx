import type { DockviewApi } from 'dockview-react'
import { useEffect, useEffectEvent } from 'react'
import { actions } from '../features/actions/actions'
import { exits } from '../features/actions/exits'
import { ConfirmDialog } from '../features/confirm/ConfirmDialog'
import { confirm } from '../features/confirm/confirm'
import { openHelp, openPalette } from '../features/keyboard/open'
import { Palette } from '../features/keyboard/Palette'
import { type DeskCommand, isTyping, nameOf } from '../features/keyboard/shortcuts'
import { arm, isArmed, useArmed } from '../shared/arm'
import { channels, type QuoteRow, type Side } from '../shared/contract'
import { useConnected, useLink } from '../shared/link/hooks'
import { settings, useSetting } from '../shared/settings'
import { useDesk } from './desk'
import { PANEL_NAMES, PANELS } from './panels'
import { PRESETS } from './presets'

interface KeyboardProps {
  dock: DockviewApi | null
  onPreset: (name: string) => void
}

/** Everything the desk does by name and by key. Orders by one key leave only while the switch is on. */
export function Keyboard({ dock, onPreset }: KeyboardProps) {
  const commands = useCommands(dock, onPreset)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || isTyping(event.target, event)) return
    const name = nameOf(event)
    if (name === 'Ctrl+K') openPalette()
    else if (name === '?') openHelp()
    else {
      const command = commands.find(({ keys }) => keys === name)
      if (command === undefined || (command.blocked ?? null) !== null) return
      command.run()
    }
    event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
  return (
    <>
      <Palette commands={commands} />
      <ConfirmDialog />
    </>
  )
}

function useCommands(dock: DockviewApi | null, onPreset: (name: string) => void): readonly DeskCommand[] {
  const { accounts, instruments, account, instrument, select, control } = useDesk()
  const { board } = useLink()
  const armed = useArmed()
  const connected = useConnected()
  const [qty] = useSetting('ladderQty')
  const { symbol } = instrument
  const { accountId } = account
  const blocked = !armed ? 'The arm switch is off.' : connected ? null : 'Not connected.'

  const send = async (side: Side, at: 'market' | 'touch') => {
    if (!isArmed()) return
    const quote = board.cell(channels.quote(symbol), '')?.data as QuoteRow | null | undefined
    const price = side === 'BUY' ? quote?.bidPx : quote?.askPx
    if (at === 'touch' && price === undefined) return
    const text = `${side === 'BUY' ? 'Buy' : 'Sell'} ${qty} ${symbol} ${at === 'market' ? 'at market' : `at ${price}`}`
    if (
      settings.get().confirmOneClick &&
      !(await confirm({ title: `${text}?`, text: `Account ${accountId}`, yes: text }))
    )
      return
    await actions.place(accountId, {
      symbol,
      side,
      ordType: at === 'market' ? 'MARKET' : 'LIMIT',
      orderQty: qty,
      timeInForce: 'DAY',
      ...(at === 'market' || price === undefined ? {} : { price }),
    })
  }
  const focusTicket = (side?: Side) => {
    if (side !== undefined) control.edit({ side })
    document.querySelector<HTMLInputElement>('[data-testid="ticket-qty"]')?.focus()
  }
  const show = (name: (typeof PANEL_NAMES)[number]) => {
    if (dock !== null)
      void import('./Workspace').then(({ showPanel }) => showPanel(dock, name, PANELS[name].title))
  }
  return [
    {
      id: 'buy-market',
      group: 'Trade',
      title: `Buy ${qty} ${symbol} at market`,
      keys: 'Shift+B',
      blocked,
      run: () => void send('BUY', 'market'),
    },
    {
      id: 'sell-market',
      group: 'Trade',
      title: `Sell ${qty} ${symbol} at market`,
      keys: 'Shift+S',
      blocked,
      run: () => void send('SELL', 'market'),
    },
    {
      id: 'join-bid',
      group: 'Trade',
      title: `Buy ${qty} ${symbol} at the bid`,
      keys: '[',
      blocked,
      run: () => void send('BUY', 'touch'),
    },
    {
      id: 'join-ask',
      group: 'Trade',
      title: `Sell ${qty} ${symbol} at the ask`,
      keys: ']',
      blocked,
      run: () => void send('SELL', 'touch'),
    },
    {
      id: 'flatten',
      group: 'Exit',
      title: `Flatten ${accountId}`,
      keys: 'Shift+F',
      run: () => void exits.flatten(accountId),
    },
    {
      id: 'cancel-all',
      group: 'Exit',
      title: `Cancel all orders of ${accountId}`,
      keys: 'Shift+C',
      run: () => void exits.cancelAll(accountId),
    },
    {
      id: 'close',
      group: 'Exit',
      title: `Close ${symbol}`,
      keys: 'Shift+X',
      run: () => void exits.close(accountId, symbol),
    },
    {
      id: 'reverse',
      group: 'Exit',
      title: `Reverse ${symbol}`,
      keys: 'Shift+R',
      blocked,
      run: () => void exits.reverse(accountId, symbol),
    },
    {
      id: 'arm',
      group: 'Desk',
      title: armed ? 'Disarm' : 'Arm one-key trading',
      keys: 'Shift+A',
      run: () => arm(!isArmed()),
    },
    { id: 'ticket', group: 'Go', title: 'To the ticket', keys: 'T', run: () => focusTicket() },
    { id: 'ticket-buy', group: 'Go', title: 'To the ticket, buy', keys: 'B', run: () => focusTicket('BUY') },
    {
      id: 'ticket-sell',
      group: 'Go',
      title: 'To the ticket, sell',
      keys: 'S',
      run: () => focusTicket('SELL'),
    },
    {
      id: 'theme',
      group: 'Desk',
      title: 'Light or dark',
      keys: 'Shift+D',
      run: () =>
        settings.set({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'close-panel',
      group: 'Panels',
      title: 'Close the panel that is looked at',
      keys: 'Alt+W',
      blocked: dock === null ? 'There are no docked panels.' : null,
      run: () => dock?.activePanel?.api.close(),
    },
    ...PRESETS.map(
      ({ name, title }, index): DeskCommand => ({
        id: `preset-${name}`,
        group: 'Go',
        title: `Layout ${title}`,
        keys: `Alt+${index + 1}`,
        run: () => onPreset(name),
      }),
    ),
    ...PANEL_NAMES.map(
      (name): DeskCommand => ({
        id: `panel-${name}`,
        group: 'Panels',
        title: PANELS[name].title,
        run: () => show(name),
      }),
    ),
    ...instruments
      .filter(each => each.front)
      .map(
        (each): DeskCommand => ({
          id: `symbol-${each.symbol}`,
          group: 'Instrument',
          title: `${each.symbol} · ${each.description}`,
          run: () => select({ symbol: each.symbol }),
        }),
      ),
    ...accounts.map(
      (each): DeskCommand => ({
        id: `account-${each.accountId}`,
        group: 'Account',
        title: `${each.name} (${each.practice ? 'practice' : 'real money'})`,
        run: () => select({ account: each.accountId }),
      }),
    ),
  ]
}
