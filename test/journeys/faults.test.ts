/** A small rush while the server and its database are killed and connections are cut; the bench does the same at full size. */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { rushThroughFaults } from '../../bench/faults.ts'

test('whoever was told of a place finds it, whatever was killed or cut meanwhile, and no run is overbooked', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-faults-'))
  try {
    const after = await rushThroughFaults({ members: 120, runs: 4, capacity: 10, seconds: 8, folder })
    expect(after.acknowledged).toBe(after.asked)
    expect(after.lost).toEqual([])
    expect(after.disorder).toEqual([])
    expect(after.tries).toBeGreaterThan(0)
    expect(after.outages).toHaveLength(5)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  // most of it is starting servers, which a busy machine does slowly
}, 300_000)
