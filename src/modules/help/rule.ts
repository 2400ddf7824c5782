/** The published rules: what an academy helps with, up to how much, and up to how much at once. */
import { z } from 'zod'
import { Absent, Invalid } from '#core/refusal'
import { sayMoney } from '#core/money'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, mayDo } from '#platform/web'
import { academyWithin } from '#platform/within'
import { optionalMoney } from './fields.ts'
import { kindIn, kinds, type Rule, slugOf } from './kinds.ts'

/** Publishes or changes a rule. It holds for what is decided from then on. */
export const keepRule = action({
  scope: 'help:write',
  does: 'Publishes what an academy helps with: up to how much, and up to how much without two people deciding.',
  access: mayDo('help.decide'),
  fields: z.object({
    slug: fields.text('Say which academy', 200),
    kind: z
      .string()
      .refine((said) => kindIn(said) !== undefined, 'Choose what it is for')
      .transform((said) => kindIn(said)!)
      .describe(kinds.map(slugOf).join(', ')),
    offered: fields.ticked.describe('Whether the academy helps with this'),
    most: optionalMoney.describe('The most for one person and run, in pounds; without it nothing but the thing itself'),
    byRule: optionalMoney.describe('Up to how much it is given at once, in pounds'),
    says: fields.optionalText(300).describe('What people should know, in a sentence or two'),
  }),
  run: async ({ db, actor, now }, { slug, kind, offered, most, byRule, says }) => {
    const academy = await db
      .selectFrom('academy')
      .where('slug', '=', slug)
      .where(academyWithin(actor, 'help.decide', 'academy.id'))
      .select('id')
      .executeTakeFirst()
    if (!academy) throw new Absent()
    const rule = { most_pence: most ?? 0, by_rule_pence: byRule ?? 0 }
    if (rule.by_rule_pence > rule.most_pence)
      throw new Invalid({ byRule: `This cannot be above the most for one person, ${sayMoney(rule.most_pence)}` })
    const set = { ...rule, offered, says, changed_by: actor.kind === 'person' ? actor.id : null, changed_at: now }
    await db
      .insertInto('help_rule')
      .values({ academy_id: academy.id, kind, ...set })
      .onConflict((there) => there.columns(['academy_id', 'kind']).doUpdateSet(set))
      .execute()
    await record(db, actor, 'help-rule.changed', { academy: academy.id, kind, offered, ...rule })
    return { slug, kind }
  },
})

/** What an academy helps with, in the order of the kinds. */
export async function rulesOf(db: Db, academy: string, { all = false } = {}): Promise<Rule[]> {
  const rows = await db
    .selectFrom('help_rule')
    .where('academy_id', '=', academy)
    .select(['kind', 'offered', 'most_pence as most', 'by_rule_pence as byRule', 'says'])
    .execute()
  return inOrder(rows as Rule[]).filter(({ offered }) => all || offered)
}

/** Rules in the order of the kinds. */
export const inOrder = (rules: readonly Rule[]): Rule[] =>
  kinds.flatMap((kind) => rules.find((rule) => rule.kind === kind) ?? [])

/** A rule in a few words: "Up to £40; up to £15 at once". */
export function sayRule({ most, byRule }: Pick<Rule, 'most' | 'byRule'>): string {
  if (most === 0) return 'Arranged for you'
  if (byRule === most) return `Up to ${sayMoney(most)}, at once`
  return byRule === 0 ? `Up to ${sayMoney(most)}` : `Up to ${sayMoney(most)}; up to ${sayMoney(byRule)} at once`
}
