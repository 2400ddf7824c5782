import path from 'node:path'
import { expect } from 'vitest'
import { test, type World } from '../../../test/world.ts'
import { findArea } from '../areas/index.ts'
import { findCourses } from './finding.ts'
import { syncCatalogue } from './index.ts'
import { sayWanted, termsIn, wantedIn } from './wanted.ts'

const searched: [q: string, first: string][] = [
  ['doorstep', 'listening-on-the-doorstep'],
  ['doorstop', 'listening-on-the-doorstep'],
  ['dorstep lisening', 'listening-on-the-doorstep'],
  ['litsening on the doorstep', 'listening-on-the-doorstep'],
  ['knock on a door and listen', 'listening-on-the-doorstep'],
  ['community litsening', 'community-listening-what-matters-here'],
  ['media intervew', 'speaking-to-the-media-with-confidence'],
  ['how to do an interview', 'speaking-to-the-media-with-confidence'],
  ['SPOKEPERSON', 'being-a-spokesperson'],
  ['leaflit', 'writing-leaflets-people-read'],
  ['writing a leaflet', 'writing-leaflets-people-read'],
  ['phonebank', 'phone-banks-that-people-want-to-stay-on'],
  ['phone bank', 'phone-banks-that-people-want-to-stay-on'],
  ['press relase', 'press-releases-and-local-news'],
  ['westminister', 'how-westminster-works'],
  ['parliment', 'how-westminster-works'],
  ['counsil', 'how-your-council-works'],
  ['volunters', 'leading-and-looking-after-volunteers'],
  ['voter id', 'voter-id-as-conversation'],
  ['voter-ID conversations', 'voter-id-as-conversation'],
  ['field campain', 'running-a-field-campaign'],
  ['codeing', 'campaign-coding-first-steps'],
  ['digital day', 'digital-days'],
  ['vidoe', 'video-on-a-phone'],
  ['socail media', 'social-media-that-starts-conversations'],
  ['emails and texts', 'email-and-texts-people-read'],
  ['mentering', 'mentoring-practice'],
  ['become a trainer', 'becoming-a-trainer'],
  ['polling day', 'polling-day-from-first-knock-to-last'],
  ['imprint law', 'election-law-for-campaigners'],
  ['public speeking', 'speaking-in-public'],
  ['long term organising', 'long-term-organising-from-one-win-to-the-next'],
  ['candidate selection', 'how-your-organisation-decides'],
  ['make polisy', 'making-policy-together'],
]

test('the course that was meant comes first, however it was spelled', async ({ db, visit }) => {
  await syncCatalogue(db, path.resolve('content/courses'))
  const { today } = await visit()
  const found = []
  for (const [q] of searched) {
    const wanted = wantedIn(new URLSearchParams({ q }))
    const rows = await findCourses(db, { wanted, today, near: undefined, limit: 3, offset: 0 })
    found.push([q, rows[0]?.slug])
  }
  expect(found).toEqual(searched)
})

test('a course without a date comes last, and says so', async ({ course, run, stranger }) => {
  const [undated, later, sooner] = [
    await course({ title: 'Alpha' }),
    await course({ title: 'Beta' }),
    await course({ title: 'Gamma' }),
  ]
  await run({ course: later.course, startsOn: '2027-03-01' })
  await run({ course: sooner.course, startsOn: '2027-02-01' })
  await run({ course: sooner.course, startsOn: '2027-02-02' })
  await run({ course: undated.course, startsOn: '2027-02-01', state: 'draft' })
  await run({ course: undated.course, startsOn: '2027-02-01', state: 'cancelled' })
  await run({ course: undated.course, startsOn: '2026-11-23' })
  const { body } = await stranger().get('/courses')
  expect(titlesIn(body)).toEqual(['Gamma', 'Beta', 'Alpha'])
  expect(body).toContain('3 courses')
  expect(body).toContain('1 February 2027')
  expect(body).toContain('Monday evenings, 2 sessions · online')
  expect(body).toContain('12 of 12 places left')
  expect(body.indexOf('No dates yet')).toBeGreaterThan(body.indexOf('Alpha'))
})

