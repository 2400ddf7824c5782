import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { parseJson, readAudit, verify } from '#engines/allocation/index.ts'
import type { Visit } from '#platform/web'
import { roundIn } from '../../../../test/round.ts'
import { noon, test, type World } from '../../../../test/world.ts'
import { acceptPlace, askForPlace, declinePlace, placesInOrder } from '../../places/index.ts'
import { applyToRound } from '../applying/apply.ts'
import { closeRound } from '../closing/close.ts'
import { commitToSecret, revealSecret } from '../officers/actions.ts'
import { auditText } from './audit-file.ts'
import { drawRound } from './draw.ts'
import { sweepRounds } from './jobs.ts'
import { giveBeacon } from './read-beacon.ts'

const day = 86_400_000
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const secrets = ['seven green umbrellas under a quiet bridge', 'paper lanterns argue with the tide'] as const

/** A round over two runs of two places for which six members applied, closed a week after noon. */
async function closedIn(world: World, wanted: { applicants?: number; nonces?: readonly string[] } = {}) {
  const { applicants = 6, nonces = secrets } = wanted
  const { db } = world
  const academy = await world.academy()
  const runs = [await world.run({ academy, capacity: 2 }), await world.run({ academy, capacity: 2 })]
  const round = await roundIn(world, { academy, runs })
  const officers = await Promise.all(nonces.map(() => world.person({ name: 'Olu Officer' })))
  for (const [n, { id }] of officers.entries())
    await db
      .insertInto('round_officer')
      .values({ round_id: round.id, person_id: id, digest: sha256(nonces[n]!), committed_at: noon })
      .execute()
  const members = await Promise.all(Array.from({ length: applicants }, (_, n) => world.person({ name: `Member ${n}` })))
  for (const [n, member] of members.entries())
    await member.does(applyToRound, { slug: round.slug, choices: n % 2 ? runs : runs.toReversed() })
  const closes = new Date(noon.getTime() + 7 * day)
  await closeRound(await world.visit(undefined, closes), round.id)
  return { ...round, runs, officers, members, closes, later: new Date(closes.getTime() + 60_000) }
}

const find = ({ db }: World, id: string) =>
  db.selectFrom('round').where('id', '=', id).selectAll().executeTakeFirstOrThrow()

const places = async ({ db }: World, runs: readonly string[]) =>
  (
    await db
      .selectFrom('place')
      .innerJoin('application', 'application.id', 'place.application_id')
      .where('place.run_id', 'in', runs)
      .select(['place.run_id as run', 'application.pseudonym', 'place.state', 'place.offer_until as until'])
      .orderBy('place.run_id')
      .orderBy('place.turn')
      .execute()
  ).map(({ run, pseudonym, state, until }) => [run, pseudonym, state, until?.toISOString()])

const reveal = async (_: World, closed: Awaited<ReturnType<typeof closedIn>>, which: readonly number[]) => {
  for (const n of which) await closed.officers[n]!.does(revealSecret, { slug: closed.slug, secret: secrets[n] })
}

