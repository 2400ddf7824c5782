/** Letters about measures: to those who can approve one, to whoever proposed it, and before its review. */
import { sayDate } from '#core/days'
import { type Letter, post } from '#platform/mail'
import type { Visit } from '#platform/web'
import type { Measure } from './measure.ts'
import { findMeasure, type Keeper, keepersOf } from './queries.ts'

const firstName = (name: string): string => name.trim().split(/\s+/u)[0] || 'friend'
const whyYou = 'You get this letter because you decide on measures. An administrator can end that right.'

const letterTo = (
  { id, name, email }: Keeper,
  { kind, subject, parts }: { kind: string; subject: string; parts: readonly string[] },
): Letter => ({
  person: id,
  address: email,
  kind,
  subject,
  body: [`Dear ${firstName(name)},`, ...parts].join('\n\n'),
})

/** Tells everyone who can approve a measure that it waits for one of them. */
export async function postProposed(visit: Visit, id: string): Promise<void> {
  const { db, today, address } = visit
  const measure = await findMeasure(visit, id)
  if (!measure) return
  const others = (await keepersOf(db, measure.areaCode, today)).filter((one) => one.id !== measure.proposedBy)
  await post(
    db,
    others.map((keeper) =>
      letterTo(keeper, {
        kind: 'measure-proposed',
        subject: `To approve or refuse: ${measure.name}`,
        parts: [
          `${measure.proposer} proposes a measure under which seats can be held first for ${measure.who}. It does nothing until someone other than them approves it.`,
          `Read the evidence, and approve or refuse it here:\n${address}/measures/${id}`,
          whyYou,
        ],
      }),
    ),
  )
}

/** Tells whoever proposed a measure what became of it. */
export async function postDecided(
  { db, actor, address }: Visit,
  measure: Measure,
  decision: 'approved' | 'refused',
  reason = '',
): Promise<void> {
  const to = await db
    .selectFrom('person')
    .where('id', '=', measure.proposedBy)
    .select(['id', 'name', 'email'])
    .executeTakeFirst()
  if (!to?.email) return
  const says =
    decision === 'approved'
      ? `${actor.name} has approved the measure that you proposed. Rounds can hold seats under it until ${sayDate(measure.reviewOn)}, when it is to be looked at again.`
      : `${actor.name} has refused the measure that you proposed, and says why:\n\n  ${reason.replaceAll('\n', '\n  ')}`
  await post(db, [
    letterTo(
      { ...to, email: to.email },
      {
        kind: `measure-${decision}`,
        subject: `${decision === 'approved' ? 'Approved' : 'Refused'}: ${measure.name}`,
        parts: [says, `${address}/measures/${measure.id}`, 'You get this letter because you proposed the measure.'],
      },
    ),
  ])
}

/** The letters that say that a measure's review comes near. */
export const reviewLetters = (measure: Measure, keepers: readonly Keeper[], address: string): Letter[] =>
  keepers.map((keeper) =>
    letterTo(keeper, {
      kind: 'measure-review',
      subject: `To look at again by ${sayDate(measure.reviewOn)}: ${measure.name}`,
      parts: [
        `This measure holds seats first for ${measure.who}. After ${sayDate(measure.reviewOn)} it holds nothing any more.`,
        `Look at what it has done, and at the newest figures. If it is still needed, propose it anew with fresh evidence, so that someone else can approve it in time.\n${address}/measures/${measure.id}\n${address}/equality`,
        whyYou,
      ],
    }),
  )
