import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../../../../test/own-database.ts'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { importMembers } from './import.ts'

let own: OwnDatabase
let folder = ''
let files = 0
beforeAll(async () => {
  own = await ownDatabase()
  await loadBuiltInAreas(own.db)
  folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-roll-'))
})
afterAll(async () => {
  await own.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() => own.asOwner('truncate person, roll_import, setting, postcode, happening cascade'))

const today = '2026-11-24'
const holding = async (content: string | Buffer): Promise<string> => {
  const file = path.join(folder, `${files++}.csv`)
  await writeFile(file, content)
  return file
}
const header = 'membership_number,name,email,postcode,joined_on,status\n'
const roll = async (rows: readonly string[] | string | Buffer, more = {}) =>
  importMembers({
    url: own.url,
    today,
    file: await holding(
      typeof rows === 'string' || Buffer.isBuffer(rows) ? rows : `${header}${rows.map((row) => `${row}\n`).join('')}`,
    ),
    ...more,
  })
const people = () => own.db.selectFrom('person').selectAll().orderBy('membership_number').execute()
const person = async (number: string) => (await people()).find(({ membership_number }) => membership_number === number)
const many = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, n) => `M${from + n},Member ${from + n},m${from + n}@example.org,NG17 1AA,2024-01-31,member`,
  )

