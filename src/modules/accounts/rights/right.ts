/** Rights in words, and what is said of one that is granted. */
import { z } from 'zod'
import { sayDate } from '#core/days'
import { type Role, roles } from '#core/rights'
import { fields } from '#platform/web'

export interface Right {
  id: string
  personId: string
  name: string
  membershipNumber: string | null
  role: Role
  areaCode: string | null
  area: string | null
  academyId: string | null
  academy: string | null
  startsOn: string
  endsOn: string | null
  /** Who granted it; nobody where it was Hearten itself. */
  grantedBy: string | null
}

/** "in Ashfield", "at the East Midlands academy", "everywhere" */
export const sayWhere = ({ area, academy }: Pick<Right, 'area' | 'academy'>): string =>
  academy ? `at ${academy}` : area ? `in ${area}` : 'everywhere'

/** "Data protection officer" */
export const sayRole = (role: string): string => role.charAt(0).toUpperCase() + role.slice(1)

/** "from 14 January 2027", "until 3 March 2027", or both; nothing where it holds today and has no end. */
export function sayWhile({ startsOn, endsOn }: Pick<Right, 'startsOn' | 'endsOn'>, today: string): string {
  const from = startsOn > today ? `from ${sayDate(startsOn)}` : ''
  const until = endsOn ? `until ${sayDate(endsOn)}` : ''
  return [from, until].filter(Boolean).join(' ')
}

/** "a trainer", "an administrator" */
export const withArticle = (role: Role): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`

const left = z
  .string()
  .trim()
  .max(200)
  .nullish()
  .transform((said) => said || undefined)

/** What is said to grant a right. With neither an area nor an academy it holds everywhere; a form says which it means. */
export const Grant = z
  .object({
    person: fields.text('Enter a membership number or an email address', 254),
    role: z.enum(roles, { error: 'Choose a role' }),
    reach: z.enum(['everywhere', 'area', 'academy'], { error: 'Choose where the role holds' }).optional(),
    area: left,
    academy: left,
    from: fields.optionalDay,
    until: fields.optionalDay.optional(),
  })
  // a form sent without a choice must not give the whole country away
  .refine((said) => said.reach ?? said.academy ?? said.area, { error: 'Choose where the role holds', path: ['reach'] })
  .transform((said) => ({
    ...said,
    reach: said.reach ?? (said.academy ? 'academy' : 'area'),
  }))