describe('The draw', () => {
  test('gives what the audit file says, which anyone can compute again', async (world) => {
    const closed = await closedIn(world)
    await reveal(world, closed, [0, 1])
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    const round = await find(world, closed.id)
    expect(round).toMatchObject({ state: 'drawn', applications: 6, draw_step: null })
    const text = (await auditText(world.db, closed.id))!
    expect([...verify(readAudit(parseJson(Buffer.from(text))))]).toEqual([])
    const audit = JSON.parse(text)
    expect(audit).toMatchObject({ rollDigest: round.roll_digest, input: { round: closed.slug, seed: round.seed } })
    const inOrder = secrets.toSorted((a, b) => (sha256(a) < sha256(b) ? -1 : 1)).join('')
    expect(round.seed).toBe(sha256(round.roll_digest! + inOrder))
    const given = await places(world, closed.runs)
    for (const { id, held, waiting } of audit.result.runs) {
      const own = given.filter(([run]) => run === id)
      expect(own.map(([, who]) => who)).toEqual([...held, ...waiting])
      expect(own.map(([, , state]) => state)).toEqual([...held.map(() => 'offered'), ...waiting.map(() => 'waiting')])
    }
    expect(await placesInOrder(world.db, closed.later)).toEqual([])
    const letters = await world.db
      .selectFrom('mail')
      .where('kind', 'like', 'round-%')
      .select(['kind', 'body'])
      .execute()
    expect(letters.filter(({ kind }) => kind === 'round-offered')).toHaveLength(4)
    expect(letters.filter(({ kind }) => kind === 'round-nothing')).toHaveLength(2)
    expect(await world.db.selectFrom('round_roll').selectAll().execute()).toEqual([])
  })

  test('stopped anywhere, it goes on to the same bytes, the same places and one letter each', async (world) => {
    const closed = await closedIn(world)
    await reveal(world, closed, [0, 1])
    const after = await world.visit(undefined, closed.later)
    const outcome = async () => ({
      audit: await auditText(world.db, closed.id),
      places: await places(world, closed.runs),
      letters: await world.db
        .selectFrom('mail')
        .select(['person_id', 'kind'])
        .orderBy('person_id')
        .orderBy('kind')
        .execute(),
      round: await find(world, closed.id),
      inOrder: await placesInOrder(world.db, closed.later),
    })
    const once = async (draw: () => Promise<void>) => {
      await sql`savepoint whole`.execute(world.db)
      await draw()
      const done = await outcome()
      await sql`rollback to savepoint whole`.execute(world.db)
      return done
    }
    const whole = await once(() => drawRound(after, closed.id))
    expect(whole.inOrder).toEqual([])
    // seed, audit file, two runs, the end of the draw, letters; stopped after one is as stopped in the midst of the next
    for (let nth = 1; nth <= 6; nth++) {
      let stopped = 0
      const again = await once(async () => {
        await drawRound(killed(after, nth), closed.id).catch((error: Error) => {
          if (error.message !== 'killed') throw error
          stopped++
        })
        await drawRound(after, closed.id)
        await drawRound(after, closed.id)
      })
      expect(stopped, `in transaction ${nth}`).toBe(1)
      expect(again, `in transaction ${nth}`).toEqual(whole)
    }
  })

  test('waits for every officer, or for the end of their time; whoever has not revealed by then is told of', async (world) => {
    const closed = await closedIn(world)
    await reveal(world, closed, [1])
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    expect((await find(world, closed.id)).state).toBe('closed')
    await sweepRounds(await world.visit(undefined, closed.later))
    await drawRound(await world.visit(undefined, new Date(closed.closes.getTime() + 2 * day)), closed.id)
    const round = await find(world, closed.id)
    expect(round).toMatchObject({ state: 'drawn', seed: sha256(round.roll_digest! + secrets[1]) })
    const { seedFrom } = JSON.parse((await auditText(world.db, closed.id))!)
    expect(seedFrom.nonces).toContainEqual({ digest: sha256(secrets[0]), nonce: null })
    await expect(reveal(world, closed, [0])).rejects.toThrow('too late')
  })

  test('where no officer reveals in time, the first to do so later lets it go on', async (world) => {
    const closed = await closedIn(world)
    const late = new Date(closed.closes.getTime() + 3 * day)
    await drawRound(await world.visit(undefined, late), closed.id)
    expect((await find(world, closed.id)).state).toBe('closed')
    await reveal(world, closed, [0])
    await drawRound(await world.visit(undefined, late), closed.id)
    expect((await find(world, closed.id)).state).toBe('drawn')
  })

  test('an officer reveals only after closing, only their own secret, however it was hashed', async (world) => {
    const { db } = world
    const round = await roundIn(world)
    const [olu, ada] = [await world.person(), await world.person()]
    for (const { id } of [olu, ada])
      await db.insertInto('round_officer').values({ round_id: round.id, person_id: id }).execute()
    await olu.does(commitToSecret, { slug: round.slug, words: '  a secret of more than twenty letters ' })
    await ada.does(commitToSecret, {
      slug: round.slug,
      digest: `${sha256('hashed with echo, a line feed after it\n')}  -`,
    })
    await expect(olu.does(revealSecret, { slug: round.slug, secret: 'anything' })).rejects.toThrow('Keep your secret')
    await expect(
      ada.does(commitToSecret, { slug: round.slug, words: 'another secret of twenty letters' }),
    ).rejects.toThrow('stands')
    await closeRound(await world.visit(undefined, new Date(noon.getTime() + 7 * day)), round.id)
    await expect(olu.does(revealSecret, { slug: round.slug, secret: 'something else altogether' })).rejects.toThrow(
      'not the secret',
    )
    await expect((await world.person()).does(revealSecret, { slug: round.slug, secret: 'x' })).rejects.toThrow()
    expect(
      await olu.does(revealSecret, { slug: round.slug, secret: 'a secret of more than twenty letters' }),
    ).toMatchObject({ all: false })
    expect(
      await ada.does(revealSecret, { slug: round.slug, secret: 'hashed with echo, a line feed after it' }),
    ).toMatchObject({ all: true })
  })

  test('the signature of the announced beacon makes the seed; any other is refused', async (world) => {
    const closed = await closedIn(world, { nonces: [] })
    const beacon = { seed_from: 'beacon', beacon_round: 1000 } as const
    await world.db.updateTable('round').set(beacon).where('id', '=', closed.id).execute()
    const anyone = await world.person()
    const signature = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39'
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    expect((await find(world, closed.id)).state).toBe('closed')
    const wrong = signature.replace('b446', 'b447')
    await expect(anyone.does(giveBeacon, { slug: closed.slug, signature: wrong })).rejects.toThrow('not the beacon')
    await anyone.does(giveBeacon, { slug: closed.slug, signature })
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    const text = (await auditText(world.db, closed.id))!
    expect([...verify(readAudit(parseJson(Buffer.from(text))))]).toEqual([])
    expect(JSON.parse(text).seedFrom.beacon).toMatchObject({ network: 'quicknet', round: 1000, signature })
  })

  test('a run cancelled or made smaller since closing, and someone who left, break nothing', async (world) => {
    const closed = await closedIn(world, { applicants: 8 })
    const { db } = world
    await reveal(world, closed, [0, 1])
    await db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', closed.runs[0]!).execute()
    await db.updateTable('run').set({ capacity: 1 }).where('id', '=', closed.runs[1]!).execute()
    for (const { id } of closed.members.slice(0, 3))
      await db.updateTable('person').set({ standing: 'closed' }).where('id', '=', id).execute()
    await db.deleteFrom('application_trait').execute()
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    expect(await placesInOrder(db, closed.later)).toEqual([])
    const given = await places(world, closed.runs)
    expect(given.filter(([run]) => run === closed.runs[0])).toEqual([])
    expect(given.filter(([, , state]) => state === 'offered')).toHaveLength(1)
  })
})

