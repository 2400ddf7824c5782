/** Three rounds: one that was drawn some days ago, one that is open, and a closed one that waits for its last secret. */
import { gzipSync } from 'node:zlib'
import { type Allocation, auditLines, auditOf, commitmentTo, rollDigest } from '#engines/allocation/index.ts'
import { type Random, seeded } from '#core/random'
import { offerUntil } from '../modules/places/index.ts'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import type { Equality } from './equality.ts'
import type { Happening } from './happenings.ts'
import { idsFrom } from './ids.ts'
import { type Person, shuffle } from './members.ts'
import type { Academy } from './staff.ts'
import type { Run, Timetable } from './timetable.ts'

export interface Application {
  id: string
  round: Round
  person: Person
  pseudonym: string
  choices: readonly Run[]
  reserves: boolean
  at: number
  band: number
  traits: readonly string[]
  got: Run | null
  choice: number | null
  number: string | null
}

export interface Officer {
  person: Person
  secret: string
  committed: number
  revealed: number | null
}

export interface Round {
  id: string
  slug: string
  name: string
  summary: string
  academy: Academy
  state: 'published' | 'closed' | 'drawn'
  opens: number
  closes: number
  reveal: number
  bands: readonly string[]
  made: number
  published: number
  runs: readonly Run[]
  reserves: readonly { run: Run; measure: string; trait: string; seats: number }[]
  officers: readonly Officer[]
  applications: Application[]
  rollDigest: string | null
  roll: Buffer | null
  seed: string | null
  engine: string | null
  result: Allocation | null
  drawn: number | null
  audit: { body: Buffer; bytes: number } | null
}

export interface Rounds {
  rounds: readonly Round[]
  happenings: readonly Happening[]
}

interface Planned {
  drawn: Run[]
  open: Run[]
  closed: Run[]
}

/** Adds the runs whose places the rounds give. */
export function planRounds(calendar: Calendar, timetable: Timetable): Planned {
  const add = (academy: string, course: string, day: number, capacity: number, time = '18:30'): Run => {
    let first = day
    while (calendar.shut(first)) first++
    return timetable.add({
      course,
      academy,
      day: first,
      time,
      trainers: [],
      capacity,
      publishedBefore: first + 40,
      how: 'round',
    })
  }
  return {
    drawn: [
      add('east-midlands', 'organising-on-a-local-issue', 24, 12),
      add('east-midlands', 'speaking-in-public', 26, 10),
      add('east-midlands', 'leading-and-looking-after-volunteers', 31, 12),
    ],
    open: [
      // whole days begin in the morning
      add('east-midlands', 'becoming-a-trainer', 38, 8, '10:00'),
      add('east-midlands', 'making-policy-together', 41, 14),
      add('east-midlands', 'being-a-spokesperson', 45, 10),
      add('east-midlands', 'video-on-a-phone', 47, 12),
    ],
    closed: [
      add('wales', 'running-a-field-campaign', 29, 10, '10:00'),
      add('wales', 'campaign-coding-first-steps', 33, 8),
    ],
  }
}

/** What Desmond Alleyne keeps until someone who looks around reveals it for him. */
const lastSecret = 'kettle harvest lantern nine marble ferry'

