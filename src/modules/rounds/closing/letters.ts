/** What officers are written when their round has closed. */
import { dayOf, sayDay, sayTime } from '#core/days'
import { post } from '#platform/mail'
import type { Visit } from '#platform/web'

interface Closed {
  id: string
  slug: string
  name: string
  reveal_until: Date
}

/** Asks each officer who committed to a secret to reveal it now. */
export async function askForSecrets({ db, address }: Visit, { id, slug, name, reveal_until }: Closed): Promise<void> {
  const officers = await db
    .selectFrom('round_officer')
    .innerJoin('person', 'person.id', 'round_officer.person_id')
    .where('round_id', '=', id)
    .where('digest', 'is not', null)
    .where('nonce', 'is', null)
    .where('person.email', 'is not', null)
    .select(['person.id', 'person.name', 'person.email'])
    .execute()
  const until = `${sayDay(dayOf(reveal_until))}, ${sayTime(reveal_until)}`
  await post(
    db,
    officers.map((officer) => ({
      person: officer.id,
      address: officer.email!,
      kind: 'round-reveal',
      subject: `Please reveal your secret: ${name}`,
      body: [
        `Dear ${officer.name.trim().split(/\s+/u)[0] || 'friend'},`,
        `The round ${name} has closed. Please reveal the secret you committed to, by ${until}:\n${address}/rounds/${slug}/officers`,
        'As soon as all officers have, the places are drawn. If you do not, the draw goes on without your secret, and the page of the round says so.',
        'You get this letter because you committed to a secret for this round.',
      ].join('\n\n'),
    })),
  )
}
