/** The academies as they stand, with their rooms and the people who work for them. */
import { type Random, seeded } from '#core/random'
import type { Role } from '#core/rights'
import { academies, type AcademyPlan, type PartnerPlan, type VenuePlan } from './academies/index.ts'
import type { Calendar } from './calendar.ts'
import type { Constituency, Ground, Region } from './ground.ts'
import { idsFrom } from './ids.ts'
import type { Membership, Person } from './members.ts'
import { nameIn } from './names.ts'

export interface Room {
  id: string
  name: string
  capacity: number
}

export interface Venue {
  id: string
  plan: VenuePlan
  area: Constituency
  rooms: readonly Room[]
}

export interface Academy {
  id: string
  plan: AcademyPlan
  region: Region
  home: Constituency
  /** Days from today. */
  opened: number
  venues: readonly Venue[]
  trainers: Person[]
  coordinators: Person[]
}

export interface Partner {
  id: string
  plan: PartnerPlan
  academy: Academy
  area: Constituency
}

export interface Right {
  id: string
  person: Person
  role: Role
  academy: Academy | null
  area: string | null
  /** Days from today. */
  from: number
  until: number | null
  by: Person | null
}

export interface Programme {
  academies: readonly Academy[]
  partners: readonly Partner[]
  rights: Right[]
}

/** The people who are named: each is called by what they do, and the rest of the staff is made up around them. */
export interface NamedStaff {
  administrator: Person
  officer: Person
  /** By the academy's slug. */
  coordinators: ReadonlyMap<string, Person>
  trainers: ReadonlyMap<string, readonly Person[]>
}

/** Opens the academies and gives each its staff; `trainers` is how many each has. */
export function openProgramme(
  calendar: Calendar,
  ground: Ground,
  membership: Membership,
  named: NamedStaff,
  trainers: number,
): Programme {
  const random = seeded('demonstration staff')
  const id = idsFrom(random)
  const rights: Right[] = []
  const grant = (person: Person, role: Role, at: Partial<Pick<Right, 'academy' | 'area' | 'until'>>, from: number) =>
    void rights.push({
      id: id(calendar.morning(from)),
      person,
      role,
      academy: at.academy ?? null,
      area: at.area ?? null,
      from,
      until: at.until ?? null,
      by: named.administrator === person ? null : named.administrator,
    })
  const colleague = (region: Region, near?: Constituency): Person => {
    const home = near && random.next() < 0.5 ? near : random.pick(region.constituencies)
    return membership.add({
      name: nameIn(region.name, random),
      home,
      joined: -1100 - random.below(6000),
      staff: true,
    })
  }
  const findConstituency = (name: string, region: Region): Constituency =>
    ground.constituencies.find((one) => one.name === name) ?? region.constituencies[0]!

  grant(named.administrator, 'administrator', {}, -980)
  grant(named.officer, 'data protection officer', {}, -940)
  const opened = academies.map((plan, number): Academy => {
    const region =
      ground.regions.find(({ name }) => name === plan.serves) ?? ground.regions[number % ground.regions.length]!
    const home = findConstituency(plan.home, region)
    const since = -930 + number * 11
    const academy: Academy = {
      id: id(calendar.morning(since)),
      plan,
      region,
      home,
      opened: since,
      venues: plan.venues.map((venue) => ({
        id: id(calendar.morning(since)),
        plan: venue,
        area: findConstituency(venue.in, region),
        rooms: venue.rooms.map(([name, capacity]) => ({ id: id(calendar.morning(since)), name, capacity })),
      })),
      trainers: [...(named.trainers.get(plan.slug) ?? [])],
      coordinators: [named.coordinators.get(plan.slug) ?? colleague(region, home), colleague(region, home)],
    }
    while (academy.trainers.length < trainers) academy.trainers.push(colleague(region))
    for (const person of academy.coordinators) grant(person, 'coordinator', { academy }, since + random.below(30))
    for (const person of academy.trainers) grant(person, 'trainer', { academy }, since + 10 + random.below(200))
    for (let n = 0; n < 2; n++)
      grant(colleague(region), 'organiser', { area: region.code }, since + 60 + random.below(300))
    // someone who has stopped, so that an ended right can be seen
    grant(colleague(region), 'trainer', { academy, until: -40 - random.below(200) }, since + 20)
    return academy
  })
  const partners = opened.flatMap((academy) =>
    academy.plan.partners.map((plan): Partner => ({
      id: id(calendar.morning(academy.opened + 30)),
      plan,
      academy,
      area: findConstituency(plan.in, academy.region),
    })),
  )
  return { academies: opened, partners, rights }
}

/** Gives one more right, as the administrator. */
export function grantAlso(
  programme: Programme,
  calendar: Calendar,
  random: Random,
  { since, ...right }: Pick<Right, 'person' | 'role'> & Partial<Pick<Right, 'academy' | 'area'>> & { since?: number },
): void {
  const by = programme.rights.find(({ role }) => role === 'administrator')?.person ?? null
  const from = since ?? -300 - random.below(300)
  programme.rights.push({
    id: idsFrom(random)(calendar.morning(from)),
    academy: null,
    area: null,
    until: null,
    from,
    by,
    ...right,
  })
}
