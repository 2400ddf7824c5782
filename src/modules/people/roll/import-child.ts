/** Reads a roll in a process of its own, and is killed at a given point: for the test of going on after that. */
import { importMembers } from './import.ts'

const [url, file, today, stage, rows] = process.argv.slice(2) as [string, string, string, string, string]
await importMembers({
  url,
  file,
  today,
  tell: (progress) => {
    if (progress.stage === stage && progress.rows >= Number(rows)) process.kill(process.pid, 'SIGKILL')
  },
})
