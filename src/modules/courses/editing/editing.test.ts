import { expect, inject } from 'vitest'
import { openDb, openPool } from '#platform/db'
import { type Person, test, type World } from '../../../../test/world.ts'
import { changeCourse, publishVersion, restoreVersion, retireCourse, writeCourse } from './actions.ts'
import { withSessions } from './fields.ts'

const said = {
  title: 'Knitting for organisers',
  strand: 'organising',
  level: 'starter',
  mode: 'place',
  summary: 'Make something together\nand talk.',
  who: 'Anyone with two hands.',
  outcomes: '- cast on.\n- cast off\n\n',
  accreditation: '',
  practice: 'Knit a banner.',
  description: 'Some **wool**.',
}
const typed = {
  ...said,
  'sessions.0.title': 'Casting on',
  'sessions.0.minutes': '90',
  'sessions.0.outline': '- Choose a wool',
  'sessions.1.title': '',
  'sessions.1.minutes': ' ',
  'sessions.1.outline': '',
  'sessions.4.title': 'Casting off',
  'sessions.4.minutes': '60',
  'sessions.4.outline': '- Finish',
}
const whole = { ...said, sessions: [{ title: 'Casting on', minutes: 90, outline: '- Choose a wool' }] }
const slug = 'knitting-for-organisers'

const editorOf = (world: World, name?: string): Promise<Person> =>
  world.person({ ...(name ? { name } : {}), rights: [{ role: 'coordinator' }] })

test('a course is written with a plain form, published, and then read by anyone', async (world) => {
  const editor = await editorOf(world)
  const sent = await editor.post('/courses/new', typed)
  expect(sent.location).toBe(`/courses/${slug}/versions/1`)
  expect((await world.stranger().get(`/courses/${slug}`)).status).toBe(404)
  expect((await world.stranger().api('GET', `/api/courses/${slug}`)).status).toBe(404)
  const draft = await editor.get(`/courses/${slug}/versions/1`)
  expect(draft.body).toContain('Version 1 is a draft')
  expect((await editor.get(`/courses/${slug}`)).body).toContain('Not published yet')

  expect((await editor.post(`/courses/${slug}/versions/1/publication`)).location).toBe(`/courses/${slug}`)
  const { body } = await world.stranger().get(`/courses/${slug}`)
  expect(body).toContain('<h1>Knitting for organisers</h1>')
  expect(body).toContain('Make something together and talk.')
  expect(body).toContain('<li>cast on</li><li>cast off</li>')
  expect(body).toContain('Some <strong>wool</strong>.')
  expect(body).toContain('2. Casting off')
  expect(body).toContain('2.5 hours, 2 sessions')
  expect(body).not.toContain('Change this course')
  const { rows } = await happenings(world)
  expect(rows).toEqual(['course.version-saved', 'course.published'])
})

test('what is wrong with a course is said at each field, and nothing typed is lost', async (world) => {
  const editor = await editorOf(world)
  const wrong = { ...typed, title: '', level: 'wizard', outcomes: '', 'sessions.4.minutes': 'long' }
  const { status, body } = await editor.post('/courses/new', wrong)
  expect(status).toBe(422)
  for (const sentence of [
    'Enter a title',
    'Choose a level',
    'Write at least one thing',
    'Enter how many minutes it takes',
  ])
    expect(body).toContain(sentence)
  expect(body).toContain('href="#sessions.1.minutes"')
  expect(body).toContain('id="sessions.1.minutes"')
  expect(body).toContain('value="Casting off"')
  expect(body).toContain('Some **wool**.')
})

test('a course can be looked at before it is saved, and is not saved by that', async (world) => {
  const editor = await editorOf(world)
  const { status, body } = await editor.post('/courses/preview', { ...typed, description: '<script>alert(1)</script>' })
  expect(status).toBe(200)
  expect(body).toContain('It is not saved yet')
  expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(body).not.toContain('<script>')
  expect(body).toContain('value="Knitting for organisers"')
  expect(body).toContain('name="sessions.3.title"')
  expect((await editor.post('/courses/preview', { ...typed, title: '' })).status).toBe(422)
  expect(await world.db.selectFrom('course').select('slug').execute()).toEqual([])
  expect((await world.stranger().post('/courses/preview', typed)).status).toBe(403)
})

