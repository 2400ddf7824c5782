/** The job that sends a link: only here is it found out whether somebody is known by the address. */
import { sql } from 'kysely'
import { sayTime } from '#core/days'
import type { Db } from '#platform/db'
import { type Job, job } from '#platform/jobs'
import { post } from '#platform/mail'
import { linkMinutes, makeLink } from '#platform/sign-in'

/** Sends a link to an address somebody is known by; for any other it does nothing. */
export const sendLink: Job = job<{ email: string; next?: string }>({
  name: 'sign-in.send-link',
  run: (visit, { email, next }) =>
    visit.atomically(async (inside) => {
      const { db, address, now, frame } = inside
      const person = await whoMaySignIn(db, email, inside.today)
      if (!person) return
      const token = await makeLink(inside, email)
      const link = `${address}/sign-in/link?${new URLSearchParams({ token, ...(next ? { next } : {}) }).toString()}`
      const until = sayTime(new Date(now.getTime() + linkMinutes * 60_000))
      await post(db, [
        {
          person: person.id,
          address: email,
          kind: 'sign-in-link',
          subject: `Sign in to ${frame.organisation}`,
          body: `Hello ${person.name},

Open this link to sign in to ${frame.organisation}:

${link}

It works once, until ${until}, on this device or on any other.

You get this letter because this address was entered on our sign-in page. If that was not you, do nothing: nobody can sign in without this letter.
`,
        },
      ])
    }),
})

/** The person known by an address, unless their membership is closed and they hold no right. */
const whoMaySignIn = (db: Db, email: string, today: string): Promise<{ id: string; name: string } | undefined> =>
  db
    .selectFrom('person')
    .select(['id', 'name'])
    .where(sql`lower(email)`, '=', email)
    .where((eb) =>
      eb.or([
        eb('standing', '<>', 'closed'),
        eb.exists(
          eb
            .selectFrom('held_right')
            .whereRef('person_id', '=', 'person.id')
            .where('starts_on', '<=', today)
            .where(sql<boolean>`(ends_on is null or ends_on >= ${today}::date)`)
            .select(sql`1`.as('one')),
        ),
      ]),
    )
    .executeTakeFirst()