describe('reading the roll', () => {
  test('adds members with their area, and the same roll again changes nothing', async () => {
    await own.db.insertInto('postcode').values({ postcode: 'NG171AA', area_code: 'E14000535' }).execute()
    const rows = [
      'M1,Amina Farooq,amina@example.org,ng17 1aa,2024-01-31,member',
      'M2,Zoë Ó Briain,,CF10 1EP,,',
      'M3,Far Away,far@example.org,D04 X4C0,,',
    ]
    expect(await roll(rows)).toMatchObject({
      rows: 3,
      added: 3,
      changed: 0,
      unchanged: 0,
      refused: 0,
      closed: 0,
      withoutArea: 1,
    })
    expect(await person('M1')).toMatchObject({
      name: 'Amina Farooq',
      email: 'amina@example.org',
      area_code: 'E14000535',
      joined_on: '2024-01-31',
      standing: 'member',
    })
    expect(await person('M2')).toMatchObject({ name: 'Zoë Ó Briain', email: null, area_code: 'W92000004' })
    expect(await person('M3')).toMatchObject({ postcode: null, area_code: null })
    const before = await people()
    expect(await roll(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 3, closed: 0 })
    expect(await people()).toEqual(before)
    const left = await own.db
      .selectFrom('roll_row')
      .select(sql<number>`count(*)::int`.as('n'))
      .executeTakeFirstOrThrow()
    expect(left.n).toBe(0)
  })

  test('takes an area by its code or by its name, where there is no exact postcode', async () => {
    await roll('membership_number,name,area,shoe size\nM1,Amina,e14000535,7\nM2,Bob,Ynys Môn,8\nM3,Cara,Nowhere,9\n')
    expect((await people()).map(({ area_code }) => area_code)).toEqual(['E14000535', 'W07000041', null])
    expect(await roll('membership_number,name,shoe size\nM1,Amina,7\nM2,Bob,8\nM3,Cara,9\n')).toMatchObject({
      unknownColumns: ['shoe size'],
    })
  })

  test('changes what the roll changed; what someone corrected themselves stands until then', async () => {
    await roll(['M1,Amina Farook,amina@example.org,NG17 1AA,2024-01-31,member', 'M2,Bob,bob@example.org,NG17 1AA,,'])
    await own.db
      .updateTable('person')
      .set({ name: 'Amina Farooq', email: 'new@example.org', email_verified: true })
      .where('membership_number', '=', 'M1')
      .execute()
    expect(
      await roll([
        'M1,Amina Farook,amina@example.org,NG17 1AA,2024-01-31,member',
        'M2,Robert,bob@example.org,NG17 1AA,,',
      ]),
    ).toMatchObject({ changed: 1, unchanged: 1 })
    expect(await person('M1')).toMatchObject({ name: 'Amina Farooq', email: 'new@example.org', email_verified: true })
    expect(await person('M2')).toMatchObject({ name: 'Robert' })
    await roll(['M1,A. Farooq,third@example.org,NG17 1AA,2024-01-31,member', 'M2,Robert,bob@example.org,NG17 1AA,,'])
    expect(await person('M1')).toMatchObject({ name: 'A. Farooq', email: 'third@example.org', email_verified: false })
  })

  test('an address that a member confirmed stands against an unchanged roll, and against none; a newer one on the roll is used, reported, and told to them', async () => {
    const row = (email: string) => [`M1,Amina,${email},NG17 1AA,2024-01-31,member`, 'M2,Bob,bob@example.org,NG17 1AA,,']
    const address = async () => (await person('M1'))!.email
    const letters = () => own.db.selectFrom('mail').select(['person_id', 'address', 'kind']).execute()
    await own.asOwner('truncate mail')
    await roll(row('amina@example.org'))
    await own.db
      .updateTable('person')
      .set({ email: 'New@example.org', email_verified: true })
      .where('membership_number', '=', 'M1')
      .execute()
    expect((await roll(row('amina@example.org'))).note).toBeUndefined()
    expect((await roll(row(''))).note).toBeUndefined()
    expect(await person('M1')).toMatchObject({ email: 'New@example.org', email_verified: true })
    // what they gave themselves and the roll has come to say is no change
    expect((await roll(row('new@example.org'))).note).toBeUndefined()
    expect(await person('M1')).toMatchObject({ email_verified: true })
    expect(await letters()).toEqual([])

    await own.db
      .updateTable('person')
      .set({ email: 'own@example.org', email_verified: true })
      .where('membership_number', '=', 'M1')
      .execute()
    const done = await roll(row('office@example.org'))
    expect(await address()).toBe('office@example.org')
    expect(done.note).toContain('One member had changed their email address in their account')
    const { id } = (await person('M1'))!
    expect(await letters()).toEqual([{ person_id: id, address: 'own@example.org', kind: 'address-replaced' }])
    const noted = await own.db
      .selectFrom('happening')
      .where('what', '=', 'member.address-replaced')
      .select('about')
      .execute()
    expect(noted).toMatchObject([{ about: { person: id } }])
    expect((await roll([...row('office@example.org'), 'M3,Cy,,,,'])).note).toBeUndefined()
  })

  test('nobody is given an address that its member keeps although the roll no longer has it', async () => {
    await roll(['M1,Amina,amina@example.org,,,', 'M2,Bob,bob@example.org,,,'])
    await own.db
      .updateTable('person')
      .set({ email: 'own@example.org', email_verified: true })
      .where('membership_number', '=', 'M1')
      .execute()
    expect(await roll(['M1,Amina,,,,', 'M2,Bob,own@example.org,,,'])).toMatchObject({ refused: 1 })
    expect((await people()).map(({ email }) => email)).toEqual(['own@example.org', 'bob@example.org'])
  })

  test('refuses bad rows one by one, with line and reason, and uses the rest', async () => {
    const rejects = path.join(folder, 'rejected.csv')
    const summary = await roll(
      [
        'M1,Amina,amina@example.org,,,',
        'M2,,nobody@example.org,,,',
        'M3,Bad Address,nowhere,,,',
        'M4,Too Soon,soon@example.org,,2027-01-01,',
        'M1,Amina Twice,twice@example.org,,,',
        'M5,Same Address,AMINA@example.org,,,',
        ',No Number,none@example.org,,,',
        'M6,"broken,quote@example.org,,,',
        'M7,=Cmd(),seven@example.org,,,',
        'M8,Fine,eight@example.org,,,',
      ],
      { rejects },
    )
    expect(summary).toMatchObject({ added: 3, refused: 7 })
    expect((await people()).map(({ membership_number }) => membership_number)).toEqual(['M1', 'M7', 'M8'])
    const lines = (await readFile(rejects, 'utf8')).trim().split('\n')
    expect(lines[0]).toBe('line,reason,membership_number,name,email,postcode,joined_on,status')
    expect(new Map(lines.slice(1).map((line) => [Number(line.split(',')[0]), line]))).toEqual(
      new Map([
        [3, expect.stringContaining('There is no name')],
        [4, expect.stringContaining('The email address is not one')],
        [5, expect.stringContaining('The date of joining is in the future')],
        [6, expect.stringContaining('The membership number is on line 2 already')],
        [7, expect.stringContaining('The email address is on line 2 already')],
        [8, expect.stringContaining('There is no membership number')],
        [9, expect.stringContaining('A quote mark')],
      ]),
    )
    const kept = await own.db.selectFrom('roll_refusal').select(['line', 'reason']).orderBy('line').execute()
    expect(kept.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9])
    expect(JSON.stringify(kept)).not.toContain('soon@')
  })

  test('never reads a file with nothing usable in it as an empty roll', async () => {
    await roll(many(3))
    expect((await roll(['M1,,,,,', 'M2,,,,,'])).problem).toContain('No row of the file can be used')
    await expect(roll('name,email\nAmina,a@example.org\n')).rejects.toThrow('no column membership_number')
    await expect(roll('membership_number,email\nM1,a@example.org\n')).rejects.toThrow('no column name')
    await expect(roll(Buffer.from('PK\u0003\u0004'))).rejects.toThrow('spreadsheet')
    expect((await people()).every(({ standing }) => standing === 'member')).toBe(true)
  })

  test('only tried, says what would change and leaves no trace', async () => {
    await roll(many(20))
    const before = await people()
    const tried = await roll([...many(17), 'M17,Renamed,m17@example.org,NG17 1AA,2024-01-31,member', ...many(5, 30)], {
      dryRun: true,
    })
    expect(tried).toMatchObject({ added: 5, changed: 1, unchanged: 17, closed: 2 })
    expect(await people()).toEqual(before)
    const imports = await own.db.selectFrom('roll_import').select('state').execute()
    expect(imports).toEqual([{ state: 'finished' }])
  })

  test('ends the demonstration for good, and a database that holds the demonstration is refused', async () => {
    await roll(many(1))
    expect(await own.db.selectFrom('setting').select(['name', 'value']).execute()).toEqual([
      { name: 'demonstration', value: false },
    ])
    await own.db.updateTable('setting').set({ value: 'true' }).execute()
    await expect(roll(many(2))).rejects.toThrow('This database holds the demonstration programme')
    expect(await people()).toHaveLength(1)
  })
})

