/** Correcting what the roll says of oneself. It stands until the roll itself says something new. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Invalid } from '#core/refusal'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, personOf, signedIn } from '#platform/web'
import { type Area, areasNamed, placeOf, readPostcode } from '../../areas/index.ts'

/** Corrects one's own name, and where one lives. The marks of the roll are left as they are: by them a change in the roll is known. */
export const correctMe = action({
  scope: 'me:write',
  does: 'Corrects your name, and your home by a postcode or the name of an area',
  access: signedIn,
  fields: z.object({
    name: fields.text('Enter your name', 200).refine((said) => /\p{L}/u.test(said), 'Enter your name with letters'),
    home: fields.optionalText(120).describe('A postcode, or the name or code of an area. Empty: as it is.'),
  }),
  run: async ({ db, actor, now }, { name, home }) => {
    const me = personOf(actor)
    const before = await db
      .selectFrom('person')
      .select(['name', 'postcode', 'area_code', 'erased_on'])
      .where('id', '=', me)
      .forUpdate()
      .executeTakeFirst()
    if (!before || before.erased_on !== null) throw new Absent()
    const { postcode, area } =
      home === '' ? { postcode: before.postcode, area: before.area_code } : await homeSaid(db, home)
    const spelled = name.replace(/\s+/g, ' ')
    const changed = [
      ...(spelled === before.name ? [] : ['name']),
      ...(postcode === before.postcode && area === before.area_code ? [] : ['home']),
    ]
    if (changed.length === 0) return { changed }
    await db
      .updateTable('person')
      .set({ name: spelled, postcode, area_code: area, updated_at: now })
      .where('id', '=', me)
      .execute()
    await record(db, actor, 'person.corrected', { person: me, changed })
    return { changed }
  },
})

async function homeSaid(db: Db, said: string): Promise<{ postcode: string | null; area: string }> {
  const found = await placeOf(db, said)
  if (found) return { postcode: readPostcode(said)?.whole ?? null, area: found.area.code }
  const like = await areasNamed(db, said, 3)
  const same = like.filter(({ name }) => plain(name) === plain(said))
  if (same.length === 1) return { postcode: null, area: same[0]!.code }
  throw new Invalid({ home: notFound(like) })
}

const notFound = (like: readonly Area[]): string =>
  like.length === 0
    ? 'There is no such postcode or area. Enter a postcode, like NG17 1AA, or the name of a constituency'
    : `There is no area with just this name. Did you mean ${like.map(({ name }) => name).join(' or ')}?`

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Someone's own name and home, as the page to correct them shows them. */
export async function whoIAm(
  db: Db,
  id: string,
): Promise<{ name: string; postcode: string | null; area: string | null } | undefined> {
  const { rows } = await sql<{ name: string; postcode: string | null; area: string | null }>`
    select p.name, p.postcode, a.name as area from person p left join area a on a.code = p.area_code where p.id = ${id}`.execute(
    db,
  )
  return rows[0]
}
