/** On the day on which a pledge is to be looked at, the member and whoever looks at it with them are written to. */
import { sql } from 'kysely'
import { addDays, type Day } from '#core/days'
import { job } from '#platform/jobs'
import { type Letter, post } from '#platform/mail'
import type { Visit } from '#platform/web'

export const jobs = [job({ name: 'pledges.ask', every: '0 8 * * *', run: askOnTheDay })]

const batch = 200
const backTo = 30

interface Due {
  id: string
  person: string
  name: string
  email: string | null
  commitment: string
  reviewOn: Day
  mentors: { id: string; name: string; email: string }[]
  academyEmail: string | null
}

/** Writes about every pledge whose day has come, each once; days on which nothing ran are caught up with. */
export async function askOnTheDay(visit: Visit): Promise<void> {
  while ((await visit.atomically(askSome)) === batch) continue
}

async function askSome({ db, now, today, address }: Visit): Promise<number> {
  const { rows } = await sql<Due>`
    with due as (
      update pledge set asked_at = ${now} where id in (select id from pledge
        where state = 'open' and asked_at is null and review_on <= ${today}::date and review_on >= ${addDays(today, -backTo)}::date
        order by review_on, id limit ${batch})
      returning id, person_id, run_id, commitment, review_on)
    select due.id, person.id as person, person.name, person.email, due.commitment, due.review_on as "reviewOn",
      (select coalesce(json_agg(json_build_object('id', mentor.id, 'name', mentor.name, 'email', mentor.email)), '[]'::json)
        from run_trainer join person mentor on mentor.id = run_trainer.person_id
        where run_trainer.run_id = due.run_id and mentor.email is not null and mentor.id <> person.id) as mentors,
      academy.email as "academyEmail"
    from due join person on person.id = due.person_id
      left join run on run.id = due.run_id left join academy on academy.id = run.academy_id`.execute(db)
  await post(
    db,
    rows.flatMap((due) => lettersAbout(due, address)),
  )
  return rows.length
}

function lettersAbout({ id, person, name, email, commitment, mentors, academyEmail }: Due, address: string): Letter[] {
  const link = `${address}/pledges/${id}/review`
  const own: Letter[] =
    email === null
      ? []
      : [
          {
            person,
            address: email,
            kind: 'pledge-review',
            subject: 'How did it go? Your pledge is to be looked at today',
            body: [
              `Dear ${firstName(name)},`,
              `You wrote that you would change something where you live, and today is the day to look at it:\n\n  ${commitment.replaceAll('\n', '\n  ')}`,
              `Say how it turned out and what you learnt. Not this time is an answer too.\n${link}`,
              'You get this letter because you wrote a pledge. If you change its date or take it back, we write no more about it.',
            ].join('\n\n'),
          },
        ]
  const others =
    mentors.length > 0 ? mentors : academyEmail === null ? [] : [{ id: null, name: '', email: academyEmail }]
  return [
    ...own,
    ...others.map((mentor) => ({
      person: mentor.id,
      address: mentor.email,
      kind: 'pledge-review-with',
      subject: `A pledge to look at with ${name}`,
      body: [
        mentor.name ? `Dear ${firstName(mentor.name)},` : 'Hello,',
        `Today is the day to look at ${name}'s pledge together. What they wrote, and a place to note how it turned out:\n${link}`,
        'You get this letter because they made the pledge on a run of yours.',
      ].join('\n\n'),
    })),
  ]
}

const firstName = (name: string): string => name.trim().split(/\s+/u)[0] || 'friend'
