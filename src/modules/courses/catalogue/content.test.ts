import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultsBetween } from './between.ts'
import { strands } from './course.ts'
import { readCatalogue } from './read.ts'

const real = path.resolve('content/courses')

describe('the catalogue that comes with Hearten', () => {
  it('has at least 28 courses, in all five strands, without a fault', async () => {
    const courses = await readCatalogue(real)
    expect(courses.length).toBeGreaterThanOrEqual(28)
    expect(new Set(courses.map(({ strand }) => strand))).toEqual(new Set(strands))
  })

  it('teaches listening on the doorstep in four evenings of two hours', async () => {
    const course = (await readCatalogue(real)).find(({ slug }) => slug === 'listening-on-the-doorstep')
    expect(course?.title).toBe('Listening on the doorstep')
    expect(course?.outcomes).toEqual([
      'open a conversation with anyone, without a script',
      'hear what matters under what is said',
      'ask for one thing, and take no for an answer',
      'write down what you heard so that others can act on it',
    ])
    expect(course?.sessions.map(({ title, minutes }) => [title, minutes])).toEqual([
      ['Being heard, and hearing', 120],
      ['The first minute at the door', 120],
      ['Out together: one street, in pairs', 120],
      ['What we heard, and what we do now', 120],
    ])
  })

  it('shouts at nobody, and repeats no summary, practice or line of an outline', async () => {
    const courses = await readCatalogue(real)
    expect(courses.filter((course) => JSON.stringify(course).includes('!')).map(({ slug }) => slug)).toEqual([])
    const outlines = courses.flatMap(({ sessions }) => sessions.map(({ outline }) => outline))
    const lines = [courses.map(({ summary }) => summary), courses.map(({ practice }) => practice)]
      .concat(outlines.map((outline) => outline.split('\n').filter((line) => line !== '')))
      .flat()
    expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([])
  })

  it('leads somebody to each course that is not for starters, and nobody round in a circle', async () => {
    const courses = await readCatalogue(real)
    const ledTo = new Set(courses.flatMap(({ leadsTo }) => leadsTo))
    const stranded = courses.filter(({ slug, level }) => level !== 'starter' && !ledTo.has(slug))
    expect(stranded.map(({ slug }) => slug)).toEqual([])
    const onward = courses.map(({ slug, title, leadsTo }) => ({ slug, title, prerequisites: leadsTo, leadsTo: [] }))
    expect(faultsBetween(onward)).toEqual([])
  })

  it('shows the way on from each course to those that need it', async () => {
    const courses = await readCatalogue(real)
    const onward = new Map(courses.map(({ slug, leadsTo }) => [slug, leadsTo]))
    const hidden = courses.flatMap(({ slug, prerequisites }) =>
      prerequisites
        .filter((needed) => onward.get(needed)?.includes(slug) !== true)
        .map((needed) => `${needed} → ${slug}`),
    )
    expect(hidden).toEqual([])
  })

  it('asks starters for nothing first', async () => {
    const courses = await readCatalogue(real)
    const asking = courses.filter(({ level, prerequisites }) => level === 'starter' && prerequisites.length > 0)
    expect(asking.map(({ slug }) => slug)).toEqual([])
  })

  it('is refused when one course is spoiled', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'catalogue-'))
    try {
      await cp(real, folder, { recursive: true })
      const spoiled = path.join(folder, 'data-with-care.md')
      await writeFile(spoiled, (await readFile(spoiled, 'utf8')).replace('strand: digital', 'strand: knitting'))
      await expect(readCatalogue(folder)).rejects.toThrow(
        /^data-with-care\.md:3: strand must be one of organising, media, digital, policy, training$/,
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
