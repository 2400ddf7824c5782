import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { UnreadableCatalogue, faultInWords } from './fault.ts'
import { largestFile, readCatalogue, readCourse } from './read.ts'

const facts = {
  title: 'Asking a neighbour',
  strand: 'organising',
  level: 'starter',
  hours: '2.5',
  mode: 'place',
  summary: 'Ask, and hear the answer.',
  who: 'Anyone.',
  outcomes: '[ask, listen, answer, thank]',
  prerequisites: '[]',
  accreditation: 'null',
  practice: 'Ask one neighbour.',
  leadsTo: '[]',
}
const body = `
You talk with one neighbour.

## Before

60 minutes

- Pairs ask.
- Pairs swap.
- All say what was hard.

## After

90 minutes

- Go.
- Come back.
- Tell.
`

/** The text of a course file, with some fields said otherwise; undefined leaves a field out. */
const fileWith = (changes: Record<string, string | undefined> = {}, below = body) =>
  [
    '---',
    ...Object.entries<string | undefined>({ ...facts, ...changes }).flatMap(([key, said]) =>
      said === undefined ? [] : [`${key}: ${said}`],
    ),
    '---',
    below,
  ].join('\n')

const faultsOf = (text: string, file = 'asking.md') => readCourse(file, text).faults.map(faultInWords)

const made: string[] = []
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true })
})
async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'catalogue-'))
  made.push(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}
async function faultsIn(folder: string): Promise<string[]> {
  const refused = await readCatalogue(folder).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(UnreadableCatalogue)
  return (refused as UnreadableCatalogue).faults.map(faultInWords)
}

