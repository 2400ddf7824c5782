/** The job that throws away what has run out: sessions, links and challenges, counts of tries, changes never confirmed, letters to nobody we know. */
import { sql } from 'kysely'
import { type Job, job } from '#platform/jobs'

/** Every hour, whatever can no longer be used. Keys stay a year after their end, so that one can see what there was. */
export const tidy: Job = job({
  name: 'accounts.tidy',
  every: '17 * * * *',
  run: async ({ db, now }) => {
    const hour = new Date(now.getTime() - 3_600_000)
    // a letter that could not be sent is tried for two days
    const week = new Date(now.getTime() - 7 * 86_400_000)
    const year = new Date(now.getTime() - 365 * 86_400_000)
    await db.deleteFrom('sign_in_session').where('expires_at', '<', now).execute()
    await db.deleteFrom('verification').where('expires_at', '<', now).execute()
    await db.deleteFrom('email_change').where('expires_at', '<', now).execute()
    await db.deleteFrom('sign_in_try').where('began_at', '<', hour).execute()
    // whoever was erased, or was never known by this address, is not known by the letter to it either
    await sql`delete from mail where person_id is null and (sent_at is not null or made_at < ${week})`.execute(db)
    await db.deleteFrom('api_token').where('expires_at', '<', year).execute()
  },
})
