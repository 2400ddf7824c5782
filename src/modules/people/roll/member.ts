/** One row of the membership roll: what it says, or why it cannot be used. Rules only. */
import { type Day, isDay } from '#core/days'
import { readPostcode } from '../../areas/index.ts'

export interface RollMember {
  number: string
  name: string
  email: string | null
  /** Without its space, as it is looked up; null where none was given or it cannot be read. */
  postcode: string | null
  /** The letters the postcode begins with: they give the region where the postcode itself is not known. */
  letters: string | null
  /** An area as the roll names it, by code or by name. */
  area: string | null
  joinedOn: Day | null
  standing: 'member' | 'closed'
  /** Home as the roll gives it, unread: by this a change in the roll is known. */
  home: string
}

/** A row that is not used, and why; whoever it names, if that can be read, is on the roll all the same. */
export interface RefusedRow {
  number: string | null
  reason: string
}

export const rollColumns = {
  number: ['membership_number', 'member_number', 'membership_no', 'membership_id'],
  name: ['name', 'full_name'],
  firstName: ['first_name', 'forename', 'given_name'],
  lastName: ['last_name', 'surname', 'family_name'],
  email: ['email', 'e_mail', 'email_address'],
  postcode: ['postcode', 'post_code'],
  area: ['area', 'area_code', 'constituency', 'constituency_code'],
  joined: ['joined_on', 'joined', 'date_joined', 'join_date'],
  status: ['status', 'membership_status', 'standing'],
} as const
export type RollColumn = keyof typeof rollColumns

const current = new Set(['', 'member', 'active', 'current', 'paid', 'in good standing', 'full', 'live', 'yes'])
const ended = new Set([
  'closed',
  'lapsed',
  'resigned',
  'left',
  'ended',
  'cancelled',
  'expired',
  'inactive',
  'suspended',
  'expelled',
  'deceased',
  'former',
  'no',
])

/** What a row says, `said` giving the text of a column; or why it cannot be used. */
export function memberIn(said: (column: RollColumn) => string, today: Day): RollMember | RefusedRow {
  const number = plain(said('number'))
  if (number === '') return { number: null, reason: 'There is no membership number' }
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u.test(number))
    return {
      number: null,
      reason: 'The membership number must be 1 to 40 letters, figures, spaces, dots, dashes or slashes',
    }
  const refused = (reason: string): RefusedRow => ({ number, reason })

  const name = plain(said('name')) || plain(`${said('firstName')} ${said('lastName')}`)
  if (name === '') return refused('There is no name')
  if (name.length > 200) return refused('The name is longer than 200 characters')
  if (!/\p{L}/u.test(name)) return refused('The name has no letters')

  const email = plain(said('email')).toLowerCase()
  if (email !== '' && !isEmail(email)) return refused('The email address is not one, like name@example.org')

  const joined = plain(said('joined'))
  const joinedOn = joined === '' ? null : dayIn(joined)
  if (joinedOn === undefined) return refused('The date of joining is not a date, like 2024-01-31 or 31/01/2024')
  if (joinedOn !== null && joinedOn > today) return refused('The date of joining is in the future')
  if (joinedOn !== null && joinedOn < '1880-01-01') return refused('The date of joining is too long ago')

  const status = plain(said('status')).toLowerCase()
  if (!current.has(status) && !ended.has(status))
    return refused('The status is not one that is known, like member or lapsed')

  const postcode = readPostcode(said('postcode'))
  const area = plain(said('area')).slice(0, 120) || null
  return {
    number,
    name,
    email: email || null,
    postcode: postcode?.whole ?? null,
    letters: postcode?.letters ?? null,
    area,
    joinedOn,
    standing: ended.has(status) ? 'closed' : 'member',
    home: `${plain(said('postcode')).toUpperCase()}|${area ?? ''}`,
  }
}

// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F\u200B\u2028\u2029\uFEFF]+/g

const plain = (text: string): string => text.normalize('NFC').replace(control, ' ').replace(/\s+/g, ' ').trim()

// as the fields of our own forms have it, but quick: half a million of them are checked at a time
const isEmail = (text: string): boolean =>
  text.length <= 254 &&
  /^[a-z0-9_'+-][a-z0-9_'+.-]*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(text) &&
  !text.includes('..') &&
  !text.includes('.@')

function dayIn(said: string): Day | undefined {
  const [date] = said.split(/[T ]/)
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(date!)
  const day = british ? `${british[3]}-${british[2]!.padStart(2, '0')}-${british[1]!.padStart(2, '0')}` : date!
  return isDay(day) ? day : undefined
}
