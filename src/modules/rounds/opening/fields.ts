/** What is said of a round, as forms and the API send it. */
import { z } from 'zod'
import { addDays, dayOf, instantAt, timeOf } from '#core/days'
import { Invalid } from '#core/refusal'
import { fields } from '#platform/web'
import { facts } from '../bands.ts'

export const slugField = z.string().max(100)

/** The rules of a round. */
export const rules = {
  name: fields.text('Enter a name, like Spring 2027', 80),
  summary: fields.optionalText(600),
  opensOn: fields.day('Enter the day on which it opens'),
  opensAt: fields.time('Enter the time at which it opens, like 09:00'),
  closesOn: fields.day('Enter the day on which it closes'),
  closesAt: fields.time('Enter the time at which it closes, like 20:00'),
  revealDays: fields
    .whole(1, 28, 'Say how many days officers have, in figures')
    .default(2)
    .describe('Days after closing in which officers reveal their secrets'),
  bands: fields
    .many(z.enum(facts, { error: 'Choose facts from the list' }))
    .describe('Facts in order: whoever the first is true of comes first'),
  offerDays: fields.whole(1, 28, 'Say how many days an offer stands, in figures').default(5),
  mostChoices: fields.whole(1, 20, 'Say how many runs a member may list, in figures').default(8),
  seedFrom: z.enum(['nonces', 'beacon'], { error: 'Choose where the seed comes from' }).default('nonces'),
}

export type Rules = { [Name in keyof typeof rules]: z.output<(typeof rules)[Name]> }

/** The columns of a round with these rules; Invalid where they do not go together. */
export function columnsOf(said: Rules, now: Date) {
  const opens = instantAt(said.opensOn, said.opensAt)
  const closes = instantAt(said.closesOn, said.closesAt)
  if (closes <= opens) throw new Invalid({ closesOn: 'It must close after it opens' })
  if (closes <= now) throw new Invalid({ closesOn: 'Enter a time that is still to come' })
  if (new Set(said.bands).size < said.bands.length) throw new Invalid({ bands: 'Choose each fact once' })
  return {
    name: said.name,
    summary: said.summary,
    opens_at: opens,
    closes_at: closes,
    reveal_until: instantAt(addDays(dayOf(closes), said.revealDays), timeOf(closes)),
    bands: said.bands,
    offer_days: said.offerDays,
    most_choices: said.mostChoices,
    seed_from: said.seedFrom,
  }
}
