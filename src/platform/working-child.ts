/** Works one job that never ends, in a process of its own, to be killed in the middle of it: for the test of what then becomes of the job. */
import { openDb, openPool } from './db.ts'
import { job, startWorker } from './jobs.ts'
import { openLog } from './log.ts'
import { visitByHearten } from './web.ts'

const [url] = process.argv.slice(2) as [string]
const db = openDb(openPool(url, { size: 1 }))
const endless = job({
  name: 'test.endless',
  run: () => {
    process.stdout.write('begun\n')
    return new Promise(() => {})
  },
})
// one at a time, so that a second job is left for another process
await startWorker(url, [endless], () => visitByHearten({ db, now: new Date(0) }), openLog('silent'), 1)