describe('After the draw', () => {
  test('a run of a round cannot be asked for before it is drawn; whoever asks after that waits behind the others', async (world) => {
    const closed = await closedIn(world)
    const late = await world.person()
    await expect(late.does(askForPlace, { id: closed.runs[0] })).rejects.toThrow('given in a round')
    await reveal(world, closed, [0, 1])
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    const waiting = (await places(world, closed.runs)).filter(
      ([run, , state]) => run === closed.runs[0] && state === 'waiting',
    )
    expect(await late.does(askForPlace, { id: closed.runs[0] })).toMatchObject({
      standing: 'waiting',
      ahead: waiting.length,
    })
  })

  test('saying no hands the seat to the next in priority; saying yes ends what is liked less, and keeps better hopes', async (world) => {
    const { db } = world
    const closed = await closedIn(world)
    await reveal(world, closed, [0, 1])
    await drawRound(await world.visit(undefined, closed.later), closed.id)
    const [first] = closed.runs as [string, string]
    const placeOf = async (state: string) =>
      (await db
        .selectFrom('place')
        .where('run_id', '=', first)
        .where('state', '=', state)
        .orderBy('turn')
        .selectAll()
        .executeTakeFirst())!
    const [held, next] = [await placeOf('offered'), await placeOf('waiting')]
    const holder = closed.members.find(({ id }) => id === held.person_id)!
    await holder.does(declinePlace, { id: held.id })
    expect(await db.selectFrom('place').where('id', '=', next.id).select('state').executeTakeFirst()).toEqual({
      state: 'offered',
    })
    expect(await placesInOrder(db, closed.later, { settled: false })).toEqual([])

    // someone who waited for both runs is offered both, and takes the second they listed
    const nobody = await db
      .selectFrom('application')
      .where('run_id', 'is', null)
      .where('round_id', '=', closed.id)
      .selectAll()
      .execute()
    const both = nobody[0]!
    await db.updateTable('run').set({ capacity: 6 }).where('id', 'in', closed.runs).execute()
    const { fillSeats } = await import('../../places/seats.ts')
    for (const run of closed.runs) await fillSeats(await world.visit(undefined, closed.later), run)
    const own = () =>
      db.selectFrom('place').where('application_id', '=', both.id).select(['id', 'run_id', 'state']).execute()
    const second = (await own()).find(({ run_id }) => run_id === both.choices[1])!
    const person = closed.members.find(({ id }) => id === both.person_id)!
    await person.does(acceptPlace, { id: second.id })
    expect(Object.fromEntries((await own()).map(({ run_id, state }) => [run_id, state]))).toEqual({
      [both.choices[0]!]: 'declined',
      [both.choices[1]!]: 'confirmed',
    })
    expect(await placesInOrder(db, closed.later, { settled: false })).toEqual([])
  })
})

/** A visit that is killed at the end of its nth transaction, so that nothing of it is kept. */
function killed(visit: Visit, nth: number): Visit {
  let count = 0
  return {
    ...visit,
    atomically: async (work) => {
      const last = ++count === nth
      return visit.atomically(async (inside) => {
        const result = await work(inside)
        if (last) throw new Error('killed')
        return result
      })
    },
  }
}
