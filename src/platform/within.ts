/** Where a permission holds, as part of a query: another area's record is then simply absent. */
import { type RawBuilder, sql } from 'kysely'
import { type Permission, type Scope, scopeOf } from '#core/rights'
import type { Actor } from './actor.ts'

const everything: Scope = { everywhere: true, academies: [], paths: [] }

/** Where the actor holds the permission. */
export const scopeFor = (actor: Actor, permission: Permission): Scope =>
  actor.kind === 'hearten' ? everything : scopeOf(actor.rights, permission)

/** True for academies at which the actor holds the permission. `academyId` is an SQL reference such as `run.academy_id`. */
export function academyWithin(actor: Actor, permission: Permission, academyId: string): RawBuilder<boolean> {
  const { everywhere, academies, paths } = scopeFor(actor, permission)
  if (everywhere) return sql<boolean>`true`
  const at = sql.ref(academyId)
  return sql<boolean>`(${at} = any(${academies}::uuid[]) or exists (
    select from academy within_academy join area within_area on within_area.code = within_academy.area_code
    where within_academy.id = ${at} and within_area.path <@ any(${paths}::ltree[])))`
}

/** True for areas in which the actor holds the permission, through the area itself or an academy that serves it. */
export function areaWithin(actor: Actor, permission: Permission, areaCode: string): RawBuilder<boolean> {
  const { everywhere, academies, paths } = scopeFor(actor, permission)
  if (everywhere) return sql<boolean>`true`
  const at = sql.ref(areaCode)
  return sql<boolean>`(exists (select from area within_area where within_area.code = ${at} and (within_area.path <@ any(${paths}::ltree[])
      or exists (select from academy_area served join area served_area on served_area.code = served.area_code
        where served.academy_id = any(${academies}::uuid[]) and within_area.path <@ served_area.path))))`
}
