/** Roles, what each may do, and where. A right is held everywhere, at an area and all below it, or at one academy. */

export const roles = [
  'trainer',
  'coordinator',
  'organiser',
  'partner',
  'administrator',
  'data protection officer',
  'equality lead',
] as const
export type Role = (typeof roles)[number]

export type Permission =
  | 'academies.edit'
  | 'courses.edit'
  | 'courses.publish'
  | 'runs.schedule'
  | 'runs.lead'
  | 'places.arrange'
  | 'rounds.open'
  | 'help.decide'
  | 'measures.keep'
  | 'equality.see'
  | 'people.find'
  | 'people.erase'
  | 'people.import'
  | 'rights.grant'
  | 'record.read'
  | 'reports.see'
  | 'mail.see'

/** What each role may do. Every role on this list is staff, and needs a second factor to sign in. */
export const permissionsOf: Record<Role, readonly Permission[]> = {
  trainer: ['runs.lead'],
  coordinator: [
    'academies.edit',
    'courses.edit',
    'courses.publish',
    'runs.schedule',
    'runs.lead',
    'places.arrange',
    'rounds.open',
    'help.decide',
    'people.find',
    'reports.see',
  ],
  organiser: ['reports.see'],
  partner: ['reports.see'],
  administrator: [
    'academies.edit',
    'courses.edit',
    'courses.publish',
    'people.find',
    'people.import',
    'rights.grant',
    'rounds.open',
    'measures.keep',
    'equality.see',
    'record.read',
    'reports.see',
    'mail.see',
  ],
  'data protection officer': ['people.find', 'people.erase', 'record.read', 'reports.see'],
  'equality lead': ['measures.keep', 'equality.see', 'reports.see'],
}

/** A right as held today. With neither an area nor an academy it is held everywhere. */
export interface HeldRight {
  role: Role
  areaPath: string | null
  academyId: string | null
}

/** Where a permission holds: everywhere, or at these academies and in these areas (paths of the tree). */
export interface Scope {
  everywhere: boolean
  academies: readonly string[]
  paths: readonly string[]
}

/** Where someone with these rights holds a permission. */
export function scopeOf(rights: readonly HeldRight[], permission: Permission): Scope {
  const giving = rights.filter((right) => permissionsOf[right.role].includes(permission))
  return {
    everywhere: giving.some((right) => right.areaPath === null && right.academyId === null),
    academies: giving.flatMap((right) => right.academyId ?? []),
    paths: giving.flatMap((right) => right.areaPath ?? []),
  }
}

/** Whether a permission holds anywhere at all. */
export const holds = (rights: readonly HeldRight[], permission: Permission): boolean =>
  rights.some((right) => permissionsOf[right.role].includes(permission))