test('a second course of the same title is refused', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await expect(editor.does(writeCourse, { ...whole, title: 'Knitting, for organisers' })).rejects.toThrow(
    'already a course',
  )
  await expect(editor.does(writeCourse, { ...whole, title: '***' })).rejects.toThrow('Use a title of some words')
  await expect(editor.does(writeCourse, { ...whole, title: 'New' })).rejects.toThrow('Use a title of some words')
})

test('of two who change a course at once, the second is told, loses nothing, and can save after all', async (world) => {
  const [ruth, callum] = [await editorOf(world, 'Ruth Osei'), await editorOf(world, 'Callum Reid')]
  await ruth.does(writeCourse, whole)
  const form = await callum.get(`/courses/${slug}/edit`)
  expect(form.body).toContain('name="began" value="1"')
  await ruth.does(changeCourse, { ...whole, slug, began: 1, who: 'Left-handed people' })

  const late = await callum.post(`/courses/${slug}/edit`, { ...typed, began: '1', who: 'My own words' })
  expect(late.status).toBe(422)
  expect(late.body).toContain('Ruth Osei saved version 2 while you were writing')
  expect(late.body).toContain(`/courses/${slug}/comparison?from=1&amp;to=2`)
  expect(late.body).toContain('My own words')
  expect(late.body).toContain('name="began" value="2"')
  expect((await callum.get(`/courses/${slug}/comparison?from=1&to=2`)).body).toContain('Left-handed people')

  const again = await callum.post(`/courses/${slug}/edit`, { ...typed, began: '2', who: 'My own words' })
  expect(again.location).toBe(`/courses/${slug}/versions/3`)
})

test('an error in a field does not let the second overwrite the first unseen', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await editor.does(changeCourse, { ...whole, slug, began: 1, who: 'Someone else' })
  const { body } = await editor.post(`/courses/${slug}/edit`, { ...typed, began: '1', title: '' })
  expect(body).toContain('name="began" value="1"')
  expect((await editor.post(`/courses/${slug}/preview`, { ...typed, began: '1' })).body).toContain(
    'name="began" value="1"',
  )
})

test('saving what had not changed makes no version', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  expect(await editor.does(changeCourse, { ...whole, slug, began: 1 })).toEqual({ slug, number: 1, saved: false })
  expect((await happenings(world)).rows).toHaveLength(1)
})

test('people go on reading the published version while a new one is written', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await editor.does(publishVersion, { slug, number: 1 })
  await editor.does(changeCourse, { ...whole, slug, began: 1, title: 'Knitting, twice' })
  expect((await world.stranger().get(`/courses/${slug}`)).body).toContain('<h1>Knitting for organisers</h1>')
  expect((await editor.get(`/courses/${slug}`)).body).toContain('Version 2 is a draft. People read version 1.')
  expect((await editor.get(`/courses/${slug}/edit`)).body).toContain('value="Knitting, twice"')
  await editor.does(publishVersion, { slug, number: 2 })
  expect((await world.stranger().get(`/courses/${slug}`)).body).toContain('<h1>Knitting, twice</h1>')
})

test('an old version is not published over a newer one, but can be copied into a new draft', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await editor.does(changeCourse, { ...whole, slug, began: 1, title: 'Knitting, twice' })
  await editor.does(publishVersion, { slug, number: 2 })
  await expect(editor.does(publishVersion, { slug, number: 1 })).rejects.toThrow(
    'Restore version 1 as a new draft first',
  )
  expect(await editor.does(publishVersion, { slug, number: 2 })).toEqual({ slug, number: 2 })
  await expect(editor.does(restoreVersion, { slug, number: 2 })).rejects.toThrow('newest one already')
  expect(await editor.does(restoreVersion, { slug, number: 1 })).toMatchObject({ number: 3, saved: true })
  await editor.does(publishVersion, { slug, number: 3 })
  expect((await world.stranger().get(`/courses/${slug}`)).body).toContain('<h1>Knitting for organisers</h1>')
  const { body } = await editor.get(`/courses/${slug}/versions`)
  expect(body).toContain('Version 3')
  expect((await editor.api('GET', `/api/courses/${slug}/versions`)).body).toContain('"number":3')
})

