/** Two real conversations, grouped with the same settings, against the groups that were published. */
import { expect, test } from 'vitest'
import { readGroups, readStatements, readVotes } from './files.ts'
import { computeOpinion } from './opinion.ts'
import { realFile, testWithReal } from './real-data.ts'
import { adjustedRand } from './stability.ts'

async function agreementWithPublished(name: string, seed: string): Promise<number> {
  const problems: string[] = []
  const report = (line: number, problem: string): void => void problems.push(`${line} ${problem}`)
  const about = await readStatements(realFile(`${name}/comments.csv`), report)
  const { votes, people, statements } = await readVotes(realFile(`${name}/votes.csv`), about.keys(), report)
  const published = await readGroups(realFile(`${name}/participants-votes.csv`), report)
  const opinion = computeOpinion(votes, {
    seed,
    groups: new Set([...published.values()].filter((group) => group !== '')).size,
    moderatedOut: Uint8Array.from(statements, (id) => (about.get(id)?.isOut ? 1 : 0)),
  })
  expect(problems).toEqual([])
  const both = [...opinion.grouped].filter((person) => (published.get(people[person]!) ?? '') !== '')
  expect(both.length).toBeGreaterThan(0.9 * opinion.grouped.length)
  return adjustedRand(
    both.map((person) => Number(published.get(people[person]!))),
    both.map((person) => opinion.groups.group[person]!),
  )
}

const seeds = ['hearten', 'another', 'a third']

testWithReal('brexit-consensus/votes.csv', 'Brexit consensus: groups agree with those published by .80', async () => {
  for (const seed of seeds) expect(await agreementWithPublished('brexit-consensus', seed)).toBeGreaterThanOrEqual(0.8)
})

testWithReal('vtaiwan.uberx/votes.csv', 'UberX, moderated statements zeroed: groups agree by .85', async () => {
  for (const seed of seeds) expect(await agreementWithPublished('vtaiwan.uberx', seed)).toBeGreaterThanOrEqual(0.85)
})

test('the adjusted Rand index is 1 for the same sorting under other names, and .2424 for a worked example', () => {
  expect(adjustedRand([0, 0, 1, 1, 2], [5, 5, 3, 3, 0])).toBe(1)
  expect(adjustedRand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo(0.2424, 4)
})
