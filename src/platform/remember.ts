/** What is the same for everyone, remembered for some seconds: a crowd that asks one question asks the database once. */
import { LRUCache } from 'lru-cache'
import type { Db } from './db.ts'

type Load = () => Promise<object>
type Memory = LRUCache<string, object, Load>

const memories = new WeakMap<Db, Memory>()

/**
 * Loads it, or gives what was loaded under this key within the last `seconds`; those who ask while it loads wait for the
 * same answer. Only for what does not depend on who asks, and may be that old. Inside a transaction it is always loaded.
 */
export function remembered<Value extends object>(
  db: Db,
  key: string,
  seconds: number,
  load: () => Promise<Value>,
): Promise<Readonly<Value>> {
  if (db.isTransaction) return load()
  return memoryOf(db).forceFetch(key, { context: load, ttl: seconds * 1000 }) as Promise<Value>
}

/** A thousand questions: more are rare, and the one asked least lately makes room. */
function memoryOf(db: Db): Memory {
  const known = memories.get(db)
  if (known) return known
  const memory: Memory = new LRUCache({ max: 1000, fetchMethod: (_, __, { context }) => context() })
  memories.set(db, memory)
  return memory
}
