/** Mail: written in the transaction of the change that caused it, sent by a job soon after. */
import { createTransport, type Transporter } from 'nodemailer'
import type { Db } from './db.ts'
import { objectsIn } from './ical.ts'
import { enqueue, type Job, job } from './jobs.ts'

/** A letter: plain text, whole sentences, saying why it was sent. */
export interface Letter {
  /** Who it is for, or null where no person is known. */
  person: string | null
  address: string
  /** What kind of letter, such as place-offered: for the outbox and for counting. */
  kind: string
  subject: string
  body: string
  /** A calendar entry to go with it, as iCalendar text. */
  calendar?: string
}

/** Writes letters into the outbox and enqueues their sending. */
export async function post(db: Db, letters: readonly Letter[]): Promise<void> {
  for (let at = 0; at < letters.length; at += 500) {
    const rows = await db
      .insertInto('mail')
      .values(
        letters
          .slice(at, at + 500)
          .map(({ person, calendar, ...letter }) => ({ ...letter, person_id: person, calendar: calendar ?? null })),
      )
      .returning('id')
      .execute()
    await enqueue(db, 'mail.send', { ids: rows.map((row) => row.id) })
  }
}

/** The job that sends; without a mail server it leaves letters in the outbox. */
export const sendingJob = (transport: Transporter | undefined, from: string): Job =>
  job<{ ids: string[] }>({
    name: 'mail.send',
    run: async ({ db, now }, { ids }) => {
      if (!transport) return
      const letters = await db
        .selectFrom('mail')
        .selectAll()
        .where('id', 'in', ids)
        .where('sent_at', 'is', null)
        .execute()
      const failed: unknown[] = []
      for (const letter of letters) {
        try {
          await transport.sendMail({
            from,
            to: letter.address,
            subject: letter.subject,
            text: letter.body,
            messageId: `<${letter.id}@hearten>`,
            headers: { 'Auto-Submitted': 'auto-generated' },
            ...calendarParts(letter.calendar),
          })
          await db.updateTable('mail').set({ sent_at: now, problem: null }).where('id', '=', letter.id).execute()
        } catch (error) {
          failed.push(error)
          await db
            .updateTable('mail')
            .set({ problem: (error as Error).message.slice(0, 300) })
            .where('id', '=', letter.id)
            .execute()
        }
      }
      if (failed.length > 0)
        throw new Error(`${failed.length} of ${letters.length} letters could not be sent`, { cause: failed[0] })
    },
  })

/** A request or a cancellation names one entry alone, so each is a part of its own; the first is shown by the mail program itself. */
function calendarParts(calendar: string | null) {
  const [first, ...rest] = calendar === null ? [] : objectsIn(calendar)
  if (!first) return {}
  return {
    icalEvent: first,
    attachments: rest.map(({ method, content }, index) => ({
      filename: `invite-${index + 2}.ics`,
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content,
    })),
  }
}

/** A way to the mail server, or none where no address for one is set. */
export const openTransport = (url: string | undefined): Transporter | undefined =>
  url === undefined
    ? undefined
    : createTransport({ url, pool: true, maxConnections: 3, connectionTimeout: 10_000, socketTimeout: 30_000 } as never)
