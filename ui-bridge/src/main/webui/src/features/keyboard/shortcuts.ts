/** One thing the desk can do: in the palette by its title, on a key where it has one. */
export interface DeskCommand {
  id: string
  title: string
  group: 'Trade' | 'Exit' | 'Go' | 'Panels' | 'Desk' | 'Instrument' | 'Account'
  /** Such as `Shift+B` or `Alt+1`; letters without regard to the layout of the keyboard's symbols. */
  keys?: string
  /** null: it can be done now; else why not. */
  blocked?: string | null
  run: () => void
}

export interface Stroke {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** How a stroke is written, or null for a modifier alone. */
export function nameOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Stroke): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(key)) return null
  const letter = /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1]
  const symbol = letter === undefined || key === '?'
  const name = symbol ? key : letter
  const parts = [
    ctrlKey || metaKey ? 'Ctrl' : '',
    altKey ? 'Alt' : '',
    shiftKey && !(symbol && key.length === 1) ? 'Shift' : '',
    name,
  ]
  return parts.filter(part => part !== '').join('+')
}

/** Keys belong to what is typed into, except those with Ctrl or Alt. */
export function isTyping(target: EventTarget | null, stroke: Stroke): boolean {
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey) return false
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName)
}

/** Every word of the query begins some word of the title, in any order; the shorter title first. */
export function search(commands: readonly DeskCommand[], query: string): readonly DeskCommand[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  if (words.length === 0) return commands
  return commands
    .filter(({ title, group }) => {
      const parts = `${group} ${title}`.toLowerCase().split(/[\s·(),]+/)
      return words.every(word => parts.some(part => part.startsWith(word)))
    })
    .sort((a, b) => a.title.length - b.title.length)
}
