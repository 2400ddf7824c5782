/** The published output of the production engine on one real conversation, reproduced number by number. */
import { beforeAll, describe, expect } from 'vitest'
import { computeOpinion, type Opinion } from './opinion.ts'
import { existsSync } from 'node:fs'
import { readReal, realFile, testWithReal } from './real-data.ts'
import { agreesIn, disagreesIn, seenIn } from './tally.ts'

const published = 'engine-output-150/math-pca2.json'

interface Published {
  pca: { center: number[]; comps: number[][]; 'comment-extremity': number[]; 'comment-projection': number[][] }
  tids: number[]
  'base-clusters': { id: number[]; members: number[][]; x: number[]; y: number[] }
  'group-clusters': { id: number; members: number[] }[]
  'group-votes': Record<string, { 'n-members': number; votes: Record<string, { A: number; D: number; S: number }> }>
  repness: Record<string, PublishedStatement[]>
  consensus: Record<'agree' | 'disagree', { tid: number }[]>
  'group-aware-consensus': Record<string, number>
  'comment-priorities': Record<string, number>
}
interface PublishedStatement {
  tid: number
  'repful-for': string
  'p-success': number
  'p-test': number
  repness: number
  'repness-test': number
  'n-trials': number
}

describe('given the published groups', () => {
  let theirs: Published
  let ours: Opinion

  beforeAll(() => {
    if (!existsSync(realFile(published))) return
    theirs = JSON.parse(readReal(published)) as Published
    const votes = JSON.parse(readReal('engine-output-150/votes.json')) as Record<string, number>[]
    const place = new Map(theirs.tids.map((tid, j) => [tid, j]))
    const people = Math.max(...votes.map((vote) => vote['participant_id']!)) + 1
    const group = new Int16Array(people).fill(-1)
    const base = new Map(theirs['base-clusters'].id.map((id, at) => [id, theirs['base-clusters'].members[at]!]))
    for (const { id, members } of theirs['group-clusters'])
      for (const person of members.flatMap((cluster) => base.get(cluster)!)) group[person] = id
    ours = computeOpinion(
      {
        people,
        statements: theirs.tids.length,
        person: Uint32Array.from(votes, (vote) => vote['participant_id']!),
        statement: Uint16Array.from(votes, (vote) => place.get(vote['statement_id']!)!),
        vote: Int8Array.from(votes, (vote) => vote['vote']!),
        time: Float64Array.from(votes, (vote) => vote['modified']!),
      },
      { seed: 'published', given: { group, ids: theirs['group-clusters'].map(({ id }) => id) } },
    )
  })

  testWithReal(published, 'the means are the published ones, agree being 1 and not −1', () => {
    expect(furthest(ours.means, theirs.pca.center, -1)).toBeLessThan(1e-6)
  })

  testWithReal(published, 'both components are the published ones but for the sign', () => {
    for (const c of [0, 1] as const) {
      const [same, turned] = [1, -1].map((sign) => furthest(ours.components[c], theirs.pca.comps[c]!, sign))
      expect(Math.min(same!, turned!)).toBeLessThan(1e-6)
    }
  })

  testWithReal(published, 'each person alone in a base cluster stands where they were published', () => {
    const { members, x, y } = theirs['base-clusters']
    const alone = members.flatMap((people, at) =>
      people.length === 1 ? [{ person: people[0]!, x: x[at]!, y: y[at]! }] : [],
    )
    const along = (axis: 0 | 1): number[] => alone.map(({ person }) => ours.positions[person * 2 + axis]!)
    for (const [axis, there] of [alone.map(({ x }) => x), alone.map(({ y }) => y)].entries())
      expect(Math.min(...[1, -1].map((sign) => furthest(along(axis as 0 | 1), there, sign)))).toBeLessThan(1e-6)
    expect(alone.length).toBeGreaterThan(50)
  })

  testWithReal(published, 'extremity and priorities are the published ones', () => {
    expect(furthest(ours.extremity, theirs.pca['comment-extremity'], 1)).toBeLessThan(1e-6)
    const priorities = theirs.tids.map((tid) => theirs['comment-priorities'][tid]!)
    expect(furthest(ours.priorities, priorities, 1)).toBeLessThan(1e-6)
  })

  testWithReal(published, 'group votes are the published counts', () => {
    const counts = ours.groupTallies.map((tally) =>
      theirs.tids.map((_, j) => ({ A: agreesIn(tally, j), D: disagreesIn(tally, j), S: seenIn(tally, j) })),
    )
    const there = ours.groups.ids.map((id) => theirs.tids.map((tid) => theirs['group-votes'][id]!.votes[tid]))
    expect(counts).toEqual(there)
    const sizes = ours.groups.ids.map((_, g) => ours.grouped.filter((i) => ours.groups.group[i] === g).length)
    expect(sizes).toEqual(ours.groups.ids.map((id) => theirs['group-votes'][id]!['n-members']))
  })

  testWithReal(published, 'representative statements are the published ones, in order, with their figures', () => {
    expect(
      ours.representative.map((list) => list.map(({ statement, side }) => [theirs.tids[statement], side])),
    ).toEqual(ours.groups.ids.map((id) => theirs.repness[id]!.map((there) => [there.tid, there['repful-for']])))
    for (const [g, id] of ours.groups.ids.entries())
      for (const [at, there] of theirs.repness[id]!.entries()) {
        const here = ours.representative[g]![at]!
        const figures = [here.probability, here.probabilityTest, here.repness, here.test, here.seen]
        const expected = [there['p-success'], there['p-test'], there.repness, there['repness-test'], there['n-trials']]
        expect(furthest(figures, expected, 1)).toBeLessThan(1e-6)
      }
  })

  testWithReal(published, 'majority and group-aware consensus are the published ones', () => {
    const tids = (list: number[]): number[] => list.map((j) => theirs.tids[j]!)
    expect(tids(ours.majority.agree)).toEqual(theirs.consensus.agree.map(({ tid }) => tid))
    expect(tids(ours.majority.disagree)).toEqual(theirs.consensus.disagree.map(({ tid }) => tid))
    const values = theirs.tids.map((tid) => theirs['group-aware-consensus'][tid]!)
    const here = ours.consensus.map(({ value }) => value)
    expect(furthest(here, values, 1)).toBeLessThan(1e-6)
  })
})

const furthest = (ours: ArrayLike<number>, theirs: readonly number[], sign: number): number => {
  expect(ours.length).toBe(theirs.length)
  return Math.max(...Array.from(ours, (x, i) => Math.abs(x - sign * theirs[i]!)))
}
