import { describe, expect } from 'vitest'
import { noon, test, type World } from '../../../../test/world.ts'
import { perform } from '#platform/web'
import { applyToRound, withdrawApplication } from './apply.ts'
import { roundIn } from '../../../../test/round.ts'

const applicationOf = ({ db }: World, round: string, person: { id: string }) =>
  db
    .selectFrom('application')
    .where('round_id', '=', round)
    .where('person_id', '=', person.id)
    .selectAll()
    .executeTakeFirst()
const recorded = async ({ db }: World, round: string) =>
  (
    await db
      .selectFrom('happening')
      .where('what', 'like', 'application.%')
      .select(['what', 'about'])
      .orderBy('id')
      .execute()
  )
    .filter(({ about }) => (about as { round: string }).round === round)
    .map(({ what }) => what)
const at = (world: World, person: { id: string }, moment: Date) => world.visit(person.id, moment)

describe('Applying', () => {
  test('a member ranks runs and gets a pseudonym that says nothing of them and stays the same', async (world) => {
    const { id, slug, runs } = await roundIn(world)
    const member = await world.person()
    const first = await member.does(applyToRound, { slug, choices: [runs[1], runs[0]], reserves: 'on' })
    expect(first).toMatchObject({ did: 'made' })
    expect(first.pseudonym).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){4}[2-9A-HJKMNP-TV-Z]{4}$/)
    expect(await applicationOf(world, id, member)).toMatchObject({
      choices: [runs[1], runs[0]],
      counts_for_reserves: true,
      tell: true,
    })
    const second = await member.does(applyToRound, { slug, choices: [runs[0]] })
    expect(second).toEqual({ ...first, did: 'changed' })
    expect(await applicationOf(world, id, member)).toMatchObject({ choices: [runs[0]], counts_for_reserves: false })
    expect(await recorded(world, id)).toEqual(['application.made', 'application.changed'])
  })

  test('sending the same again changes nothing and leaves nothing on the record', async (world) => {
    const { id, slug, runs } = await roundIn(world)
    const member = await world.person()
    const first = await member.does(applyToRound, { slug, choices: runs })
    const before = await applicationOf(world, id, member)
    expect(await member.does(applyToRound, { slug, choices: runs })).toEqual({ ...first, did: 'nothing' })
    expect(await applicationOf(world, id, member)).toEqual(before)
    expect(await recorded(world, id)).toEqual(['application.made'])
  })

  test('no two members have the same pseudonym', async (world) => {
    const { slug, runs } = await roundIn(world)
    const all = new Set<string>()
    for (let n = 0; n < 12; n++)
      all.add((await (await world.person()).does(applyToRound, { slug, choices: runs })).pseudonym)
    expect(all.size).toBe(12)
  })

  test('it can be taken back, and made again', async (world) => {
    const { id, slug, runs } = await roundIn(world)
    const member = await world.person()
    const { pseudonym } = await member.does(applyToRound, { slug, choices: runs })
    expect(await member.does(withdrawApplication, { slug })).toEqual({ withdrawn: true })
    expect(await member.does(withdrawApplication, { slug })).toEqual({ withdrawn: false })
    expect((await applicationOf(world, id, member))!.withdrawn_at).toEqual(noon)
    expect(await member.does(applyToRound, { slug, choices: runs })).toMatchObject({ pseudonym, did: 'made' })
    expect((await applicationOf(world, id, member))!.withdrawn_at).toBeNull()
  })

  test('two runs whose sessions are at the same time may both be chosen', async (world) => {
    const { slug, runs } = await roundIn(world) // both begin at the same hour
    const member = await world.person()
    expect(await member.does(applyToRound, { slug, choices: runs })).toMatchObject({ did: 'made' })
    expect((await member.get(`/rounds/${slug}/application`)).body).toContain('meet at the same time')
  })
})

describe('The closing second', () => {
  test('up to the second it closes one can apply and change; from then on nobody can, even where the job is late', async (world) => {
    const closesAt = new Date('2026-11-25T17:00:00Z')
    const { id, slug, runs } = await roundIn(world, { closesAt })
    const member = await world.person()
    const late = await world.person()
    const just = new Date(closesAt.getTime() - 1)
    await perform(applyToRound, await at(world, member, just), { slug, choices: runs })
    await expect(perform(applyToRound, await at(world, late, closesAt), { slug, choices: runs })).rejects.toThrow(
      'closed',
    )
    await expect(
      perform(applyToRound, await at(world, member, closesAt), { slug, choices: [runs[1]] }),
    ).rejects.toThrow('closed')
    await expect(perform(withdrawApplication, await at(world, member, closesAt), { slug })).rejects.toThrow('closed')
    expect(await applicationOf(world, id, member)).toMatchObject({ choices: runs, withdrawn_at: null })
    expect(await applicationOf(world, id, late)).toBeUndefined()
  })

  test('before it opens nobody can apply; to a draft there is nothing to apply to', async (world) => {
    const member = await world.person()
    const soon = await roundIn(world, { opensAt: new Date(noon.getTime() + 1) })
    await expect(member.does(applyToRound, { slug: soon.slug, choices: soon.runs })).rejects.toThrow('not open yet')
    const draft = await roundIn(world, { state: 'draft' })
    await expect(member.does(applyToRound, { slug: draft.slug, choices: draft.runs })).rejects.toMatchObject({
      name: 'Absent',
    })
    const off = await roundIn(world, { state: 'cancelled' })
    await expect(member.does(applyToRound, { slug: off.slug, choices: off.runs })).rejects.toThrow('cancelled')
  })
})

