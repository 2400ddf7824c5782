import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { test, type World } from '../../../test/world.ts'
import type { CourseText } from './course.ts'
import { courseChoices, syncCatalogue } from './index.ts'
import { addVersions } from './versions.ts'

const real = path.resolve('content/courses')
const slug = 'data-with-care'

test('the catalogue is loaded, with its prerequisites, and loading it again changes nothing', async ({ db }) => {
  const first = await syncCatalogue(db, real)
  expect(first.added.length).toBeGreaterThanOrEqual(28)
  expect(await courseChoices(db)).toContainEqual(
    expect.objectContaining({ slug: 'listening-on-the-doorstep', title: 'Listening on the doorstep', hours: 8 }),
  )
  const needs = await db
    .selectFrom('course_prerequisite')
    .innerJoin('course', 'course.id', 'course_prerequisite.course_id')
    .innerJoin('course as needed', 'needed.id', 'course_prerequisite.needs')
    .where('course.slug', '=', 'community-listening-what-matters-here')
    .select('needed.slug')
    .execute()
  expect(needs).toEqual([{ slug: 'listening-on-the-doorstep' }])

  const before = await versions(db)
  const again = await syncCatalogue(db, real)
  expect(again).toEqual({ added: [], changed: [], unchanged: first.added, leftAlone: [] })
  expect(await versions(db)).toEqual(before)
})

test('a changed file becomes the published version of its course', async ({ db }) => {
  await syncCatalogue(db, real)
  await withChanged(async (folder) => {
    expect(await syncCatalogue(db, folder)).toMatchObject({ added: [], changed: [slug], leftAlone: [] })
    expect(await versions(db)).toMatchObject([
      { number: 1, published: false },
      { number: 2, published: true, title: 'Data, with great care' },
    ])
    expect(await syncCatalogue(db, folder)).toMatchObject({ changed: [] })
  })
})

test('a course that a person has written since is left alone, and named', async ({ db, person }) => {
  await syncCatalogue(db, real)
  const { id: by } = await person()
  const { id } = await db.selectFrom('course').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()
  const [text] = (await texts(db)) as unknown as [CourseText]
  await addVersions(db, [{ course: id, number: 2, text, by }])
  const before = await versions(db)
  await withChanged(async (folder) => {
    expect(await syncCatalogue(db, folder)).toMatchObject({ changed: [], leftAlone: [slug] })
    expect(await versions(db)).toEqual(before)
  })
})

test('a course that was retired is not brought back by its file', async ({ db }) => {
  await syncCatalogue(db, real)
  await db.updateTable('course').set({ retired_on: '2026-11-01' }).where('slug', '=', slug).execute()
  await withChanged(async (folder) => {
    expect(await syncCatalogue(db, folder)).toMatchObject({ leftAlone: [slug] })
  })
})

test('a folder with a fault changes nothing at all', async ({ db }) => {
  await syncCatalogue(db, real)
  const before = await versions(db)
  await withChanged(async (folder) => {
    await writeFile(path.join(folder, 'digital-days.md'), 'not a course')
    await expect(syncCatalogue(db, folder)).rejects.toThrow('digital-days.md')
  })
  expect(await versions(db)).toEqual(before)
})

const versions = (db: World['db']) =>
  db
    .selectFrom('course_version')
    .innerJoin('course', 'course.id', 'course_version.course_id')
    .where('course.slug', '=', slug)
    .select((eb) => [
      'course_version.number',
      'course_version.title',
      eb('course.published_version', '=', eb.ref('course_version.id')).as('published'),
    ])
    .orderBy('course_version.number')
    .execute()

const texts = (db: World['db']) =>
  db
    .selectFrom('course_version')
    .innerJoin('course', 'course.id', 'course_version.course_id')
    .where('course.slug', '=', slug)
    .select(['title', 'strand', 'level', 'mode', 'hours', 'summary', 'who', 'outcomes', 'prerequisites'])
    .select(['leads_to as leadsTo', 'accreditation', 'practice', 'description', 'sessions'])
    .execute()

async function withChanged(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'catalogue-'))
  try {
    await cp(real, folder, { recursive: true })
    const file = path.join(folder, `${slug}.md`)
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace('title: Data with care', 'title: Data, with great care'),
    )
    await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
