/** What members of the demonstration answered about themselves, and the measures that stand on such figures. */
import { type Random, seeded } from '#core/random'
import { keptOf, type Question, type QuestionSet, ratherNot } from '../modules/equality/index.ts'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import type { Happening } from './happenings.ts'
import { idsFrom } from './ids.ts'
import type { Person } from './members.ts'

export interface EqualityAnswer {
  person: Person
  question: string
  kept: string[]
  set: string
  at: number
}

export interface Measure {
  id: string
  trait: string
  name: string
  who: string
  question: string
  answers: string[]
  evidence: string
  source: string
  aim: string
  proportionate: string
  /** Days from today. */
  evidenceOn: number
  proposed: number
  approved: number | null
  review: number
  by: Person
  approver: Person | null
}

export interface Equality {
  answers: readonly EqualityAnswer[]
  measures: readonly Measure[]
  happenings: readonly Happening[]
}

const england = 'E92000001'

/** Makes up answers for a third of the members, and four measures: two in force, one expired, one that waits for approval. */
export function makeEquality(
  sets: readonly QuestionSet[],
  people: readonly Person[],
  taking: ReadonlySet<Person>,
  cast: Cast,
  calendar: Calendar,
): Equality {
  const random = seeded('demonstration equality answers')
  const answers: EqualityAnswer[] = []
  const happenings: Happening[] = []
  const say = (person: Person, set: QuestionSet, said: ReadonlyMap<string, string[]>, at: number): void => {
    for (const [question, kept] of said) answers.push({ person, question, kept, set: set.id, at })
    if (said.size > 0)
      happenings.push({ at, what: 'equality.answered', actor: person.id, about: { person: person.id } })
  }
  // those whom anyone can be have answered nothing, so that one can try it; but for one of them
  const own = new Set<unknown>(Object.values(cast))
  const first = sets.find(({ nation }) => nation === england)
  if (first) say(cast.amina, first, aminas(first.questions), calendar.at(-30, '19:10'))
  for (const person of people) {
    if (person.number === null || person.closed !== null) continue
    if (own.has(person)) continue
    // whoever takes part is asked more often
    const willing = random.next() < (taking.has(person) ? 0.6 : 0.28)
    const nation = person.home.region.code.startsWith('E') ? england : person.home.region.code
    const set = sets.find((one) => one.nation === nation)
    if (!willing || !set) continue
    const at = calendar.some(-1 - random.below(Math.min(240, -person.joined)), random)
    say(person, set, answersTo(set.questions, taking.has(person), random), at)
  }
  const measures = sets.length === 0 ? [] : measuresOf(cast, calendar)
  for (const { id, proposed, approved, review, by, approver } of measures) {
    const about = { measure: id, reviewOn: calendar.day(review) }
    happenings.push({ at: calendar.at(proposed, '11:00'), what: 'measure.proposed', actor: by.id, about })
    if (approved !== null)
      happenings.push({
        at: calendar.at(approved, '15:00'),
        what: 'measure.approved',
        actor: approver!.id,
        about: { measure: id },
      })
  }
  return { answers, measures, happenings }
}

/** What Amina Farooq answered: some questions, not all. */
function aminas(questions: readonly Question[]): Map<string, string[]> {
  const said = { age: '25-to-34', sex: 'female', 'ethnic-group': 'pakistani', religion: 'muslim', children: 'no' }
  return new Map(
    questions.flatMap((question) => {
      const answer = (said as Readonly<Record<string, string>>)[question.key]
      const kept = answer === undefined ? undefined : keptOf(question, answer)
      return kept ? [[question.key, kept] as const] : []
    }),
  )
}

function answersTo(questions: readonly Question[], isTaking: boolean, random: Random): Map<string, string[]> {
  const said = new Map<string, string[]>()
  for (const question of questions) {
    const { after, answers } = question
    const follows = !after || said.get(after.question)?.at(-1) === after.answer
    if (!follows || random.next() > 0.93) continue
    const shares = answers.map(({ key }) => shareOf(question.key, key, isTaking))
    let at = random.next() * shares.reduce((sum, share) => sum + share, 0)
    const chosen = answers.find((_, n) => (at -= shares[n]!) < 0) ?? answers[0]!
    said.set(question.key, keptOf(question, chosen.key)!)
  }
  return said
}

/** About how many in a hundred give an answer; those who take part differ a little, so that there is something to see. */
function shareOf(question: string, answer: string, isTaking: boolean): number {
  if (answer === ratherNot) return 4
  const [share, whenTaking] = shares[question]?.[answer] ?? [1]
  return isTaking ? (whenTaking ?? share) : share
}

