/** Receipts: each application is confirmed by a letter, soon after it was last changed. */
import { sql } from 'kysely'
import { dayOf, sayDay, sayTime } from '#core/days'
import { job } from '#platform/jobs'
import { type Letter, post } from '#platform/mail'
import type { Visit } from '#platform/web'

/** Writes the letters that are due. Once a minute, a few hundred at a time, so that a rush is not slowed by its mail. */
export const receiptsJob = job({
  name: 'rounds.receipts',
  every: '* * * * *',
  run: async (visit) => {
    while (await visit.atomically(writeSome)) continue
  },
})

/** Whoever changes their mind within it gets one letter and not several. */
const settled = 30_000
const batch = 200

interface Due {
  person: string
  name: string
  email: string | null
  round: string
  slug: string
  closesAt: Date
  academy: string
  academyEmail: string | null
  pseudonym: string
  reserves: boolean
  changedAt: Date
  withdrawnAt: Date | null
  chosen: { title: string; where: string; startsOn: string }[]
}

/** Writes some, and says whether there may be more. */
async function writeSome({ db, now, address }: Visit): Promise<boolean> {
  const { rows } = await sql<Due>`
    with due as (
      update application set tell = false where id in (
        select id from application where tell and changed_at <= ${new Date(now.getTime() - settled)}
        order by changed_at limit ${batch} for update skip locked)
      returning *)
    select due.person_id as person, person.name, person.email, round.name as round, round.slug, round.closes_at as "closesAt",
      academy.name as academy, academy.email as "academyEmail", due.pseudonym, due.counts_for_reserves as reserves,
      due.changed_at as "changedAt", due.withdrawn_at as "withdrawnAt",
      (select coalesce(json_agg(json_build_object('title', version.title, 'where', coalesce(venue.name, 'online'), 'startsOn', run.starts_on) order by c.n), '[]'::json)
        from unnest(due.choices) with ordinality c (run, n) join run on run.id = c.run
          join course_version version on version.id = run.course_version_id left join venue on venue.id = run.venue_id) as chosen
    from due join person on person.id = due.person_id join round on round.id = due.round_id join academy on academy.id = round.academy_id`.execute(
    db,
  )
  const letters = rows.flatMap((one): Letter[] =>
    one.email === null ? [] : [{ person: one.person, address: one.email, ...letterFor(one, address) }],
  )
  if (letters.length > 0) await post(db, letters)
  return rows.length === batch
}

/** The receipt as a note from a person. */
function letterFor(one: Due, address: string): Pick<Letter, 'kind' | 'subject' | 'body'> {
  const page = `${address}/rounds/${one.slug}/application`
  const until = `${sayTime(one.closesAt)} on ${sayDay(dayOf(one.closesAt))}`
  const close = [
    `${one.academy}${one.academyEmail ? `\n${one.academyEmail}` : ''}`,
    `You get this letter because you applied in the round “${one.round}”.`,
  ]
  const body = (parts: readonly (string | false)[]): string =>
    [`Dear ${one.name.trim().split(/\s+/u)[0] || 'friend'},`, ...parts.filter((part) => part !== false), ...close].join(
      '\n\n',
    )
  if (one.withdrawnAt)
    return {
      kind: 'application-withdrawn',
      subject: `You took back your application: ${one.round}`,
      body: body([
        `You took back your application in the round “${one.round}”, so you are not in its draw.`,
        `If you change your mind, you can apply again until ${until}:\n${page}`,
      ]),
    }
  return {
    kind: 'application-received',
    subject: `Your application is in: ${one.round}`,
    body: body([
      `Your application in the round “${one.round}” is in. This is what you chose, the one you want most first:`,
      one.chosen
        .map(({ title, where, startsOn }, at) => `  ${at + 1}. ${title}, ${where}, from ${sayDay(startsOn)}`)
        .join('\n'),
      `Your pseudonym is ${one.pseudonym}. The roll of the round is published under pseudonyms, so that everyone can check the draw and nobody can see who applied. Keep yours to yourself.`,
      one.reserves && 'You asked that your answers to the equality questions count where seats are held first.',
      `You can change it or take it back until ${until}. Early or late makes no difference:\n${page}`,
    ]),
  }
}
