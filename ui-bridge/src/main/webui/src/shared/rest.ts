import type { Problem } from './contract'
import { telemetry } from './telemetry'

/** How a request ended. `lost` means: nobody knows whether it was carried out. */
export type Outcome<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'lost'; why: string }

export interface Call {
  body?: unknown
  idempotencyKey?: string
  timeoutMs?: number
  signal?: AbortSignal
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'

const TIMEOUT_MS = 5_000
/** Answers that say the server gave up waiting for somebody else: the request may have got through. */
const AMBIGUOUS = new Set([408, 500, 502, 504])

const signedOutListeners = new Set<() => void>()
let signedOut = false

/** Called whenever the bridge no longer knows us, and at once where it has said so before anybody listened. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  if (signedOut) listener()
  return () => signedOutListeners.delete(listener)
}

const askedFirst = new Map<string, Promise<Outcome<unknown>>>()

/** Asked while the desk itself is still being loaded; whoever asks for that path first gets this answer, once. */
export function askFirst(path: string, call: Call = {}): void {
  askedFirst.set(path, request('GET', path, call))
}

export async function request<T>(method: Method, path: string, call: Call = {}): Promise<Outcome<T>> {
  const first = method === 'GET' ? askedFirst.get(path) : undefined
  if (first !== undefined) {
    askedFirst.delete(path)
    return first as Promise<Outcome<T>>
  }
  const timeout = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS)
  const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal])
  telemetry.called(method, path)
  try {
    const response = await fetch(path, {
      method,
      headers: headersOf(method, call),
      credentials: 'same-origin',
      signal,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    })
    return await outcomeOf<T>(response)
  } catch {
    return { kind: 'lost', why: timeout.aborted ? 'no answer in time' : 'the connection failed' }
  }
}

function headersOf(method: Method, call: Call): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' }
  // A page of another origin cannot set this header without asking first: our defence against forged requests.
  if (method !== 'GET') headers['X-Tapeline'] = '1'
  if (call.body !== undefined) headers['Content-Type'] = 'application/json'
  if (call.idempotencyKey !== undefined) headers['Idempotency-Key'] = call.idempotencyKey
  return headers
}

async function outcomeOf<T>(response: Response): Promise<Outcome<T>> {
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) {
    return body === undefined && response.status !== 204
      ? { kind: 'lost', why: 'the answer could not be read' }
      : { kind: 'ok', value: body as T }
  }
  if (response.status === 401) {
    signedOut = true
    for (const listener of [...signedOutListeners]) listener()
  }
  if (AMBIGUOUS.has(response.status)) return { kind: 'lost', why: problemOf(response.status, body).detail }
  return { kind: 'refused', problem: problemOf(response.status, body) }
}

export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>
  return {
    ...said,
    status,
    reason: said.reason ?? `HTTP_${status}`,
    detail: said.detail ?? said.title ?? `The server answered ${status}.`,
  }
}

/** For queries: a value or an exception, as React Query wants it. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const outcome = await request<T>('GET', path, signal === undefined ? {} : { signal })
  switch (outcome.kind) {
    case 'ok':
      return outcome.value
    case 'refused':
      throw new ProblemError(outcome.problem)
    case 'lost':
      throw new ProblemError({ status: 0, reason: 'UNREACHABLE', detail: outcome.why })
  }
}

/** Lists come as pages; a bare array or a single row is understood too. */
export function itemsOf<T>(answer: unknown): readonly T[] {
  if (Array.isArray(answer)) return answer as T[]
  if (typeof answer !== 'object' || answer === null) return []
  return 'items' in answer && Array.isArray(answer.items) ? (answer.items as T[]) : [answer as T]
}
