/** What a page's memory is made of, by the Chrome DevTools protocol. */

/** A session with the page's one worker, through the page's own; it is looked for when something is first asked of it. */
export async function theWorker(cdp) {
  let sessionId = null
  let next = 1
  const waiting = new Map()
  // Each reload of the page has a worker of its own.
  cdp.on('Target.attachedToTarget', target => {
    if (target.targetInfo.type === 'worker') sessionId = target.sessionId
  })
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message)
    const answered = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) answered?.resolve(result)
    else answered?.reject(new Error(error.message))
  })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        if (sessionId === null) return reject(new Error('the page has no worker'))
        const id = next++
        waiting.set(id, { resolve, reject })
        cdp
          .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
          .catch(reject)
      }),
  }
}

const ENGINES = new Set(['code', 'hidden', 'object shape', 'synthetic'])
const OF_OBJECTS = new Set(['system / Context', 'system / PropertyArray'])

/**
 * From a heap snapshot, in KiB: what the page made (objects, arrays, strings, functions), what the engine made of its code
 * (bytecode, machine code, feedback, shapes of objects), and what is the browser's own, such as elements and what the
 * protocol itself keeps. The first two are what is told as the size of the heap. And the listeners that can be reached: the
 * browser's own count has those in it that it has not swept yet.
 */
export async function heapIsMadeOf(cdp) {
  const chunks = []
  const take = ({ chunk }) => chunks.push(chunk)
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take)
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take)
  const { snapshot, nodes, strings } = JSON.parse(chunks.join(''))
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, name, size] = ['type', 'name', 'self_size'].map(field => fields.indexOf(field))
  const sums = { page: 0, engine: 0, browser: 0 }
  let listeners = 0
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type]]
    const named = strings[nodes[at + name]]
    if (named === 'EventListener') listeners++
    const engines = ENGINES.has(kind) || (named.startsWith('system / ') && !isOfObjects(named))
    sums[kind === 'native' ? 'browser' : engines ? 'engine' : 'page'] += nodes[at + size]
  }
  const kib = Object.entries(sums).map(([part, bytes]) => [part, Math.round(bytes / 1024)])
  return { ...Object.fromEntries(kib), listeners }
}

/** A context may say of which script it is. */
const isOfObjects = named => [...OF_OBJECTS].some(kind => named.startsWith(kind))