/** Makes the rounds, with who applied and what they got; the drawn one's places stand on its runs afterwards. */
export function makeRounds(
  planned: Planned,
  academies: readonly Academy[],
  people: readonly Person[],
  hadPlace: ReadonlySet<Person>,
  equality: Pick<Equality, 'answers' | 'measures'>,
  cast: Cast,
  calendar: Calendar,
): Rounds {
  const random = seeded('demonstration rounds')
  const id = idsFrom(random)
  const members = shuffle(
    people.filter(({ number, closed, staff, joined }) => number !== null && closed === null && !staff && joined < -45),
    random,
  ).filter((person) => !isOfCast(cast, person))
  const [coordinator] = academies.find(({ plan }) => plan.slug === 'east-midlands')!.coordinators
  const officer = (person: Person, secret: string, committed: number, revealed: number | null): Officer => ({
    person,
    secret,
    committed: calendar.at(committed, '14:20'),
    revealed: revealed === null ? null : calendar.at(revealed, '10:45'),
  })
  let taken = 0
  const applicants = (count: number, first: Person): Person[] => {
    const some = members.slice(taken, taken + Math.min(count, Math.floor(members.length / 4)))
    taken += some.length
    return [first, ...some]
  }
  const begin = (
    the: Pick<Round, 'slug' | 'name' | 'summary' | 'state' | 'runs' | 'officers' | 'bands'> & {
      academy: string
      days: readonly [opens: number, closes: number, reveal: number]
    },
  ): Round => {
    const [opens, closes, reveal] = the.days
    const { days: _, academy, ...rest } = the
    return {
      ...rest,
      id: id(calendar.at(opens - 6, '11:00')),
      academy: academies.find(({ plan }) => plan.slug === academy)!,
      opens: calendar.at(opens, '09:00'),
      closes: calendar.at(closes, '20:00'),
      reveal: calendar.at(reveal, '20:00'),
      made: calendar.at(opens - 6, '11:00'),
      published: calendar.at(opens - 2, '15:30'),
      reserves: [],
      applications: [],
      rollDigest: null,
      roll: null,
      seed: null,
      engine: null,
      result: null,
      drawn: null,
      audit: null,
    }
  }
  const drawn = begin({
    slug: 'this-season',
    name: 'This season in the East Midlands',
    summary: 'Three courses that more members wanted to come to than there are places.',
    academy: 'east-midlands',
    state: 'drawn',
    runs: planned.drawn,
    bands: ['no place before', 'waited before'],
    days: [-25, -4, -2],
    officers: [
      officer(cast.administrator, 'copper ladder seventeen owls drift sideways', -29, -3),
      officer(coordinator!, 'no kitchen has ever seen so many blue pears', -28, -3),
    ],
  })
  const open = begin({
    slug: 'next-season',
    name: 'Next season in the East Midlands',
    summary: 'Rank the courses you would come to. It does not matter whether you are first or last.',
    academy: 'east-midlands',
    state: 'published',
    runs: planned.open,
    bands: ['waited before', 'no place before', 'area has no trained organiser'],
    days: [-6, 13, 15],
    officers: [
      officer(cast.administrator, 'a barge of chalk sings at half past four', -10, null),
      officer(cast.officer, 'velvet tractor under the second moon', -9, null),
    ],
  })
  const closed = begin({
    slug: 'wales-campaigning',
    name: 'Campaigning in Wales',
    summary: `In this demonstration you can let the draw begin: be Desmond Alleyne, and reveal his secret, which is: ${lastSecret}`,
    academy: 'wales',
    state: 'closed',
    runs: planned.closed,
    bands: ['no place before'],
    days: [-20, -1, 4],
    officers: [
      officer(cast.administrator, 'marzipan thunder on a Tuesday roof', -24, null),
      officer(cast.officer, lastSecret, -23, null),
    ],
  })
  const women = equality.measures.find(({ trait }) => trait === 'women')
  if (women)
    for (const round of [drawn, open]) {
      const [run] = round.runs
      round.reserves = [{ run: run!, measure: women.id, trait: women.trait, seats: Math.floor(run!.capacity / 3) }]
    }
  const answers = new Map<Person, EqualityAnswers>()
  for (const { person, question, kept } of equality.answers) {
    const own = answers.get(person) ?? new Map<string, readonly string[]>()
    answers.set(person, own.set(question, kept))
  }
  const traitsOf = (person: Person, round: Round): string[] =>
    equality.measures
      .filter(({ id: measure }) => round.reserves.some((reserve) => reserve.measure === measure))
      .filter(({ question, answers: given }) =>
        answers
          .get(person)
          ?.get(question)
          ?.some((one) => given.includes(one)),
      )
      .map(({ trait }) => trait)
  const apply = (round: Round, who: readonly Person[]): void => {
    const end = Math.min(round.closes, calendar.midnight)
    for (const person of who) {
      const at = Math.floor(round.opens + (end - round.opens - 60_000) * random.next())
      const reserves = answers.has(person)
      round.applications.push({
        id: id(at),
        round,
        person,
        pseudonym: pseudonymFrom(random),
        choices: ranked(round.runs, random),
        reserves,
        at,
        band: hadPlace.has(person) ? round.bands.length : round.bands.indexOf('no place before'),
        traits: reserves ? traitsOf(person, round) : [],
        got: null,
        choice: null,
        number: null,
      })
    }
  }
  apply(drawn, applicants(64, cast.joan))
  apply(open, applicants(30, cast.grace))
  apply(closed, applicants(34, cast.dylan))
  close(drawn)
  close(closed)
  const [first] = closed.officers
  first!.revealed = calendar.at(-1, '21:10')
  draw(drawn, calendar)
  return { rounds: [drawn, open, closed], happenings: [drawn, open, closed].flatMap((round) => happeningsOf(round)) }
}

