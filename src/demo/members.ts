/** The made-up membership: as many in each constituency as its electors make likely. */
import { type Random, seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Constituency, Ground } from './ground.ts'
import { idsFrom } from './ids.ts'
import { mailboxOf, nameIn } from './names.ts'

export interface Person {
  id: string
  name: string
  email: string
  /** None for someone who is not a member, such as a partner's staff. */
  number: string | null
  home: Constituency
  postcode: string | null
  /** Days from today. */
  joined: number
  closed: number | null
  /** Whether they work for the programme, and so take no places in it. */
  staff: boolean
  /** How likely they are to come when they have a place. */
  reliable: number
  /** Their place in the list. */
  index: number
}

/** A person of the demonstration before the rest is filled in. */
export interface PersonWanted {
  name: string
  home: Constituency
  joined?: number
  member?: boolean
  staff?: boolean
  postcode?: string
  reliable?: number
}

export interface Membership {
  people: Person[]
  /** Adds one person whose name and home are given. */
  add: (wanted: PersonWanted) => Person
}

/** A membership that makes people one by one; no two share a number or an email address. */
export function membershipFrom(calendar: Calendar): Membership {
  const random = seeded('demonstration persons')
  const id = idsFrom(random)
  const mailboxes = new Map<string, number>()
  const people: Person[] = []
  let number = 1_000_417
  const add = (wanted: PersonWanted): Person => {
    const { name, home, member = true, staff = false, postcode = null } = wanted
    const mailbox = mailboxOf(name)
    const before = mailboxes.get(mailbox) ?? 0
    mailboxes.set(mailbox, before + 1)
    const joined = wanted.joined ?? joinedDay(random)
    const left = wanted.joined === undefined && !staff && random.next() < 0.012
    const person: Person = {
      id: id(calendar.morning(joined)),
      name,
      email: `${mailbox}${before === 0 ? '' : before + 1}@example.org`,
      number: member ? String((number += 1 + random.below(9))) : null,
      home,
      postcode,
      joined,
      closed: left ? Math.floor(joined * random.next() * 0.9) : null,
      staff,
      reliable: wanted.reliable ?? 0.7 + 0.28 * random.next(),
      index: people.length,
    }
    people.push(person)
    return person
  }
  return { people, add }
}

/** Adds members until there are so many but for those who come `later`, spread over the constituencies by electors, in no order. */
export function fillRoll({ people, add }: Membership, ground: Ground, members: number, later = 0): void {
  const random = seeded('demonstration roll')
  const there = new Map<Constituency, number>()
  for (const { home, number } of people) if (number !== null) there.set(home, (there.get(home) ?? 0) + 1)
  const wanted = sharesOf(ground.constituencies, members).flatMap((count, index) => {
    const home = ground.constituencies[index]!
    return Array.from<Constituency>({ length: Math.max(0, count - (there.get(home) ?? 0)) }).fill(home)
  })
  shuffle(wanted, random)
  const missing = members - people.filter(({ number }) => number !== null).length
  for (const home of wanted.slice(0, Math.max(0, missing - later)))
    add({ name: nameIn(home.region.name, random), home })
}

/** So many divided by electors, by largest remainder. */
function sharesOf(constituencies: readonly Constituency[], total: number): number[] {
  const electors = constituencies.reduce((sum, each) => sum + each.electors, 0)
  const exact = constituencies.map((each) => (total * each.electors) / electors)
  const shares = exact.map(Math.floor)
  let left = total - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = exact.map((share, index) => ({ index, rest: share % 1 })).sort((a, b) => b.rest - a.rest)
  for (const { index } of byRemainder) if (left-- > 0) shares[index]!++
  return shares
}

/** A third joined in the last three years, most of the rest within twelve, a few long before. */
function joinedDay(random: Random): number {
  const [when, where] = [random.next(), random.next()]
  if (when < 0.34) return -5 - Math.floor(where * 1090)
  if (when < 0.82) return -1095 - Math.floor(where * 3280)
  return -4380 - Math.floor(where ** 2 * 15_000)
}

/** Puts a list into an order that depends on the generator alone. */
export function shuffle<Item>(list: Item[], random: Random): Item[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}
