/** The few figures of the whole programme: counted by a job, kept in one row, so that no page counts everything. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { job } from '#platform/jobs'

/** The programme in figures, as counted at some moment. */
export interface Figures {
  /** Places still free on published runs that have not begun. */
  placesOpen: number
  academies: number
  runsAhead: number
  /** People who came to at least one session of a run that has ended. */
  trained: number
  members: number
  /** People known who are not members now: contacts, and those who left. */
  others: number
  /** Browsers that are signed in. */
  sessions: number
  countedAt: Date
}

/** The figures as last counted; counted on the spot where they never were. */
export async function figures(db: Db, now: Date, today: string): Promise<Figures> {
  const row = await db
    .selectFrom('setting')
    .select(['value', 'changed_at'])
    .where('name', '=', 'figures')
    .executeTakeFirst()
  if (row) return { ...(row.value as unknown as Omit<Figures, 'countedAt'>), countedAt: row.changed_at }
  return { ...(await count(db, now, today)), countedAt: now }
}

/** Counts the figures and keeps them. */
export async function countFigures(db: Db, now: Date, today: string): Promise<void> {
  const value = JSON.stringify(await count(db, now, today))
  await db
    .insertInto('setting')
    .values({ name: 'figures', value, changed_at: now })
    .onConflict((known) => known.column('name').doUpdateSet({ value, changed_at: now }))
    .execute()
}

/** The job that counts. */
export const countingJob = job({
  name: 'homes.count',
  every: '*/5 * * * *',
  run: ({ db, now, today }) => countFigures(db, now, today),
})

async function count(db: Db, now: Date, today: string): Promise<Omit<Figures, 'countedAt'>> {
  const { rows } = await sql<Omit<Figures, 'countedAt'>>`
    select
      (select coalesce(sum(capacity - taken), 0) from run where state = 'published' and starts_on >= ${today}::date)::int as "placesOpen",
      (select count(*) from run where state = 'published' and starts_on >= ${today}::date) as "runsAhead",
      (select count(*) from academy where opened_on <= ${today}::date and (closed_on is null or closed_on > ${today}::date)) as academies,
      (select count(distinct came.person_id) from run join run_session s on s.run_id = run.id
        join attendance came on came.session_id = s.id and came.mark in ('present', 'late')
        where run.ends_on < ${today}::date and run.state = 'published') as trained,
      (select count(*) from person where standing = 'member') as members,
      (select count(*) from person where standing <> 'member') as others,
      (select count(*) from sign_in_session where expires_at > ${now}) as sessions`.execute(db)
  return rows[0]!
}
