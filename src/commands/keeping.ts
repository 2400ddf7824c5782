/** Watches over the database server that comes with Hearten: one that dies is started again. */
import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { Client } from 'pg'
import { startDatabaseServer } from '#platform/embedded'
import type { Log } from '#platform/log'
import type { Settings } from '#platform/settings'

/** Keeps the server at `url` running until stopped. */
export function keepDatabase(url: string, settings: Settings, log: Log): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  let watching: Client | undefined
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const client = new Client({ connectionString: url, keepAlive: true })
      const gone = new Promise<void>((resolve) => {
        client.once('end', () => resolve())
        client.on('error', () => resolve())
      })
      try {
        await client.connect()
        watching = client
        if (stopping.signal.aborted) await client.end()
        await gone
      } catch {
        await client.end().catch(() => {})
      }
      watching = undefined
      if (stopping.signal.aborted) return
      log.warn('The database server is gone and is started again')
      await startDatabaseServer(path.join(settings.DATA_FOLDER, 'postgres')).catch((error: Error) =>
        log.error({ err: { message: error.message } }, 'The database server could not be started'),
      )
      await pause(500)
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await watching?.end().catch(() => {})
      await loop
    },
  }
}
