/** The opinion engine alone, on made-up votes, up to half a million people and twenty million votes. */
import { pathToFileURL } from 'node:url'
import { seeded } from '#core/random'
import { addVotes, computeOpinion, recomputeOpinion, type Votes } from '#engines/opinion/index.ts'

export interface Figure {
  name: string
  value: number
  unit: string
}

/** Times the engine at 5,000, 50,000 and 500,000 people, 40 votes each on 1,000 statements, and how it keeps up with new votes. */
export async function benchOpinion(): Promise<Figure[]> {
  return [5_000, 50_000, 500_000].flatMap((people) => figuresAt(people))
}

function figuresAt(people: number): Figure[] {
  const votes = madeUpVotes({ people, statements: 1_000, each: 40, seed: `bench ${people}` })
  const news = madeUpVotes({ people, statements: 1_000, each: 40, seed: 'news', rows: 10_000 })
  const size = `${people.toLocaleString('en-GB')} people, ${votes.vote.length.toLocaleString('en-GB')} votes`
  const full = timed(() => computeOpinion(votes, { seed: 'bench' }))
  const added = timed(() => addVotes(full.result, news))
  const warm = timed(() => recomputeOpinion(added.result))
  return [
    { name: `${size}: full computation`, value: full.seconds, unit: 's' },
    { name: `${size}: 10,000 new votes counted in`, value: added.seconds, unit: 's' },
    { name: `${size}: computed again from a warm start`, value: warm.seconds, unit: 's' },
    { name: `${size}: most memory of the process so far`, value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
    { name: `${size}: groups found`, value: full.result.groups.ids.length, unit: 'groups' },
  ]
}

/** Votes by people of three leanings; some statements divide them, most do not, and some are asked far more than others. */
function madeUpVotes(size: { people: number; statements: number; each: number; seed: string; rows?: number }): Votes {
  const random = seeded(size.seed)
  const leaning = seeded('leanings')
  const chances = Array.from({ length: 3 * size.statements }, () => 0.15 + 0.7 * leaning.next())
  for (let j = 0; j < size.statements; j++)
    if (j % 3) chances[j + size.statements] = chances[j + 2 * size.statements] = chances[j]!
  const rows = size.rows ?? size.people * size.each
  const person = new Uint32Array(rows)
  const statement = new Uint16Array(rows)
  const vote = new Int8Array(rows)
  const step = coprimeWith(size.people)
  for (let row = 0; row < rows; row++) {
    const i = (row * step) % size.people
    const j = Math.floor(size.statements * random.next() ** 1.5)
    const said = random.next()
    person[row] = i
    statement[row] = j
    vote[row] = said < 0.1 ? 0 : random.next() < chances[(i % 3) * size.statements + j]! ? 1 : -1
  }
  return { people: size.people, statements: size.statements, person, statement, vote }
}

/** A step that visits everyone in scattered order. */
const coprimeWith = (people: number): number => (people % 7_919 === 0 ? 7_907 : 7_919)

function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const start = process.hrtime.bigint()
  const result = run()
  return { result, seconds: Number(process.hrtime.bigint() - start) / 1e9 }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const { name, value, unit } of await benchOpinion())
    process.stdout.write(
      `${name.padEnd(72)} ${value.toLocaleString('en-GB', { maximumFractionDigits: 2 }).padStart(10)} ${unit}\n`,
    )
