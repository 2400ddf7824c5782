/** How the installation stands, for those who look after it. */
import { sql } from 'kysely'
import type { Visit } from '#platform/web'
import { type Figures, figures } from '../figures.ts'

export interface State {
  figures: Figures
  roll: RollImport | null
  mail: { waiting: number; failed: number }
  jobs: { due: number; later: number; failing: number; givenUp: number; oldestDue: Date | null; kinds: string[] }
  record: { sealed: number; unsealed: number; oldestUnsealed: Date | null }
}

export interface RollImport {
  fileName: string
  startedAt: Date
  finishedAt: Date | null
  added: number
  changed: number
  refused: number
  closed: number
  /** Why it was given up, in words. */
  problem: string | null
}

/** More letters than this are not counted one by one. */
export const mostCounted = 10_000

/** Asks all of it in two queries; nothing is counted over everybody. */
export async function loadState({ db, now, today }: Visit): Promise<State> {
  const { rows } = await sql<Omit<State, 'figures'>>`
    select
      (select to_json(one) from (select file_name as "fileName", started_at as "startedAt", finished_at as "finishedAt",
        added, changed, refused, closed, problem from roll_import order by started_at desc limit 1) one) as roll,
      (select json_build_object('waiting', count(*), 'failed', count(*) filter (where problem is not null))
        from (select problem from mail where sent_at is null limit ${mostCounted + 1}::int) unsent) as mail,
      (select json_build_object('due', due, 'later', later, 'failing', failing, 'givenUp', given_up, 'oldestDue', oldest_due, 'kinds', kinds)
        from queue_state()) as jobs,
      (select json_build_object('sealed', coalesce(max(last.number), 0), 'unsealed', count(unsealed.id), 'oldestUnsealed', min(unsealed.at))
        from (select max(number) as number, max(happening_id) as id from seal) last
        left join lateral (select id, at from happening where id > coalesce(last.id, 0) - 1000
          and not exists (select from seal where seal.happening_id = happening.id) limit ${mostCounted}::int) unsealed on true) as record`.execute(
    db,
  )
  const { roll, mail, jobs, record } = rows[0]!
  return {
    figures: await figures(db, now, today),
    roll: roll && { ...roll, startedAt: new Date(roll.startedAt), finishedAt: dated(roll.finishedAt) },
    mail,
    jobs: { ...jobs, oldestDue: dated(jobs.oldestDue) },
    record: { ...record, oldestUnsealed: dated(record.oldestUnsealed) },
  }
}

// a time inside JSON comes as text
const dated = (at: Date | string | null): Date | null => (at === null ? null : new Date(at))

const minutes = (count: number): number => count * 60_000

/** What is not as it should be, each in a sentence that says what to do; empty where all is well. */
export function troublesIn(
  { roll, mail, jobs, record }: State,
  { now, sendsMail }: { now: Date; sendsMail: boolean },
): string[] {
  const since = (at: Date | null): number => (at === null ? 0 : now.getTime() - at.getTime())
  const troubles: (string | false)[] = [
    jobs.givenUp > 0 &&
      `${counted(jobs.givenUp, 'job was', 'jobs were')} given up after many tries (${jobs.kinds.join(', ')}). The log says why.`,
    since(jobs.oldestDue) > minutes(10) &&
      'Work has been waiting for more than ten minutes. Check that a worker is running.',
    sendsMail &&
      mail.failed > 0 &&
      `${counted(mail.failed, 'letter', 'letters')} could not be sent. The outbox says why, and they are tried again.`,
    since(record.oldestUnsealed) > minutes(15) &&
      'The record has not been sealed for a quarter of an hour. Check that a worker is running.',
    roll !== null && roll.problem !== null && `The membership roll could not be read: ${roll.problem}`,
    roll !== null &&
      roll.problem === null &&
      roll.finishedAt === null &&
      since(roll.startedAt) > minutes(60) &&
      'The last reading of the membership roll did not finish. Read the same file again: it goes on where it stopped.',
  ]
  return troubles.filter((trouble) => trouble !== false)
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