type EqualityAnswers = Map<string, readonly string[]>

const isOfCast = (cast: Cast, person: Person): boolean => (Object.values(cast) as unknown[]).includes(person)

/** Some of the runs, in an order of one's own. */
const ranked = (runs: readonly Run[], random: Random): Run[] =>
  shuffle([...runs], random).slice(0, Math.max(1, runs.length - random.below(2)))

// without letters and digits that look alike
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

const pseudonymFrom = (random: Random): string =>
  Array.from({ length: 5 }, () => Array.from({ length: 4 }, () => letters[random.below(letters.length)]).join('')).join(
    '-',
  )

const applicationsIn = ({ slug, runs, reserves, applications }: Round) => ({
  round: slug,
  runs: runs.map((run) => ({
    id: run.id,
    capacity: run.capacity,
    reserves: Object.fromEntries(reserves.filter((one) => one.run === run).map(({ trait, seats }) => [trait, seats])),
  })),
  members: applications.map(({ pseudonym, band, traits, choices }) => ({
    id: pseudonym,
    band,
    traits,
    preferences: choices.map(({ id }) => id),
  })),
})

function close(round: Round): void {
  const roll = applicationsIn(round)
  round.rollDigest = rollDigest(roll.members)
  round.roll = gzipSync(JSON.stringify(roll), { level: 6 })
}

/** Draws a round as the job would, and gives its places. */
function draw(round: Round, calendar: Calendar): void {
  const nonces = round.officers.map(({ secret }) => ({ digest: commitmentTo(secret), nonce: secret }))
  nonces.sort((a, b) => (a.digest < b.digest ? -1 : 1))
  const audit = auditOf(applicationsIn(round), { nonces })
  const text = [...auditLines(audit)].join('')
  const drawn = Math.max(...round.officers.map(({ revealed }) => revealed!)) + 2000
  const runs = new Map(round.runs.map((run) => [run.id, run]))
  const members = new Map(round.applications.map((application) => [application.pseudonym, application]))
  for (const { member, run, choice, number } of audit.result.assignments)
    Object.assign(members.get(member)!, { got: run === null ? null : runs.get(run)!, choice, number })
  for (const { id, held, waiting } of audit.result.runs) {
    const run = runs.get(id)!
    const until = offerUntil(new Date(drawn), new Date(run.sessions[0]!.starts), 5)!.getTime()
    run.drawn = drawn
    for (const [n, pseudonym] of [...held, ...waiting].entries()) {
      const holds = n < held.length
      const { person, id: application } = members.get(pseudonym)!
      run.places.push({
        person,
        application,
        state: holds ? 'offered' : 'waiting',
        turnedUp: false,
        // in order of priority, since that is the order of the line
        askedAt: drawn + n,
        offeredAt: holds ? drawn + 1000 : null,
        offerUntil: holds ? until : null,
        confirmedAt: null,
        endedAt: null,
        standing: 'waiting',
      })
    }
  }
  const seed = audit.input.seed
  const body = gzipSync(text, { level: 6 })
  Object.assign(round, {
    seed,
    engine: audit.engine,
    result: audit.result,
    drawn,
    roll: null,
    audit: { body, bytes: Buffer.byteLength(text) },
  })
  if (drawn >= calendar.midnight) throw new Error('The drawn round is drawn before today')
}

function happeningsOf(round: Round): Happening[] {
  const about = { round: round.id }
  const by = round.academy.coordinators[0]?.id ?? null
  const all: Happening[] = [
    { at: round.made, what: 'round.drafted', actor: by, about },
    { at: round.published, what: 'round.published', actor: by, about },
  ]
  for (const { person, secret, committed, revealed } of round.officers) {
    const digest = commitmentTo(secret)
    all.push({ at: committed, what: 'round.officer-committed', actor: person.id, about: { ...about, digest } })
    if (revealed !== null)
      all.push({ at: revealed, what: 'round.officer-revealed', actor: person.id, about: { ...about, digest } })
  }
  for (const { id, person, at } of round.applications)
    all.push({
      at,
      what: 'application.made',
      actor: person.id,
      about: { ...about, application: id, person: person.id },
    })
  if (round.rollDigest !== null) {
    const applications = round.applications.length
    all.push({
      at: round.closes,
      what: 'round.closed',
      actor: null,
      about: { ...about, rollDigest: round.rollDigest, applications },
    })
  }
  if (round.drawn !== null)
    all.push({ at: round.drawn, what: 'round.drawn', actor: null, about: { ...about, digest: round.result!.digest } })
  return all
}
