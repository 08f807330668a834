const LONG_MS = 50

/**
 * What the main thread itself computed for each frame, in milliseconds of its own processor time: other processes that want
 * the processor too make a frame late, but not this number larger. So a task is long by the clock, or by what it computed itself.
 * From a trace, whose own cost is in it.
 */
export async function computedPerFrame(cdp, seconds) {
  const events = []
  const collect = ({ value }) => events.push(...value)
  cdp.on('Tracing.dataCollected', collect)
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'cc'], recordMode: 'recordAsMuchAsPossible' },
  })
  await new Promise(resolve => setTimeout(resolve, seconds * 1_000))
  const complete = new Promise(resolve => cdp.once('Tracing.tracingComplete', resolve))
  await cdp.send('Tracing.end')
  await complete
  cdp.off('Tracing.dataCollected', collect)

  const mains = new Set(
    events.flatMap(({ name, args, pid, tid }) =>
      name === 'thread_name' && args.name === 'CrRendererMain' ? [`${pid}:${tid}`] : [],
    ),
  )
  const spans = events
    .filter(({ ph, tdur, pid, tid }) => ph === 'X' && tdur !== undefined && mains.has(`${pid}:${tid}`))
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
  const frames = []
  const tasks = []
  let task = null
  for (const { name, ts, dur, tdur } of spans) {
    if (task === null || ts >= task.end) {
      task = { end: ts + dur, took: dur / 1_000, computed: tdur / 1_000, frame: false }
      tasks.push(task)
    }
    if (name !== 'ProxyMain::BeginMainFrame' || task.frame) continue
    task.frame = true
    frames.push(task.computed)
  }
  frames.sort((a, b) => a - b)
  const at = share => Math.round((frames[Math.floor(share * (frames.length - 1))] ?? 0) * 10) / 10
  return {
    frames: frames.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    longTasks: tasks.filter(({ took }) => took > LONG_MS).length,
    longByItsOwnTime: tasks.filter(({ computed }) => computed > LONG_MS).length,
    longestOwn: Math.round(Math.max(0, ...tasks.map(({ computed }) => computed)) * 10) / 10,
  }
}