test('a run whose places are still to be drawn does not say that places are left', async ({ db, run, stranger }) => {
  const id = await run({ startsOn: '2027-02-01' })
  await db.updateTable('run').set({ how: 'round' }).where('id', '=', id).execute()
  for (const path of ['/courses', `/runs/${id}`]) {
    const { body } = await stranger().get(path)
    expect(body).toContain('12 places, by draw')
    expect(body).not.toContain('places left')
  }
})

test('near a place the nearest run of each course counts, and the nearest course comes first', async (world) => {
  const [here, there, far] = [
    await world.area({ name: 'Hereby', lat: 53, lon: -1.2 }),
    await world.area({ name: 'Thereby', lat: 53.1, lon: -1.2 }),
    await world.area({ name: 'Farby', lat: 57, lon: -4 }),
  ]
  const [alpha, beta, online] = [
    await world.course({ title: 'Alpha' }),
    await world.course({ title: 'Beta' }),
    await world.course({ title: 'Online one' }),
  ]
  await runAt(world, alpha.course, far, '2027-01-10')
  const near = await runAt(world, alpha.course, there, '2027-03-01')
  await runAt(world, beta.course, here, '2027-05-01')
  const soonest = await runAt(world, beta.course, here, '2027-04-01')
  const distant = await world.course({ title: 'Distant' })
  await runAt(world, distant.course, far, '2027-01-10')
  await world.run({ course: online.course, online: true })
  await world.course({ title: 'Undated' })

  const member = await world.person({ area: here })
  const rows = await found(world, '', here)
  expect(rows.map(({ title }) => title)).toEqual(['Beta', 'Alpha', 'Online one', 'Distant', 'Undated'])
  expect(rows.map(({ run }) => run).slice(0, 2)).toEqual([soonest, near])
  const { body } = await member.get('/courses')
  expect(titlesIn(body)).toEqual(['Beta', 'Alpha', 'Online one', 'Distant', 'Undated'])
  expect(body).toContain('Nearest to Hereby first')
  expect(body).toContain('7 miles away')
  // someone else's place, or none, can be asked for instead
  expect(titlesIn((await member.get('/courses?near=Farby')).body).slice(0, 2)).toEqual(['Alpha', 'Distant'])
  expect((await member.get('/courses?near=')).body).toContain('Soonest first')
})

test('only what is near, or only what is online, can be asked for', async (world) => {
  const here = await world.area({ name: 'Hereby', lat: 53, lon: -1.2 })
  const far = await world.area({ name: 'Farby', lat: 57, lon: -4 })
  const [both, away] = [await world.course({ title: 'Both' }), await world.course({ title: 'Away' })]
  const inPlace = await runAt(world, both.course, here, '2027-03-01')
  const online = await world.run({ course: both.course, online: true, startsOn: '2027-02-01' })
  await runAt(world, away.course, far, '2027-03-01')
  await world.course({ title: 'Undated' })
  expect(await runsIn(world, 'mode=near', here)).toEqual([['Both', inPlace]])
  expect(await runsIn(world, 'mode=online', here)).toEqual([['Both', online]])
  expect(await runsIn(world, 'mode=online')).toEqual([['Both', online]])
  expect((await runsIn(world, 'mode=near')).map(([title]) => title)).toEqual(['Away', 'Both'])
  expect((await runsIn(world, 'mode=near&mode=online')).map(([title]) => title)).toEqual(['Both', 'Away', 'Undated'])
})

test('strands and a level can be asked for, and nonsense is passed over', async (world) => {
  await world.course({ title: 'Media one', strand: 'media' })
  await world.course({ title: 'Policy one', strand: 'policy' })
  const { course } = await world.course({ title: 'Digital one', strand: 'digital' })
  await world.db.updateTable('course_version').set({ level: 'specialist' }).where('course_id', '=', course).execute()
  const titles = async (query: string) => (await found(world, query)).map(({ title }) => title).toSorted()
  expect(await titles('strand=media&strand=policy')).toEqual(['Media one', 'Policy one'])
  expect(await titles('level=specialist')).toEqual(['Digital one'])
  expect(await titles('strand=knitting&level=9&mode=%00')).toHaveLength(3)
})