describe('a course file', () => {
  it('gives a course as plain data', () => {
    expect(readCourse('asking.md', fileWith()).course).toEqual({
      slug: 'asking',
      title: 'Asking a neighbour',
      strand: 'organising',
      level: 'starter',
      hours: 2.5,
      mode: 'place',
      summary: 'Ask, and hear the answer.',
      who: 'Anyone.',
      outcomes: ['ask', 'listen', 'answer', 'thank'],
      prerequisites: [],
      accreditation: null,
      practice: 'Ask one neighbour.',
      leadsTo: [],
      description: 'You talk with one neighbour.',
      sessions: [
        { title: 'Before', minutes: 60, outline: '- Pairs ask.\n- Pairs swap.\n- All say what was hard.' },
        { title: 'After', minutes: 90, outline: '- Go.\n- Come back.\n- Tell.' },
      ],
    })
  })

  it('reads the same from Windows, with a byte order mark and with carriage returns', () => {
    const windows = `\uFEFF${fileWith().replaceAll('\n', '\r\n')}`
    expect(readCourse('asking.md', windows)).toEqual(readCourse('asking.md', fileWith()))
  })

  it('must begin with front matter that ends', () => {
    const said = ['asking.md:1: the file must begin with front matter between two lines of ---']
    for (const text of ['', '# A course', body, `---\ntitle: Lost\n${body}`, ` ${fileWith()}`])
      expect(faultsOf(text)).toEqual(said)
  })

  it('must say every field', () => {
    for (const field of Object.keys(facts))
      expect(faultsOf(fileWith({ [field]: undefined }))).toEqual([`asking.md:2: ${field} is missing`])
  })

  it.each([
    ['strand', 'knitting', 'asking.md:3: strand must be one of organising, media, digital, policy, training'],
    ['level', 'expert', 'asking.md:4: level must be one of starter, growing, specialist, trainer'],
    ['mode', 'hybrid', 'asking.md:6: mode must be one of place, online, either'],
    ['hours', 'two', 'asking.md:5: hours must be a number'],
    ['hours', '0', 'asking.md:5: hours must be more than 0'],
    ['hours', '.nan', 'asking.md:5: hours must be a number'],
    ['title', '"   "', 'asking.md:2: title must not be empty'],
    ['title', '[a, b]', 'asking.md:2: title must be text'],
    ['title', '"a\\nb"', 'asking.md:2: title must be one paragraph, without line breaks'],
    ['summary', 'a'.repeat(221), 'asking.md:7: summary must be 220 characters or fewer'],
    ['outcomes', '[ask, listen, thank]', 'asking.md:9: outcomes must be 4 to 6 phrases'],
    ['outcomes', '[ask, Listen, go, thank]', 'asking.md:9: outcomes[1] must start with a small letter'],
    ['outcomes', '[ask, listen., go, thank]', 'asking.md:9: outcomes[1] must be a phrase, without a full stop'],
    ['outcomes', '[ask, ask, go, thank]', 'asking.md:9: outcomes must not say the same twice'],
    ['prerequisites', 'none', 'asking.md:10: prerequisites must be a list of slugs'],
    ['prerequisites', '[../etc]', 'asking.md:10: prerequisites[0] must be the slug of a course'],
    ['prerequisites', '[a, a]', 'asking.md:10: prerequisites must not name a course twice'],
    ['accreditation', '7', 'asking.md:11: accreditation must be text'],
    ['colour', 'red', 'asking.md:14: colour is not a field of a course'],
    ['__proto__', '{ hours: 3 }', 'asking.md:14: __proto__ is not a field of a course'],
  ])('names the line and the field when %s is %s', (field, said, fault) => {
    const faults = faultsOf(fileWith({ [field]: said }))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(fault)
  })

  it('tells all the faults at once, not the first only', () => {
    expect(faultsOf(fileWith({ strand: 'knitting', hours: 'two', practice: undefined }, 'No sessions.'))).toHaveLength(
      4,
    )
  })

  it('must be YAML without repeated fields, anchors, aliases or tags', () => {
    expect(faultsOf(fileWith({ who: '[unclosed' }))[0]).toMatch(/^asking\.md:\d+: the front matter is not plain YAML/)
    expect(faultsOf(fileWith({ leadsTo: '[]\ntitle: Again' }))[0]).toMatch(
      /^asking\.md:14: the front matter is not plain YAML/,
    )
    const indirect = ['asking.md:2: the front matter must not use YAML anchors, aliases or tags']
    expect(faultsOf(fileWith({ title: '&name Asking' }))).toEqual(indirect)
    expect(faultsOf(fileWith({ title: '!!str Asking' }))).toEqual(indirect)
    const bomb = [
      'a: &a [x,x]',
      ...Array.from('bcdefghij', (key, i) => `${key}: &${key} [*${'abcdefghi'[i]},*${'abcdefghi'[i]}]`),
    ]
    expect(faultsOf(`---\n${bomb.join('\n')}\n---\n${body}`)[0]).toBe(
      'asking.md:2: the front matter must not use YAML anchors, aliases or tags',
    )
  })

  it('is refused, not suffered, when its front matter is a list, is nested without end, or is nothing', () => {
    expect(faultsOf(`---\n- a\n- b\n---\n${body}`)).toEqual([
      'asking.md:2: the front matter must be fields and their values',
    ])
    expect(faultsOf(`---\n---\n${body}`)).toHaveLength(Object.keys(facts).length)
    for (const depth of [500, 800, 1100, 1400, 1700, 2000, 4900]) {
      const nested = faultsOf(`---\ntitle: ${'['.repeat(depth)}${']'.repeat(depth)}\n---\n${body}`)
      expect(nested.length).toBeGreaterThan(0)
    }
    const many = Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join('\n')
    expect(faultsOf(`---\n${many}\n---\n${body}`)).toEqual([
      'asking.md:2: the front matter is longer than 10,000 characters',
    ])
  })

  it('has sessions whose minutes add up to its hours', () => {
    expect(faultsOf(fileWith({ hours: '3' }))).toEqual([
      'asking.md: hours is 3, but the sessions add up to 150 minutes (2.5 hours)',
    ])
  })

  it('has a description, and under each session its minutes and an outline of 3 to 8 lines', () => {
    const at = (from: string, to: string) => faultsOf(fileWith({}, body.replace(from, to)))
    expect(at('You talk with one neighbour.', '')).toEqual([
      'asking.md:15: there is no description before the first session',
    ])
    expect(at('60 minutes', 'an hour')).toEqual([
      'asking.md:20: the session needs a line such as “90 minutes” under its title',
    ])
    expect(at('60 minutes', '600 minutes')).toEqual(['asking.md:20: a session is 480 minutes at most'])
    expect(at('- Tell.', '')).toEqual(['asking.md:26: the outline of a session is 3 to 8 lines, and this has 2'])
    expect(at('- Tell.', '- Tell.\n'.repeat(7))).toEqual([
      'asking.md:26: the outline of a session is 3 to 8 lines, and this has 9',
    ])
    expect(at('## After', '## ')).toEqual(['asking.md:26: the session has no title'])
    expect(faultsOf(fileWith({}, body + '\n## Again\n5 minutes\n- a\n- b\n- c\n'.repeat(29)))).toEqual([
      'asking.md:15: there are more than 30 sessions',
    ])
    expect(faultsOf(fileWith({}, 'Only words.'))).toEqual(['asking.md:15: there are no sessions (## Title)'])
  })

  it('may show a heading inside a fence without starting a session', () => {
    const fenced = body.replace('- Pairs swap.', '````\n## Not a session\n```\n````')
    expect(readCourse('asking.md', fileWith({}, fenced)).course?.sessions.map(({ title }) => title)).toEqual([
      'Before',
      'After',
    ])
  })

  it('keeps markup that is not Markdown as the text it is', () => {
    const script = '<script>alert(1)</script>'
    const { course, faults } = readCourse(
      'asking.md',
      fileWith(
        { title: script },
        body.replace('You talk', `${script} You talk`).replace('Before', script).replace('- Go.', script),
      ),
    )
    expect(faults).toEqual([])
    expect(course?.title).toBe(script)
    expect(course?.description).toBe(`${script} You talk with one neighbour.`)
    expect(course?.sessions[0]?.title).toBe(script)
    expect(course?.sessions[1]?.outline).toContain(script)
  })

  it('holds no control characters', () => {
    expect(faultsOf(fileWith({}, body.replace('Pairs ask', 'Pairs\0ask')))).toEqual([
      'asking.md:22: the line holds a control character',
    ])
  })

  it('holds at most 200 kB, counted as bytes', () => {
    const padded = (bytes: number) => 'é'.repeat(Math.ceil(bytes / 2))
    expect(faultsOf(fileWith({}, body + padded(largestFile)))).toEqual(['asking.md: the file is larger than 200 kB'])
  })

  it('gives a course or says why not, whatever is thrown at it', () => {
    const whole = fileWith()
    const shard = fc.constantFrom(
      '---',
      '## ',
      '\n',
      ': ',
      '- ',
      '[',
      '{',
      '&a ',
      '*a',
      '!!js ',
      '"',
      '|',
      '```',
      '\u2028',
    )
    const piece = fc.array(fc.oneof(shard, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 6 })
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), piece, (at, cut, pieces) => {
        const { course, faults } = readCourse('asking.md', whole.slice(0, at) + pieces.join('') + whole.slice(at + cut))
        expect(course === null).toBe(faults.length > 0)
      }),
      { numRuns: 500, seed: 20 },
    )
  })

  it('is named by its slug', () => {
    for (const name of ['Asking.md', 'asking.txt', 'asking neighbours.md', '-asking.md', '.md'])
      expect(faultsOf(fileWith(), name)).toEqual([
        `${name}: a course file is named by its slug, such as “data-with-care.md”`,
      ])
  })
})

