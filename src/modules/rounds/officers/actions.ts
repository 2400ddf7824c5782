/** Officers: named by a coordinator, each commits to a secret before closing and reveals it after. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { enqueue } from '#platform/jobs'
import { post } from '#platform/mail'
import { record } from '#platform/record'
import { action, fields, personOf, signedIn, type Visit } from '#platform/web'
import { slugField } from '../opening/fields.ts'
import { holdRound, opens } from '../opening/open.ts'

/** Names an officer of a round, who is written to. */
export const nameOfficer = action({
  scope: 'rounds:write',
  does: 'Names an officer of a round by their membership number or email address. They are written to.',
  access: opens,
  fields: z.object({
    slug: slugField,
    who: fields
      .text('Enter a membership number or an email address', 254)
      .describe('Membership number or email address'),
  }),
  run: async (visit, { slug, who }) => {
    const { db, actor, address } = visit
    const round = await holdRound(visit, slug)
    if (round.state !== 'draft' && !(round.state === 'published' && visit.now < round.closes_at))
      throw new Refusal('This round is closed, so no more officers can be named.')
    const person = await db
      .selectFrom('person')
      .where('standing', '<>', 'closed')
      .where((eb) => eb.or([eb('membership_number', '=', who), eb('email', '=', who.toLowerCase())]))
      .select(['id', 'name', 'email'])
      .executeTakeFirst()
    if (!person) throw new Invalid({ who: 'We know nobody with this number or address. Check it with them.' })
    const added = await db
      .insertInto('round_officer')
      .values({ round_id: round.id, person_id: person.id })
      .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doNothing())
      .returning('person_id')
      .executeTakeFirst()
    if (!added) throw new Invalid({ who: `${person.name} is an officer of this round already.` })
    await record(db, actor, 'round.officer-named', { round: round.id, person: person.id })
    if (person.email)
      await post(db, [
        {
          person: person.id,
          address: person.email,
          ...asked(person.name, round.name, `${address}/rounds/${slug}/officers`),
        },
      ])
    return { slug, name: person.name }
  },
})

/** Takes an officer out again, while the round is a draft or they have not committed. */
export const removeOfficer = action({
  scope: 'rounds:write',
  does: 'Takes an officer out of a round that is a draft, or one who has not committed to a secret.',
  access: opens,
  fields: z.object({ slug: slugField, person: fields.id }),
  run: async (visit, { slug, person }) => {
    const { db, actor } = visit
    const round = await holdRound(visit, slug)
    const gone = await db
      .deleteFrom('round_officer')
      .where('round_id', '=', round.id)
      .where('person_id', '=', person)
      .returning('digest')
      .executeTakeFirst()
    if (!gone) throw new Absent()
    if (gone.digest !== null && round.state !== 'draft')
      throw new Refusal('This officer’s commitment is published, so it stands.')
    await record(db, actor, 'round.officer-removed', { round: round.id, person })
    return { slug }
  },
})

const digestShape = /^[0-9a-f]{64}$/

/** Commits an officer to a secret: by its SHA-256, or by the words themselves, which are hashed and not kept. */
export const commitToSecret = action({
  scope: 'rounds:write',
  does: 'Commits you, an officer of the round, to a secret: give its SHA-256, or the words, which are hashed and not kept.',
  access: signedIn,
  fields: z.object({
    slug: slugField,
    digest: fields.optionalText(200).describe('The SHA-256 of your secret, in hexadecimal'),
    words: fields.optionalText(1000).describe('Or the secret itself; it is hashed and not kept'),
  }),
  run: async (visit, { slug, digest: said, words }) => {
    const { db, actor, now } = visit
    const { round, officer } = await holdOfficer(visit, slug)
    if (round.state !== 'draft' && officer.digest !== null)
      throw new Refusal('Your commitment is published, so it stands.')
    if (round.state !== 'draft' && !(round.state === 'published' && now < round.closes_at))
      throw new Refusal('This round is closed, so it is too late to commit to a secret.')
    const digest = digestSaid(said, words)
    const same = await db
      .selectFrom('round_officer')
      .where('round_id', '=', round.id)
      .where('digest', '=', digest)
      .where('person_id', '<>', officer.person_id)
      .select('person_id')
      .executeTakeFirst()
    if (same)
      throw new Invalid({
        [said ? 'digest' : 'words']: 'Another officer has committed to the same. Choose a secret of your own',
      })
    await db
      .updateTable('round_officer')
      .set({ digest, committed_at: now })
      .where('round_id', '=', round.id)
      .where('person_id', '=', officer.person_id)
      .execute()
    await record(db, actor, 'round.officer-committed', { round: round.id, digest })
    return { slug, digest }
  },
})

