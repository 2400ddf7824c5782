/** What anyone may read: what each academy helps with. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import type { Rule } from './kinds.ts'
import { inOrder } from './rule.ts'

export interface AcademyRules {
  slug: string
  name: string
  rules: Rule[]
}

/** The open academies that help with anything, by name, with their rules. */
export async function publishedRules(db: Db): Promise<AcademyRules[]> {
  const { rows } = await sql<AcademyRules>`
    select academy.slug, academy.name, json_agg(json_build_object('kind', rule.kind, 'offered', rule.offered, 'most', rule.most_pence,
      'byRule', rule.by_rule_pence, 'says', rule.says)) as rules
    from academy join help_rule rule on rule.academy_id = academy.id and rule.offered
    where academy.closed_on is null group by academy.id order by academy.name limit 500`.execute(db)
  return rows.map(({ slug, name, rules }) => ({ slug, name, rules: inOrder(rules) }))
}