const shares: Readonly<Record<string, Readonly<Record<string, readonly [share: number, whenTaking?: number]>>>> = {
  age: {
    'under-25': [9, 5],
    '25-to-34': [15, 12],
    '35-to-44': [16, 15],
    '45-to-54': [17, 18],
    '55-to-64': [20, 24],
    '65-and-over': [23, 26],
  },
  sex: { female: [46, 36], male: [50, 60] },
  'gender-identity': { same: [94], different: [2] },
  disability: { yes: [34, 28], no: [62, 68] },
  'disability-effect': { 'a-lot': [24, 16], 'a-little': [44], 'not-at-all': [28] },
  'ethnic-group': {
    'white-british': [74, 84],
    scottish: [70, 80],
    white: [90],
    'other-british': [12],
    'other-white': [5, 3],
    irish: [3],
    pakistani: [4, 2],
    indian: [4, 2],
    bangladeshi: [2],
    african: [4, 2],
    caribbean: [3, 2],
  },
  religion: {
    'no-religion': [52],
    christian: [34],
    'church-of-scotland': [14],
    'roman-catholic': [18],
    'other-christian': [6],
    muslim: [7],
    hindu: [2],
    sikh: [2],
    jewish: [1],
  },
  'sexual-orientation': { straight: [82], 'gay-or-lesbian': [6], bisexual: [6], 'other-orientation': [2] },
  care: { none: [74, 82], 'under-20-hours': [12], '20-to-49-hours': [6, 3], '50-hours-or-more': [5, 2] },
  children: { yes: [26, 18], no: [70] },
  background: {
    professional: [22, 30],
    managerial: [16, 20],
    clerical: [12],
    'small-business': [8],
    technical: [15],
    routine: [20, 13],
    'long-term-unemployed': [3],
  },
}

function measuresOf({ lead, administrator }: Cast, calendar: Calendar): Measure[] {
  const id = idsFrom(seeded('demonstration measures'))
  const source = 'Who takes part, in this demonstration'
  const measure = (the: Omit<Measure, 'id' | 'source'>): Measure => ({
    id: id(calendar.at(the.proposed, '11:00')),
    source,
    ...the,
  })
  return [
    measure({
      trait: 'women',
      name: 'Women on organising courses',
      who: 'women',
      question: 'sex',
      answers: ['female'],
      evidence: '37 of 100 who had a place are women, and 47 of 100 members',
      aim: 'Within two years, as large a part of those who finish a course as of the members',
      proportionate:
        'Childcare and daytime runs were tried first and helped half of the way. A third of the seats at most are held, in rounds alone, and whoever is ahead in the draw keeps a seat of the rest.',
      evidenceOn: -232,
      proposed: -214,
      approved: -206,
      review: 310,
      by: lead,
      approver: administrator,
    }),
    measure({
      trait: 'black-asian-and-minority-ethnic',
      name: 'Black, Asian and minority ethnic members',
      who: 'Black, Asian and minority ethnic members',
      question: 'ethnic-group',
      answers: ['asian', 'black', 'mixed', 'other', 'gypsy-or-traveller', 'roma'],
      evidence: '11 of 100 who had a place, and 20 of 100 members',
      aim: 'That those who organise come from every community in which members live',
      proportionate:
        'Letters in eight languages and runs at new venues did not change the figure in a year. A fifth of the seats at most are held, and every seat that is not taken goes to anyone.',
      evidenceOn: -130,
      proposed: -118,
      approved: -113,
      review: 247,
      by: administrator,
      approver: lead,
    }),
    measure({
      trait: 'under-25',
      name: 'Members under 25',
      who: 'members under 25',
      question: 'age',
      answers: ['under-25'],
      evidence: '4 of 100 who had a place, and 9 of 100 members',
      aim: 'That young members find a first course within a year of joining',
      proportionate: 'Two seats of a run at most, for starter courses alone.',
      evidenceOn: -770,
      proposed: -756,
      approved: -750,
      review: -31,
      by: lead,
      approver: administrator,
    }),
    measure({
      trait: 'disabled-members',
      name: 'Disabled members',
      who: 'disabled members',
      question: 'disability-effect',
      answers: ['a-lot', 'a-little'],
      evidence: '17 of 100 who had a place have a condition that limits their day, and 24 of 100 members',
      aim: 'That venues and courses are made with disabled members in the room',
      proportionate:
        'Step-free venues alone did not change the figure. Two seats of a run at most, looked at again after a year.',
      evidenceOn: -12,
      proposed: -3,
      approved: null,
      review: 362,
      by: administrator,
      approver: null,
    }),
  ]
}
