import { afterEach, expect, test, vi } from 'vitest'
import { askFirst, get, itemsOf, onSignedOut, ProblemError, request } from './rest'

const respond = (status: number, body?: unknown) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status })),
  )
const headersSent = () => vi.mocked(fetch).mock.calls[0]?.[1]?.headers as Record<string, string>

afterEach(() => vi.unstubAllGlobals())

test('a mutation carries the header that a foreign page cannot set, and its key', async () => {
  respond(201, { clOrdId: 'O1' })
  const outcome = await request('POST', '/x', { body: {}, idempotencyKey: 'K' })
  expect(outcome).toEqual({ kind: 'ok', value: { clOrdId: 'O1' } })
  expect(headersSent()).toMatchObject({ 'X-Tapeline': '1', 'Idempotency-Key': 'K' })
})

test('a refusal carries its reason', async () => {
  respond(422, { reason: 'MAX_ORDER_QTY', detail: 'too many', params: { max: '5' } })
  expect(await request('POST', '/x', { body: {} })).toMatchObject({
    kind: 'refused',
    problem: { status: 422, reason: 'MAX_ORDER_QTY', params: { max: '5' } },
  })
})

test('a refusal without words still has a reason', async () => {
  respond(403)
  expect(await request('POST', '/x')).toMatchObject({ kind: 'refused', problem: { reason: 'HTTP_403' } })
})

test.each([408, 500, 502, 504])('%i does not say whether it was done', async status => {
  respond(status, { reason: 'UPSTREAM_TIMEOUT', detail: 'gave up waiting' })
  expect(await request('POST', '/x', { body: {} })).toEqual({ kind: 'lost', why: 'gave up waiting' })
})

test('neither does a broken connection, a timeout, or an answer that cannot be read', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Promise.reject(new TypeError('failed'))),
  )
  expect(await request('POST', '/x')).toMatchObject({ kind: 'lost' })
  vi.stubGlobal(
    'fetch',
    vi.fn(
      (_: string, { signal }: RequestInit) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ),
  )
  expect(await request('POST', '/x', { timeoutMs: 10 })).toEqual({ kind: 'lost', why: 'no answer in time' })
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response('<html>', { status: 200 })),
  )
  expect(await request('POST', '/x')).toMatchObject({ kind: 'lost' })
})

test('401 tells whoever shows the sign-in page', async () => {
  const listener = vi.fn()
  const stop = onSignedOut(listener)
  respond(401, { reason: 'NOT_SIGNED_IN', detail: '' })
  await expect(get('/x')).rejects.toBeInstanceOf(ProblemError)
  expect(listener).toHaveBeenCalledOnce()
  stop()
})

test('lists are understood as pages, arrays or a single row', () => {
  expect(itemsOf({ items: [1], next: 'c' })).toEqual([1])
  expect(itemsOf([1])).toEqual([1])
  expect(itemsOf({ accountId: 'A' })).toEqual([{ accountId: 'A' }])
  expect(itemsOf(null)).toEqual([])
})

test('what was asked first is asked once, and the next time anew', async () => {
  respond(200, { items: [1] })
  askFirst('/api/first')
  expect(await get('/api/first')).toEqual({ items: [1] })
  expect(fetch).toHaveBeenCalledTimes(1)
  respond(200, { items: [2] })
  expect(await get('/api/first')).toEqual({ items: [2] })
})