function digestSaid(said: string, words: string): string {
  if (said !== '') {
    // what a hash tool prints: the digest, then the name of the file
    const digest = said.split(/\s+/u)[0]!.toLowerCase()
    if (!digestShape.test(digest)) throw new Invalid({ digest: 'A SHA-256 has 64 characters, 0 to 9 and a to f' })
    return digest
  }
  if (words === '') throw new Invalid({ digest: 'Paste a SHA-256 here, or type a secret below' })
  if (words.length < 20) throw new Invalid({ words: 'Use at least 20 characters, so that nobody can guess it' })
  return sha256(words)
}

/** Reveals the secret an officer committed to, once the round is closed. The last of them starts the draw. */
export const revealSecret = action({
  scope: 'rounds:write',
  does: 'Reveals the secret that you, an officer of the round, committed to. When all have, the draw begins.',
  access: signedIn,
  fields: z.object({
    slug: slugField,
    secret: z.string({ error: 'Enter your secret' }).min(1, 'Enter your secret').max(2000),
  }),
  run: async (visit, { slug, secret }) => {
    const { db, actor, now } = visit
    const { round, officer } = await holdOfficer(visit, slug)
    if (officer.nonce !== null) return { slug, all: round.state === 'drawn' }
    if (round.state === 'draft' || round.state === 'published')
      throw new Refusal('Keep your secret until the round is closed: before that it must stay secret.')
    if (round.state === 'cancelled') throw new Refusal('This round was cancelled, so there is nothing to reveal.')
    if (officer.digest === null) throw new Refusal('You did not commit to a secret before the round closed.')
    if (round.seed !== null) throw new Refusal('It is too late: the seed has been made without your secret.')
    const nonce = writtenAs(secret).find((text) => sha256(text) === officer.digest)
    if (nonce === undefined)
      throw new Invalid({
        secret: 'This is not the secret you committed to. Check capital letters, spaces and punctuation',
      })
    await db
      .updateTable('round_officer')
      .set({ nonce, revealed_at: now })
      .where('round_id', '=', round.id)
      .where('person_id', '=', officer.person_id)
      .execute()
    await record(db, actor, 'round.officer-revealed', { round: round.id, digest: officer.digest })
    const hidden = await db
      .selectFrom('round_officer')
      .where('round_id', '=', round.id)
      .where('digest', 'is not', null)
      .where('nonce', 'is', null)
      .select('person_id')
      .executeTakeFirst()
    // nobody revealed in time: the first who does so later still lets the draw go on
    const all = hidden === undefined || now >= round.reveal_until
    if (all) await enqueue(db, 'rounds.draw', { round: round.id }, { key: `rounds.draw ${round.id}` })
    return { slug, all }
  },
})

/** The forms in which the same secret may have been hashed: as it was typed, without spaces around it, and as `echo` writes it. */
function writtenAs(secret: string): string[] {
  const lines = secret.replaceAll('\r\n', '\n')
  const trimmed = lines.trim()
  const forms = [lines, trimmed, trimmed.normalize('NFC'), trimmed.normalize('NFD'), `${trimmed}\n`]
  // JSON and PostgreSQL cannot hold these, and no hash tool is given them by hand
  return forms.filter((text) => !text.includes('\u0000') && text.isWellFormed())
}

/** The round, held, and this person's own part in it as an officer. */
async function holdOfficer({ db, actor }: Visit, slug: string) {
  const round = await db.selectFrom('round').selectAll('round').where('slug', '=', slug).forUpdate().executeTakeFirst()
  const officer =
    round &&
    (await db
      .selectFrom('round_officer')
      .selectAll()
      .where('round_id', '=', round.id)
      .where('person_id', '=', personOf(actor))
      .executeTakeFirst())
  if (!round || !officer) throw new Absent()
  return { round, officer }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

const asked = (name: string, round: string, at: string) => ({
  kind: 'round-officer',
  subject: `You are asked to keep a secret for the round ${round}`,
  body: [
    `Dear ${name.trim().split(/\s+/u)[0] || 'friend'},`,
    `You have been named an officer of the round ${round}. Places in it are drawn by lot. So that nobody can know or choose the outcome, some officers each think of a secret before the round closes, and reveal it after.`,
    `Please make yours now. The page says how, and it takes two minutes:\n${at}`,
    'If you would rather not, you need do nothing. Your name is shown on the page of the round only if you take part.',
    'You get this letter because a coordinator named you as an officer.',
  ].join('\n\n'),
})
