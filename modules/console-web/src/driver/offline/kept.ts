import { createStore, del, get, keys, set, update, type UseStore } from 'idb-keyval'

/** What the phone keeps: a map of names that survives a reload, with an atomic change. */
export interface Kept {
  get<T>(key: string): Promise<T | undefined>
  set<T>(key: string, value: T): Promise<void>
  /** Reads and writes in one transaction, so that two pages do not undo each other's work. */
  change<T>(key: string, how: (before: T | undefined) => T): Promise<T>
  remove(key: string): Promise<void>
  keys(): Promise<string[]>
}

/** A value without what a page's reactivity put around it, which IndexedDB refuses. */
const plain = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))

/** The phone's IndexedDB. */
export function phoneStore(): Kept {
  let store: UseStore | undefined
  const opened = (): UseStore => (store = store ?? createStore('haulwatch-driver', 'kept'))
  return {
    get: (key) => get(key, opened()),
    set: (key, value) => set(key, plain(value), opened()),
    change: async <T>(key: string, how: (before: T | undefined) => T): Promise<T> => {
      let after!: T
      await update<T>(
        key,
        (before) => {
          after = plain(how(before))
          return after
        },
        opened(),
      )
      return after
    },
    remove: (key) => del(key, opened()),
    keys: async () => (await keys(opened())).map(String),
  }
}

/** The same without a phone that keeps anything: lasts as long as the page. */
export function memoryStore(): Kept & { content: Map<string, unknown> } {
  const content = new Map<string, unknown>()
  return {
    content,
    get: async <T>(key: string) => plain(content.get(key) as T | undefined),
    set: async (key, value) => void content.set(key, plain(value)),
    change: async <T>(key: string, how: (before: T | undefined) => T) => {
      const after = how(plain(content.get(key) as T | undefined))
      content.set(key, plain(after))
      return plain(after)
    },
    remove: async (key) => void content.delete(key),
    keys: async () => Array.from(content.keys()),
  }
}

/** Tells whether the phone lets pages keep anything; private windows of old web views do not. */
export async function keeping(): Promise<Kept> {
  try {
    const store = phoneStore()
    await store.set('probe', 1)
    await store.remove('probe')
    return store
  } catch {
    return memoryStore()
  }
}
