/** Partners: colleges, universities and unions' education departments that moderate and accredit. */
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import type { Db } from '#platform/db'
import { fields } from '#platform/web'

export const kinds = ['college', 'university', 'union education', 'adult education', 'other'] as const
export type Kind = (typeof kinds)[number]

/** The kinds as people say them. */
export const kindNames: Readonly<Record<Kind, string>> = {
  college: 'College',
  university: 'University',
  'union education': 'Union education',
  'adult education': 'Adult education',
  other: 'Other',
}

export interface Partner {
  id: string
  slug: string
  name: string
  kind: Kind
  summary: string
  website: string | null
  area: string | null
  areaCode: string | null
  academies: { id: string; slug: string; name: string }[]
}

const mostListed = 500

/** The partners by name. */
export const allPartners = (db: Db): Promise<Partner[]> =>
  partners(db).orderBy('partner.name').limit(mostListed).execute()

/** The partner of this address, or nothing. */
export const findPartner = (db: Db, slug: string): Promise<Partner | undefined> =>
  slugShape.test(slug) ? partners(db).where('partner.slug', '=', slug).executeTakeFirst() : Promise.resolve(undefined)

const partners = (db: Db) =>
  db
    .selectFrom('partner')
    .leftJoin('area', 'area.code', 'partner.area_code')
    .select((eb) => [
      'partner.id',
      'partner.slug',
      'partner.name',
      sql<Kind>`partner.kind`.as('kind'),
      'partner.summary',
      'partner.website',
      'area.name as area',
      'partner.area_code as areaCode',
      jsonArrayFrom(
        eb
          .selectFrom('partner_academy')
          .innerJoin('academy', 'academy.id', 'partner_academy.academy_id')
          .whereRef('partner_academy.partner_id', '=', 'partner.id')
          .where('academy.closed_on', 'is', null)
          .select(['academy.id', 'academy.slug', 'academy.name'])
          .orderBy('academy.name'),
      ).as('academies'),
    ])

export const slugShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** What is said of a partner, as forms and the API send it. */
export const PartnerSaid = z.object({
  name: fields.text('Enter a name', 100),
  kind: z.enum(kinds, { error: 'Choose what kind of institution it is' }),
  summary: fields.optionalText(400),
  website: fields
    .optionalText(300)
    .refine((said) => said === '' || isWebAddress(said), 'Enter a web address, like https://www.example.ac.uk')
    .transform((said) => said || null),
  area: fields.optionalText(80),
  academies: fields.many(fields.id),
})

function isWebAddress(said: string): boolean {
  if (!/^https?:\/\/[^\s\\@]+$/i.test(said)) return false
  return URL.canParse(said)
}