describe('those gone from the roll', () => {
  test('are closed, not deleted, their sessions end, and those who return are members again', async () => {
    await roll(many(20))
    const gone = (await person('M19'))!
    await own.db
      .insertInto('sign_in_session')
      .values({ person_id: gone.id, token: 'sha256:x', expires_at: new Date('2030-01-01') })
      .execute()
    expect(await roll(many(19))).toMatchObject({ closed: 1, unchanged: 19 })
    expect(await person('M19')).toMatchObject({ standing: 'closed', closed_on: today })
    expect(await own.db.selectFrom('sign_in_session').selectAll().execute()).toEqual([])
    expect(await roll(many(20))).toMatchObject({ reopened: 1, added: 0 })
    expect(await person('M19')).toMatchObject({ id: gone.id, standing: 'member', closed_on: null })
    const recorded = await own.db
      .selectFrom('happening')
      .select(['what', 'about'])
      .where('what', 'like', 'member.%')
      .orderBy('id')
      .execute()
    expect(recorded).toEqual([
      { what: 'member.closed', about: { person: gone.id } },
      { what: 'member.reopened', about: { person: gone.id } },
    ])
  })

  test('are not closed where they would be more than a fifth, unless that is meant', async () => {
    await roll(many(60))
    const partial = await roll(many(40))
    expect(partial.problem).toContain('20 of 60 members are not in this file and would be closed')
    expect((await people()).filter(({ standing }) => standing === 'member')).toHaveLength(60)
    expect(await roll(many(40), { force: true })).toMatchObject({ closed: 20 })
  })

  test('are not closed where lines could not be read, since these may be theirs', async () => {
    await roll(many(20))
    const summary = await roll([...many(18), 'M18,"broken,m18@example.org,,,'])
    expect(summary).toMatchObject({
      closed: 0,
      note: expect.stringContaining('2 members are not in this file') as string,
    })
    expect((await people()).every(({ standing }) => standing === 'member')).toBe(true)
  })

  test('are not those whose row was refused', async () => {
    await roll(many(20))
    expect(await roll([...many(19), 'M19,,m19@example.org,,,'])).toMatchObject({ refused: 1, closed: 0 })
    expect(await person('M19')).toMatchObject({ standing: 'member', name: 'Member 19' })
  })

  test('may be named with a status', async () => {
    await roll(many(3))
    expect(
      await roll([...many(2), 'M2,Member 2,m2@example.org,NG17 1AA,2024-01-31,resigned', 'M9,Never Known,,,,lapsed']),
    ).toMatchObject({ closed: 1, added: 0 })
    expect(await person('M2')).toMatchObject({ standing: 'closed' })
    expect(await person('M9')).toBeUndefined()
  })

  test('do not come back by the roll once they were erased', async () => {
    await roll(many(3))
    await sql`update person set membership_number = erased_number(membership_number), erased_on = ${today}, standing = 'closed', name = 'Erased', email = null where membership_number = 'M1'`.execute(
      own.db,
    )
    expect(await roll(many(3))).toMatchObject({ added: 0, closed: 0, refused: 0, unchanged: 2 })
    expect(await people()).toHaveLength(3)
  })
})

