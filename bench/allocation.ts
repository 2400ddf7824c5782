/** The allocation engine alone: rounds of 20,000 and of 500,000 members, and that the same round gives the same bytes. */
import { pathToFileURL } from 'node:url'
import { seeded } from '#core/random'
import { allocate, type Round } from '#engines/allocation/index.ts'

export interface Figure {
  name: string
  value: number
  unit: string
}

interface Size {
  members: number
  choices: number
  runs: number
}

/** Times whole allocations (numbers, places, waiting lists, digest), the same round twice, its members turned round. */
export async function benchAllocation(): Promise<Figure[]> {
  allocate(madeUpRound({ members: 2_000, choices: 8, runs: 30 }))
  return [
    { members: 20_000, choices: 8, runs: 300 },
    { members: 500_000, choices: 5, runs: 5_000 },
  ].flatMap(figuresAt)
}

function figuresAt(size: Size): Figure[] {
  const round = madeUpRound(size)
  const first = timed(() => allocate(round))
  const places = first.result.assignments.filter(({ run }) => run !== null).length
  const bytes = JSON.stringify(first.result)
  const second = timed(() => allocate({ ...round, members: round.members.toReversed() }))
  const same = JSON.stringify(second.result) === bytes
  const name = `${size.members.toLocaleString('en-GB')} members, ${size.choices} choices, ${size.runs.toLocaleString('en-GB')} runs of 25`
  return [
    { name: `${name}: allocation`, value: first.seconds, unit: 's' },
    { name: `${name}: again, members in another order`, value: second.seconds, unit: 's' },
    { name: `${name}: the same bytes twice`, value: same ? 1 : 0, unit: 'of 1' },
    { name: `${name}: places given`, value: places, unit: 'places' },
    { name: `${name}: most memory of the process so far`, value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
  ]
}

/** Runs of 25 with two overlapping reserves; some runs are asked for far more than others. */
function madeUpRound({ members, choices, runs }: Size): Round {
  const random = seeded(`bench ${members}`)
  const popular = () => Math.floor(runs * random.next() ** 1.5)
  return {
    round: 'bench',
    seed: 'bench',
    runs: Array.from({ length: runs }, (_, r) => ({ id: `run-${r}`, capacity: 25, reserves: { woman: 8, young: 6 } })),
    members: Array.from({ length: members }, (_, m) => {
      const listed = new Set<number>()
      while (listed.size < choices) listed.add(popular())
      return {
        id: `member-${m}`,
        band: random.below(3),
        traits: ['woman', 'young'].filter((_, t) => random.next() < (t === 0 ? 0.4 : 0.25)),
        preferences: [...listed].map((r) => `run-${r}`),
      }
    }),
  }
}

function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const start = process.hrtime.bigint()
  const result = run()
  return { result, seconds: Number(process.hrtime.bigint() - start) / 1e9 }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const { name, value, unit } of await benchAllocation())
    process.stdout.write(
      `${name.padEnd(76)} ${value.toLocaleString('en-GB', { maximumFractionDigits: 3 }).padStart(10)} ${unit}\n`,
    )