test('neither a draft nor a retired course is found', async (world) => {
  const { course } = await world.course({ title: 'Retired' })
  await world.db.updateTable('course').set({ retired_on: '2026-11-01' }).where('id', '=', course).execute()
  const draft = await world.course({ title: 'Draft' })
  await world.db.updateTable('course').set({ published_version: null }).where('id', '=', draft.course).execute()
  const { body } = await world.stranger().get('/courses')
  expect(body).toContain('No courses')
  expect(body).not.toContain('Draft')
  const editor = await world.person({ rights: [{ role: 'coordinator' }] })
  expect((await editor.get('/courses')).body).toContain('Not published yet')
})

test('a place that is not known is said so, with the likest names', async (world) => {
  const code = await world.area({ name: 'Bassetlaw' })
  await world.course()
  const { status, body } = await world.stranger().get('/courses?near=Basetlaw')
  expect(status).toBe(200)
  expect(body).toContain('We do not know this place')
  expect(body).toContain(`/courses?near=${code}`)
})

test('the catalogue stands any question', async (world) => {
  await world.course({ title: 'Listening' })
  const questions = [
    `q=${'a'.repeat(5000)}`,
    'q=%00&near=%00',
    'q=%27%3B+drop+table+course%3B--',
    "q=listen:* %26 !(a | b) <-> 'c",
    'q=%F0%9F%92%A5&page=-1',
    'q=%FF%FE&strand=&level=&mode=&page=1e9',
    'near=%25%25%25&page=999',
    `near=${'9'.repeat(3000)}`,
    'q=<script>alert(1)</script>&near="><script>alert(1)</script>',
    'q=the+of+and',
    'q[]=1&q[a]=2&near[]=3',
  ]
  for (const question of questions) {
    const { status, body } = await world.stranger().get(`/courses?${question}`)
    expect(status, question).toBe(200)
    expect(body).not.toContain('<script>')
    expect((await world.stranger().api('GET', `/api/courses?${question}`)).status, question).toBe(200)
  }
})

test('the catalogue makes no more than eight queries, whoever asks and whatever for', async (world) => {
  const here = await world.area({ name: 'Hereby', lat: 53, lon: -1.2 })
  const { course } = await world.course()
  await runAt(world, course, here, '2027-03-01')
  const editor = await world.person({ area: here, rights: [{ role: 'coordinator' }] })
  for (const url of ['/courses', '/courses?near=Hereby&q=listening', '/courses?near=no+such+place&q=lisening']) {
    const { headers, status } = await editor.get(url)
    expect(status).toBe(200)
    expect(Number(/desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])).toBeLessThanOrEqual(8)
  }
})

test('what was asked for is said in words', async () => {
  expect(sayWanted(wantedIn(new URLSearchParams('strand=media&strand=policy&level=starter')), 'Ashfield')).toBe(
    'Media and communications or Policy and politics, starter, nearest to Ashfield first',
  )
  expect(sayWanted(wantedIn(new URLSearchParams('q=a&mode=online')), undefined)).toBe('Online, best match first')
  expect(termsIn('How to write a leaflet, café-style')).toEqual(['write', 'leaflet', 'cafe', 'style'])
  expect(termsIn('how to do it')).toEqual(['how', 'to', 'do', 'it'])
})

const titlesIn = (body: string): string[] =>
  [...body.matchAll(/<h2><a href="[^"]*">([^<]*)</g)].map(([, title]) => title!)

async function found({ db, visit }: World, query: string, near?: string) {
  const { today } = await visit()
  const area = near === undefined ? undefined : await findArea(db, near)
  return findCourses(db, { wanted: wantedIn(new URLSearchParams(query)), today, near: area, limit: 50, offset: 0 })
}

const runsIn = async (world: World, query: string, near?: string) =>
  (await found(world, query, near)).map(({ title, run }) => [title, run])

/** A run in a place in an area. */
async function runAt(world: World, course: string, area: string, startsOn: string): Promise<string> {
  const run = await world.run({ course, startsOn, online: false })
  await world.db
    .updateTable('venue')
    .set({ area_code: area })
    .where('id', '=', (eb) => eb.selectFrom('run').where('run.id', '=', run).select('venue_id'))
    .execute()
  await world.db.updateTable('run').set({ area_code: area }).where('id', '=', run).execute()
  return run
}