describe('a folder of course files', () => {
  it('is read in the order of the slugs', async () => {
    const folder = await folderOf({
      'b.md': fileWith({ title: 'B' }),
      'a.md': fileWith({ title: 'A', leadsTo: '[b]' }),
    })
    expect((await readCatalogue(folder)).map(({ slug }) => slug)).toEqual(['a', 'b'])
  })

  it('holds no title twice, however it is capitalised', async () => {
    expect(
      await faultsIn(await folderOf({ 'a.md': fileWith(), 'b.md': fileWith({ title: 'ASKING a neighbour' }) })),
    ).toEqual(['b.md: title is the same as that of a.md'])
  })

  it('refers only to courses that are there', async () => {
    expect(
      await faultsIn(await folderOf({ 'a.md': fileWith({ prerequisites: '[ghost]', leadsTo: '[phantom]' }) })),
    ).toEqual([
      'a.md: prerequisites names “ghost”, which is not a course',
      'a.md: leadsTo names “phantom”, which is not a course',
    ])
  })

  it('blames a faulty course once, and not those that name it', async () => {
    const folder = await folderOf({ 'a.md': fileWith({ prerequisites: '[b]' }), 'b.md': fileWith({ hours: 'two' }) })
    expect(await faultsIn(folder)).toEqual(['b.md:5: hours must be a number'])
  })

  it('asks for no course that needs itself, at once or by a long way round', async () => {
    const needing = (title: string, needs: string) => fileWith({ title, prerequisites: `[${needs}]` })
    expect(await faultsIn(await folderOf({ 'a.md': needing('A', 'a') }))).toEqual([
      'a.md: prerequisites go round in a circle: a → a',
    ])
    const folder = await folderOf({
      'a.md': needing('A', 'b'),
      'b.md': needing('B', 'ok, c'),
      'c.md': needing('C', 'd'),
      'd.md': needing('D', 'b'),
      'ok.md': needing('Ok', ''),
    })
    expect(await faultsIn(folder)).toEqual(['b.md: prerequisites go round in a circle: b → c → d → b'])
  })

  it('sends nobody on to a course that came before', async () => {
    const folder = await folderOf({
      'a.md': fileWith({ title: 'A' }),
      'b.md': fileWith({ title: 'B', prerequisites: '[a]' }),
      'c.md': fileWith({ title: 'C', prerequisites: '[b]', leadsTo: '[a]' }),
    })
    expect(await faultsIn(folder)).toEqual(['c.md: leadsTo names “a”, which comes before it or is the course itself'])
  })

  it('holds nothing but course files of a fair size in UTF-8; hidden files are passed over', async () => {
    const folder = await folderOf({
      '.hidden': 'anything',
      'big.md': 'a'.repeat(largestFile + 1),
      'latin.md': Uint8Array.of(0x2d, 0xe9, 0x2d),
      'notes.txt': fileWith(),
    })
    await mkdir(path.join(folder, 'more.md'))
    expect(await faultsIn(folder)).toEqual([
      'big.md: the file is larger than 200 kB',
      'latin.md: the file is not text in UTF-8',
      'more.md: only course files belong in this folder',
      'notes.txt: a course file is named by its slug, such as “data-with-care.md”',
    ])
  })
})