describe('an email address', () => {
  test('may pass from one member to another, both ways at once', async () => {
    await roll(['M1,Amina,one@example.org,,,', 'M2,Bob,two@example.org,,,', 'M3,Cara,three@example.org,,,'])
    expect(
      await roll(['M1,Amina,two@example.org,,,', 'M2,Bob,three@example.org,,,', 'M3,Cara,one@example.org,,,']),
    ).toMatchObject({ changed: 3, refused: 0 })
    expect((await people()).map(({ email }) => email)).toEqual([
      'two@example.org',
      'three@example.org',
      'one@example.org',
    ])
  })

  test('of someone gone from the roll goes to whoever the roll gives it', async () => {
    await roll(['M1,Amina,shared@example.org,,,', 'M2,Bob,,,,'])
    expect(await roll(['M2,Bob,shared@example.org,,,'])).toMatchObject({ changed: 1, closed: 1 })
    expect((await people()).map(({ email }) => email)).toEqual([null, 'shared@example.org'])
  })

  test('that someone else will go on holding refuses the row, and whoever depends on that row too', async () => {
    await roll(['M1,Amina,one@example.org,,,', 'M2,Bob,two@example.org,,,', 'M3,Cara,three@example.org,,,'])
    await own.db.updateTable('person').set({ email: 'own@example.org' }).where('membership_number', '=', 'M1').execute()
    const summary = await roll([
      'M1,Amina,one@example.org,,,',
      'M2,Bob,own@example.org,,,',
      'M3,Cara,two@example.org,,,',
    ])
    expect(summary).toMatchObject({ refused: 2, unchanged: 1 })
    expect((await people()).map(({ email }) => email)).toEqual([
      'own@example.org',
      'two@example.org',
      'three@example.org',
    ])
  })

  test('of a contact who is not a member makes them that member', async () => {
    const contact = await own.db
      .insertInto('person')
      .values({ name: 'A. Farooq', email: 'Amina@example.org', standing: 'contact' })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await roll(['M1,Amina Farooq,amina@example.org,,,'])).toMatchObject({ refused: 0 })
    expect(await people()).toMatchObject([
      { id: contact.id, membership_number: 'M1', name: 'Amina Farooq', standing: 'member' },
    ])
  })
})

