import { useCallback, useSyncExternalStore } from 'react'
import { request } from './rest'

/** What a person has set up; everything has a default, so that a setting of a later version does no harm. */
export interface Settings {
  theme: 'system' | 'dark' | 'light'
  preset: string
  /** Dockview's own description of each preset's layout, as the person left it. */
  layouts: Readonly<Record<string, unknown>>
  /** Ask before flatten, cancel-all, close and reverse. */
  confirmExits: boolean
  /** Ask before an order that one click or key sends. */
  confirmOneClick: boolean
  sounds: boolean
  desktopNotices: boolean
  chart: ChartSettings
  ticketPresets: readonly TicketPreset[]
  watch: readonly string[]
  ladderQty: number
}

export interface ChartSettings {
  interval: string
  ema: boolean
  sma: boolean
  vwap: boolean
  volume: boolean
  markers: boolean
}

/** A bracket as it is typed: distances in one unit. */
export interface TicketPreset {
  name: string
  qty: string
  unit: 'ticks' | 'price' | 'money'
  stop: string
  target: string
}

export const DEFAULTS: Settings = {
  theme: 'system',
  preset: 'chart',
  layouts: {},
  confirmExits: false,
  confirmOneClick: false,
  sounds: false,
  desktopNotices: false,
  chart: { interval: '1m', ema: true, sma: false, vwap: true, volume: true, markers: true },
  ticketPresets: [],
  watch: [],
  ladderQty: 1,
}

const KEY = 'tapeline.desk'
const PATH = '/api/settings/desk'
const SAVE_AFTER_MS = 1_500

/**
 * Kept in this browser at once and on the server a moment later, so that the desk is the same on another machine.
 * Where the server does not keep settings, this browser's are all there is.
 */
export class SettingsStore {
  #settings: Settings
  readonly #listeners = new Set<() => void>()
  readonly #storage: Storage
  #timer: ReturnType<typeof setTimeout> | undefined
  #loading: Promise<void> | null = null

  constructor(storage: Storage) {
    this.#storage = storage
    this.#settings = merged(DEFAULTS, parsed(storage.getItem(KEY)))
  }

  readonly get = (): Settings => this.#settings

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly set = (change: Partial<Settings>): void => {
    this.#take({ ...this.#settings, ...change })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS)
  }

  /** Once, before the desk is shown; an answer that does not come leaves what this browser knows. */
  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  async #load(): Promise<void> {
    const outcome = await request<unknown>('GET', `${PATH}?missing=empty`, { timeoutMs: 2_500 })
    if (outcome.kind === 'ok') this.#take(merged(this.#settings, outcome.value))
  }

  /**
   * What another window of this browser has set up, so that the next save of this one does not undo it. Which layout is
   * shown stays each window's own: two screens show two.
   */
  readonly heard = (text: string | null): void => {
    const { preset } = this.#settings
    this.#settings = { ...merged(this.#settings, parsed(text)), preset }
    for (const listener of [...this.#listeners]) listener()
  }

  async #save(): Promise<void> {
    await request('PUT', PATH, { body: this.#settings })
  }

  #take(settings: Settings): void {
    this.#settings = settings
    this.#storage.setItem(KEY, JSON.stringify(settings))
    for (const listener of [...this.#listeners]) listener()
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** Only names that are known and values of the same kind as the default's are taken over. */
export function merged(base: Settings, said: unknown): Settings {
  if (typeof said !== 'object' || said === null) return base
  const result: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(said)) {
    const known = result[name]
    if (known === undefined || typeof known !== typeof value || Array.isArray(known) !== Array.isArray(value))
      continue
    result[name] = name === 'chart' ? { ...DEFAULTS.chart, ...(value as object) } : value
  }
  return result as unknown as Settings
}

export const settings = new SettingsStore(localStorageOr())

if (typeof window !== 'undefined')
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY && newValue !== null) settings.heard(newValue)
  })

function localStorageOr(): Storage {
  if (typeof localStorage !== 'undefined') return localStorage
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage
}

export function useSetting<K extends keyof Settings>(name: K): [Settings[K], (value: Settings[K]) => void] {
  const value = useSyncExternalStore(settings.subscribe, () => settings.get()[name])
  const set = useCallback((next: Settings[K]) => settings.set({ [name]: next }), [name])
  return [value, set]
}
