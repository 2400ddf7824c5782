/** The morning after a session, its trainers are reminded of a register that is still open. */
import { sql } from 'kysely'
import { addDays, instantAt, sayDay } from '#core/days'
import { job } from '#platform/jobs'
import { post } from '#platform/mail'
import type { Visit } from '#platform/web'

export const jobs = [job({ name: 'register.remind', every: '0 7 * * *', run: remindOfRegisters })]

/** Writes to the trainers of yesterday's sessions whose register is still open, in one transaction, once. */
export function remindOfRegisters(visit: Visit): Promise<void> {
  const yesterday = addDays(visit.today, -1)
  return visit.atomically(async ({ db, today, address }) => {
    const { rows } = await sql<{ session: string; title: string; person: string; name: string; email: string }>`
      select session.id as session, version.title, person.id as person, person.name, person.email
      from run_session session join run on run.id = session.run_id and run.state = 'published'
        join course_version version on version.id = run.course_version_id
        join run_trainer on run_trainer.run_id = run.id join person on person.id = run_trainer.person_id
      where session.starts_at >= ${instantAt(yesterday, '00:00')} and session.starts_at < ${instantAt(today, '00:00')}
        and session.register_done_at is null and person.email is not null
        and not exists (select from mail where mail.person_id = person.id and mail.kind = 'register-open'
          and mail.body like '%/sessions/' || session.id || '/register%')
      order by session.id, person.id`.execute(db)
    await post(
      db,
      rows.map(({ session, title, person, name, email }) => ({
        person,
        address: email,
        kind: 'register-open',
        subject: `The register of ${title} is still open`,
        body: [
          `Dear ${name.trim().split(/\s+/u)[0] || 'friend'},`,
          `The register of ${title} on ${sayDay(yesterday)} is still open. Please mark who came and close it, while you remember:\n${address}/sessions/${session}/register`,
          'It tells people that they were counted, and the academy who is missing out.',
          'You get this letter because you lead this run. It is sent once for each session, the morning after.',
        ].join('\n\n'),
      })),
    )
  })
}