describe('a reading that is cut off', () => {
  test('by kill -9 goes on from there with the same file, and all comes out as if it had not been', async () => {
    const file = await holding(`${header}${many(12_000).join('\n')}\nM5,Twice,,,,\nX1,,,,,\n`)
    const rejects = path.join(folder, 'cut.csv')
    for (const stage of ['Reading', 'Applying']) {
      const script = path.join(import.meta.dirname, 'import-child.ts')
      const child = spawn(process.execPath, [script, own.url, file, today, stage, '5000'], { stdio: 'inherit' })
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
      await untilAlone()
    }
    const half = await own.db.selectFrom('roll_import').selectAll().executeTakeFirstOrThrow()
    expect(half).toMatchObject({ state: 'applying', finished_at: null })
    expect(half.lines_applied).toBeGreaterThanOrEqual(5000)
    const summary = await importMembers({ url: own.url, today, file, rejects })
    expect(summary).toMatchObject({ resumed: true, rows: 12_002, added: 12_000, refused: 2, unchanged: 0, closed: 0 })
    const { n } = await own.db
      .selectFrom('person')
      .select(sql<number>`count(*)::int`.as('n'))
      .executeTakeFirstOrThrow()
    expect(n).toBe(12_000)
    expect((await readFile(rejects, 'utf8')).trim().split('\n')).toHaveLength(3)
    expect(await importMembers({ url: own.url, today, file })).toMatchObject({
      resumed: false,
      added: 0,
      unchanged: 12_000,
    })
  }, 120_000)

  test('is given up when another file is read, and two readings never go on at once', async () => {
    await own.db.insertInto('roll_import').values({ file_name: 'old.csv', digest: 'old', bytes: 5 }).execute()
    await expect(roll(many(2), { dryRun: true })).rejects.toThrow('The reading of old.csv was cut off')
    expect(await roll(many(2))).toMatchObject({ added: 2, resumed: false })
    const states = await own.db.selectFrom('roll_import').select(['file_name', 'state']).orderBy('started_at').execute()
    expect(states.map(({ state }) => state)).toEqual(['stopped', 'finished'])
    const both = await Promise.allSettled([roll(many(3000)), roll(many(3000))])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('meets someone who takes an address meanwhile: the row is refused, and the rest goes on', async () => {
    await roll(many(3))
    const summary = await roll([...many(3), 'M8,New,fresh@example.org,,,'], {
      tell: ({ stage }: { stage: string }) => {
        if (stage === 'Checking the whole')
          void own.db
            .updateTable('person')
            .set({ email: 'fresh@example.org' })
            .where('membership_number', '=', 'M2')
            .execute()
      },
    })
    expect(summary.refused + summary.added).toBe(1)
    expect((await people()).filter(({ email }) => email === 'fresh@example.org')).toHaveLength(1)
  })
})

const real = path.resolve('../shared/data/uk/postcode-sectors.csv')
test.skipIf(!existsSync(real))('reads real postcodes of every sector (skipped where the data is absent)', async () => {
  const [, ...sectors] = (await readFile(real, 'utf8')).trim().split('\n')
  const rows = sectors.map((line, n) => `S${n},Member ${n},,${line.split(',')[0]}AA,,`)
  expect(await roll(rows)).toMatchObject({ rows: sectors.length, refused: 0, withoutArea: 0 })
})

/** The database notices only after a moment that the other side of a connection is dead. */
async function untilAlone(): Promise<void> {
  for (;;) {
    const { rows } =
      await sql`select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`.execute(
        own.db,
      )
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
