import { expect, test } from 'vitest'
import { type Turn, Turns } from './turns'

/** Frames by hand, with what has been told in each. */
function desk({ hidden = false } = {}) {
  let wanted: ((frame: number) => void)[] = []
  let frame = 0
  const told: string[] = []
  const turns = new Turns({ next: run => wanted.push(run), hidden: () => hidden })
  const of = (turn: Turn, names: readonly string[]) => names.map(name => turn.deferred(() => told.push(name)))
  const panel = (...names: string[]) => of(turns.turn(), names)
  const patient = (...names: string[]) => of(turns.turn(true), names)
  return {
    turns,
    panel,
    patient,
    told,
    waiting: () => wanted.length,
    /** The next frame, in which the link may apply changes, after whoever awaited it; says who was told in it. */
    next: (changes: (() => void) | null = null) => {
      frame++
      told.length = 0
      const due = wanted
      wanted = []
      if (changes !== null) turns.changesCome()
      for (const run of due) run(frame)
      changes?.()
      if (changes !== null) turns.changed(frame)
      return told.join()
    },
  }
}

test('panels that change in one frame render one after the other, each with all its parts', () => {
  const { panel, next, waiting } = desk()
  const [orders, status] = panel('orders', 'status')
  const [risk] = panel('risk')
  const change = () => {
    orders?.ask()
    risk?.ask()
    status?.ask()
  }
  expect(next(change), 'with the changes').toBe('')
  expect(next()).toBe('orders,status')
  expect(next()).toBe('risk')
  expect(waiting()).toBe(0)
})
test('who waits longest comes first, however often another one asks', () => {
  const { panel, next } = desk()
  const [busy] = panel('busy')
  const [calm] = panel('calm')
  const change = () => {
    busy?.ask()
    calm?.ask()
  }
  next(change)
  expect(next()).toBe('busy')
  next(() => busy?.ask())
  expect(next()).toBe('calm')
  expect(next()).toBe('busy')
})
test('what can wait comes when nothing else is due, and in the end all the same', () => {
  const { panel, patient, next } = desk()
  const [order] = panel('order')
  const [equity] = patient('equity')
  const change = () => {
    equity?.ask()
    order?.ask()
  }
  expect([next(change), next(), next()]).toEqual(['', 'order', 'equity'])
  const told = Array.from({ length: 6 }, () => {
    next(change)
    return next()
  })
  expect(told.indexOf('equity'), 'after nine frames').toBe(4)
  expect(told.filter(name => name === 'order')).toHaveLength(5)
})
test('asked for ten times it is told once', () => {
  const { panel, next } = desk()
  const [risk] = panel('risk')
  for (let i = 0; i < 10; i++) risk?.ask()
  expect(next()).toBe('risk')
  expect(next()).toBe('')
})
test('a frame with something large is left alone, but never three in a row', () => {
  const { panel, next, turns } = desk()
  const [risk] = panel('risk')
  risk?.ask()
  const large = () => turns.take()
  expect([next(large), next(large), next(large)]).toEqual(['', '', 'risk'])
})
test('where every frame brings changes every third has a turn all the same', () => {
  const { panel, next } = desk()
  const [orders] = panel('orders')
  const [risk] = panel('risk')
  const change = () => {
    orders?.ask()
    risk?.ask()
  }
  expect(Array.from({ length: 6 }, () => next(change))).toEqual(['', '', 'orders', '', '', 'risk'])
})
test('where frames are far apart nobody is made to wait for another one', () => {
  const { turns, panel, told } = desk()
  const [risk] = panel('risk')
  const changedAt = (ms: number) => {
    told.length = 0
    risk?.ask()
    turns.changed(ms)
    return told.join()
  }
  expect([changedAt(1_000), changedAt(1_016), changedAt(1_100)]).toEqual(['', '', 'risk'])
  expect([changedAt(1_116), changedAt(1_200)]).toEqual(['', 'risk'])
})
test('so is the frame after something was changed that draws itself then', () => {
  const { panel, next, turns } = desk()
  const [risk] = panel('risk')
  turns.takeNext()
  risk?.ask()
  expect([next(), next()]).toEqual(['', 'risk'])
})
test('who is gone is not told any more', () => {
  const { panel, next } = desk()
  const [gone, there] = panel('gone', 'there')
  gone?.ask()
  there?.ask()
  gone?.stop()
  expect(next()).toBe('there')
})
test('where nobody looks everything is told at once', () => {
  const { panel, next } = desk({ hidden: true })
  const [one] = panel('one')
  const [two] = panel('two')
  const change = () => {
    one?.ask()
    two?.ask()
  }
  expect(next(change)).toBe('one,two')
})
test('changes leave a frame to what draws itself in it, and whose turn it is comes beside that', () => {
  const { turns, panel, told } = desk()
  const [risk] = panel('risk')
  risk?.ask()
  expect([turns.changesWait(1), told.join()], 'nothing large').toEqual([false, ''])
  turns.changesCome()
  turns.takeNext()
  expect([turns.changesWait(2), told.join()]).toEqual([true, 'risk'])
  expect(turns.changesWait(3), 'it has been drawn by then').toBe(false)
})
test('where nobody looks changes do not wait', () => {
  const { turns } = desk({ hidden: true })
  turns.takeNext()
  expect(turns.changesWait(1)).toBe(false)
})