test('courses cannot need each other in a circle, nor lead back', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await editor.does(publishVersion, { slug, number: 1 })
  const second = { ...whole, title: 'Purling', prerequisites: [slug] }
  await editor.does(writeCourse, second)
  await editor.does(publishVersion, { slug: 'purling', number: 1 })
  expect((await world.stranger().get('/courses/purling')).body).toContain(`<a href="/courses/${slug}">Knitting`)
  const change = (links: object) => editor.does(changeCourse, { ...whole, slug, began: 1, ...links })
  await expect(change({ prerequisites: ['purling'] })).rejects.toThrow('needs this one first')
  await expect(change({ prerequisites: slug })).rejects.toThrow('before itself')
  await expect(change({ leadsTo: [slug] })).rejects.toThrow('lead to itself')
  await expect(change({ prerequisites: ['none-such'] })).rejects.toThrow('from the list')
  await expect(editor.does(changeCourse, { ...second, slug: 'purling', began: 1, leadsTo: [slug] })).rejects.toThrow(
    'cannot also come after',
  )
  // drafts that came first are checked again when they are published
  await editor.does(writeCourse, { ...whole, title: 'Third' })
  await editor.does(changeCourse, { ...whole, slug, began: 1, prerequisites: ['third'] })
  await editor.does(changeCourse, { ...whole, title: 'Third', slug: 'third', began: 1, prerequisites: ['purling'] })
  await editor.does(publishVersion, { slug: 'third', number: 2 })
  await expect(editor.does(publishVersion, { slug, number: 2 })).rejects.toThrow('needs this one first')
})

test('a retired course leaves the catalogue, keeps its page, and can be offered again', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await editor.does(publishVersion, { slug, number: 1 })
  expect((await editor.post(`/courses/${slug}/retirement`)).location).toBe(`/courses/${slug}/versions`)
  await expect(editor.does(retireCourse, { slug })).rejects.toThrow('retired already')
  await expect(editor.does(publishVersion, { slug, number: 1 })).rejects.toThrow('Offer it again')
  expect((await world.stranger().get('/courses')).body).not.toContain('Knitting')
  expect((await world.stranger().get(`/courses/${slug}`)).body).toContain('no longer offered')
  expect((await editor.post(`/courses/${slug}/reopening`)).status).toBe(303)
  expect((await world.stranger().get('/courses')).body).toContain('Knitting')
  const several = await editor.post(`/courses/${slug}/several-places`, { several: 'yes' })
  expect(several.status).toBe(303)
  expect(await world.db.selectFrom('course').select('several_places').executeTakeFirst()).toEqual({
    several_places: true,
  })
})

test('whoever may not write courses sees no draft, and can neither write nor publish', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  for (const other of [world.stranger(), await world.person(), await world.person({ rights: [{ role: 'trainer' }] })]) {
    for (const path of [
      '/courses/new',
      `/courses/${slug}/edit`,
      `/courses/${slug}/versions`,
      `/courses/${slug}/versions/1`,
    ])
      expect([303, 403]).toContain((await other.get(path)).status)
    expect((await other.post('/courses/new', typed)).status).toBe(403)
    expect((await other.post(`/courses/${slug}/versions/1/publication`)).status).toBe(403)
    expect([401, 403]).toContain((await other.api('PUT', `/api/courses/${slug}`, { ...whole, began: 1 })).status)
    expect((await other.get(`/courses/${slug}`)).status).toBe(404)
  }
})

test('odd addresses and numbers find nothing', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  for (const path of [
    'versions/0',
    'versions/99',
    'versions/1e3',
    'versions/x',
    'comparison?from=1&to=9',
    'comparison',
  ])
    expect((await editor.get(`/courses/${slug}/${path}`)).status, path).toBe(404)
  for (const path of ['/courses/none-such/edit', '/courses/%00', '/courses/A%2F..%2FB/versions'])
    expect([404, 400]).toContain((await editor.get(path)).status)
  expect((await editor.post('/courses/none-such/edit', { ...typed, began: '1' })).status).toBe(404)
  expect((await editor.post('/courses/none-such/preview', typed)).status).toBe(404)
  expect((await editor.post(`/courses/${slug}/versions/99/publication`)).status).toBe(404)
})