describe('What is refused', () => {
  test('only members apply', async (world) => {
    const { id, slug, runs } = await roundIn(world)
    for (const standing of ['contact', 'closed'] as const) {
      const person = await world.person({ standing })
      await expect(person.does(applyToRound, { slug, choices: runs })).rejects.toThrow()
      expect(await applicationOf(world, id, person)).toBeUndefined()
    }
    await expect(world.stranger().does(applyToRound, { slug, choices: runs })).rejects.toThrow()
  })

  test('a run of no round or another round, one twice, none, too many, one they lead: each is said, and nothing is kept', async (world) => {
    const { id, slug, runs } = await roundIn(world, { mostChoices: 2 })
    const other = await roundIn(world)
    const member = await world.person()
    const said = async (choices: unknown) =>
      member.does(applyToRound, { slug, choices }).then(
        () => 'kept',
        (error: { problems?: object; message: string }) => JSON.stringify(error.problems ?? error.message),
      )
    expect(await said([runs[0], crypto.randomUUID()])).toContain('not one of this round')
    expect(await said([runs[0], other.runs[0]])).toContain('not one of this round')
    expect(await said([runs[0], runs[0]])).toContain('once')
    expect(await said([])).toContain('at least one')
    expect(await said(undefined)).toContain('at least one')
    expect(await said([runs[0], runs[1], other.runs[0]])).toContain('2 runs or fewer')
    expect(await said(['\u0000', 7, null])).not.toBe('kept')
    expect(await said({ length: 1 })).not.toBe('kept')
    await world.db.insertInto('run_trainer').values({ run_id: runs[1]!, person_id: member.id }).execute()
    expect(await said(runs)).toContain('one of the trainers')
    await world.db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', runs[0]!).execute()
    expect(await said([runs[0]])).toContain('cancelled')
    expect(await applicationOf(world, id, member)).toBeUndefined()
  })
})

describe('On the page', () => {
  test('numbers beside the runs make the choice, gaps and all; the receipt shows the pseudonym and the order', async (world) => {
    const { id, slug, runs } = await roundIn(world)
    const member = await world.person()
    const address = `/rounds/${slug}/application`
    expect((await member.get(address)).status).toBe(200)
    const sent = await member.post(address, { [`choice-${runs[0]}`]: '4', [`choice-${runs[1]}`]: '2' })
    expect(sent).toMatchObject({ status: 303, location: address })
    const kept = (await applicationOf(world, id, member))!
    expect(kept.choices).toEqual([runs[1], runs[0]])
    expect((await member.get(address)).body).toContain(kept.pseudonym)
    expect((await member.post(`${address}/withdrawal`)).status).toBe(303)
    expect((await applicationOf(world, id, member))!.withdrawn_at).not.toBeNull()
  })

  test('a number given twice is sent back with what was chosen', async (world) => {
    const { id, slug, runs } = await roundIn(world)
    const member = await world.person()
    const sent = await member.post(`/rounds/${slug}/application`, {
      [`choice-${runs[0]}`]: '1',
      [`choice-${runs[1]}`]: '1',
    })
    expect(sent.status).toBe(422)
    expect(sent.body).toContain('number 1 to two runs')
    expect(sent.body).toContain('<option value="1" selected')
    expect(await applicationOf(world, id, member)).toBeUndefined()
  })

  test('a stranger is asked to sign in, and comes back', async (world) => {
    const { slug } = await roundIn(world)
    expect(await world.stranger().get(`/rounds/${slug}/application`)).toMatchObject({
      status: 303,
      location: `/sign-in?next=${encodeURIComponent(`/rounds/${slug}/application`)}`,
    })
  })

  test('by the API it is the same', async (world) => {
    const { slug, runs } = await roundIn(world)
    const member = await world.person()
    const address = `/api/rounds/${slug}/application`
    const made = await member.api('POST', address, { choices: runs, reserves: true })
    expect(JSON.parse(made.body)).toMatchObject({ did: 'made' })
    expect(JSON.parse((await member.api('GET', address)).body)).toMatchObject({ choices: runs, reserves: true })
  })
})
