/** The people that anyone can be in the demonstration, and what each has to do. */
import { seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Constituency, Ground } from './ground.ts'
import type { Membership, Person, PersonWanted } from './members.ts'
import { grantAlso, type NamedStaff, type Programme } from './staff.ts'

export interface Cast extends NamedStaff {
  /** A member with a place next month. */
  amina: Person
  /** A member who waits. */
  dylan: Person
  /** A member with an offer to answer. */
  grace: Person
  /** A member with nothing yet. */
  tomasz: Person
  /** A member with two years of courses behind her. */
  joan: Person
  /** A trainer with a session today and a register to finish. */
  ruth: Person
  callum: Person
  organiser: Person
  partner: Person
  /** Sees whom the programme does not reach, and keeps measures. */
  lead: Person
}

/** As the sign-in page shows them. */
export interface Described {
  person: string
  label: string
  who: string
}

/** Makes the people of the cast, before anyone else; but for the equality lead, who joins when the roll is full. */
export function castOf(ground: Ground, { add }: Membership): Omit<Cast, 'lead'> {
  const at = (name: string): Constituency =>
    ground.constituencies.find((one) => one.name === name) ?? ground.constituencies[0]!
  const member = (name: string, home: string, wanted: Partial<PersonWanted> = {}): Person =>
    add({ name, home: at(home), joined: -900, reliable: 0.95, ...wanted })
  const staff = (name: string, home: string, wanted: Partial<PersonWanted> = {}): Person =>
    member(name, home, { staff: true, joined: -2400, ...wanted })
  const ruth = staff('Ruth Osei', 'Ashfield', { postcode: 'NG17 4AL' })
  const callum = staff('Callum Reid', 'Nottingham East')
  return {
    amina: member('Amina Farooq', 'Ashfield', { joined: -412, postcode: 'NG17 8HE' }),
    dylan: member('Dylan Rees', 'Cardiff West', { joined: -655, postcode: 'CF11 9PR' }),
    grace: member('Grace Okafor', 'Leeds East', { joined: -230, postcode: 'LS14 6DX' }),
    tomasz: member('Tomasz Kowalski', 'Boston and Skegness', { joined: -38, postcode: 'PE21 8RT' }),
    joan: member('Joan Whitaker', 'Mansfield', { joined: -5210, postcode: 'NG19 7BW', reliable: 0.9 }),
    ruth,
    callum,
    organiser: staff('Shabana Hussain', 'Bradford West', { joined: -3100 }),
    partner: staff('Helen Entwistle', 'Liverpool, Wavertree', { member: false, joined: -700 }),
    administrator: staff('Naomi Clarke', 'Birmingham, Selly Oak', { joined: -3900 }),
    officer: staff('Desmond Alleyne', 'Lewisham, Deptford', { joined: -4400 }),
    coordinators: new Map([
      ['east-midlands', staff('Martin Hallam', 'Bolsover', { joined: -6100 })],
      ['scotland', staff('Eilidh MacLeod', 'Ross, Skye and Lochaber', { joined: -1800 })],
    ]),
    trainers: new Map([
      [
        'east-midlands',
        [ruth, callum, staff('Parminder Kaur', 'Leicester East'), staff('Janet Mills', 'Lincoln', { joined: -8000 })],
      ],
    ]),
  }
}

/** Gives the cast's staff their rights where they are not an academy's own. */
export function grantCast(cast: Omit<Cast, 'lead'>, programme: Programme, calendar: Calendar): void {
  const random = seeded('demonstration cast')
  grantAlso(programme, calendar, random, { person: cast.organiser, role: 'organiser', area: cast.organiser.home.code })
  const partner = programme.partners.find(({ plan }) => plan.slug === 'mersey-and-dee-university')
  grantAlso(programme, calendar, random, { person: cast.partner, role: 'partner', academy: partner?.academy ?? null })
}

/** Brings in the equality lead. */
export function appointLead(ground: Ground, { add }: Membership, programme: Programme, calendar: Calendar): Person {
  const home = ground.constituencies.find(({ name }) => name === 'Leicester South') ?? ground.constituencies[0]!
  const person = add({ name: 'Yasmin Rahman', home, joined: -1500, staff: true, reliable: 0.95 })
  grantAlso(programme, calendar, seeded('demonstration equality lead'), { person, role: 'equality lead', since: -790 })
  return person
}

/** What the sign-in page says of each. */
export function describe(cast: Cast): Described[] {
  const said: readonly (readonly [Person, string])[] = [
    [cast.amina, 'a member in Ashfield with a place next month'],
    [cast.dylan, 'a member in Cardiff who is waiting for a place'],
    [cast.grace, 'a member in Leeds with an offer to answer'],
    [cast.tomasz, 'a new member in Boston who has not been on a course yet'],
    [cast.joan, 'a member in Mansfield with two years of courses behind her'],
    [cast.ruth, 'a trainer in Sutton-in-Ashfield with a register to finish tonight'],
    [cast.coordinators.get('east-midlands')!, 'a coordinator of the East Midlands academy'],
    [cast.coordinators.get('scotland')!, 'a coordinator of the Scotland academy'],
    [cast.organiser, 'a local organiser in Bradford'],
    [cast.partner, 'who moderates courses at Mersey and Dee University'],
    [cast.administrator, 'an administrator of the whole programme'],
    [cast.officer, 'the data protection officer'],
    [cast.lead, 'the equality lead, with a measure to approve'],
  ]
  return said.map(([person, who]) => ({ person: person.id, label: person.name, who }))
}