test('the API takes hostile words as words, and says what is wrong with the rest', async (world) => {
  const editor = await editorOf(world)
  const long = 'x'.repeat(100_000)
  for (const wrong of [
    {},
    { ...whole, sessions: 'many' },
    { ...whole, sessions: [] },
    { ...whole, sessions: Array.from({ length: 31 }, () => whole.sessions[0]) },
    { ...whole, sessions: [{ title: 'a', minutes: -1, outline: 'b' }] },
    { ...whole, outcomes: [long] },
    { ...whole, outcomes: [{}] },
    { ...whole, description: long },
    { ...whole, prerequisites: ['../etc'] },
    { ...whole, title: { $gt: '' } },
    { ...whole, title: '\u0000' },
  ])
    expect((await editor.api('POST', '/api/courses', wrong)).status).toBe(422)
  const odd = { ...whole, title: 'A\u0000 <b>title</b>', description: '\u0000<script>x</script>\u202e' }
  expect((await editor.api('POST', '/api/courses', odd)).status).toBe(200)
  const { body } = await editor.get('/courses/a-b-title-b/versions/1')
  expect(body).not.toContain('<script>')
  expect(body).not.toContain('<b>title')
})

test('sessions typed in a form are read in order, without those left empty', async () => {
  expect(withSessions(typed)['sessions']).toEqual([
    { title: 'Casting on', minutes: '90', outline: '- Choose a wool' },
    { title: 'Casting off', minutes: '60', outline: '- Finish' },
  ])
  expect(withSessions({ 'sessions.999.title': 'x', 'sessions.__proto__.title': 'y', a: 1 })).toEqual({
    'sessions.999.title': 'x',
    'sessions.__proto__.title': 'y',
    a: 1,
  })
})

test('no page of a course makes more than eight queries', async (world) => {
  const editor = await editorOf(world)
  await editor.does(writeCourse, whole)
  await editor.does(publishVersion, { slug, number: 1 })
  await editor.does(changeCourse, { ...whole, slug, began: 1, title: 'Knitting, twice' })
  for (const path of ['', '?near=nowhere', '/edit', '/versions', '/versions/2', '/comparison?from=1&to=2']) {
    const { headers, status } = await editor.get(`/courses/${slug}${path}`)
    expect(status).toBe(200)
    expect(Number(/desc="(\d+)"/.exec(String(headers['server-timing']))?.[1]), path).toBeLessThanOrEqual(8)
  }
})

test('of many who save at the same moment, each version is one person’s and none is lost', async () => {
  const db = openDb(openPool(inject('databaseUrl'), { size: 6 }))
  const made: string[] = []
  try {
    const { visitByHearten } = await import('#platform/web')
    const { perform } = await import('#platform/web')
    const visit = visitByHearten({ db, now: new Date('2026-11-24T12:00:00Z') })
    const title = `Together ${crypto.randomUUID()}`
    const first = await perform(writeCourse, visit, { ...whole, title })
    made.push(first.slug)
    const tries = Array.from({ length: 6 }, (_, at) =>
      perform(changeCourse, visit, { ...whole, title, slug: first.slug, began: 1, who: `Person ${at}` }).then(
        () => 'saved',
        (error: Error) => error.message,
      ),
    )
    const results = await Promise.all(tries)
    expect(results.filter((result) => result === 'saved')).toHaveLength(1)
    expect(results.filter((result) => result.includes('while you were writing'))).toHaveLength(5)
  } finally {
    await db.deleteFrom('course').where('slug', 'in', made).execute()
    await db.destroy()
  }
})

const happenings = async ({ db }: World) => ({
  rows: (await db.selectFrom('happening').select('what').where('what', 'like', 'course.%').orderBy('id').execute()).map(
    ({ what }) => what,
  ),
})
