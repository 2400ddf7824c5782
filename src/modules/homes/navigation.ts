/** The main navigation: at most five entries beside one's own name, which leads home. */
import type { Frame } from '#core/frame'
import { type HeldRight, holds } from '#core/rights'

const most = 5

/** What someone with these rights finds at the top of every page: what is for everyone, then the homes of their roles. */
export function navigationFor(rights: readonly HeldRight[]): Frame['nav'] {
  const homes = [
    ...(holds(rights, 'runs.lead') ? [{ href: '/teaching', label: 'Teaching' }] : []),
    ...(holds(rights, 'runs.schedule') ? [{ href: '/coordinating', label: 'Coordinating' }] : []),
    ...(holds(rights, 'measures.keep') && !holds(rights, 'record.read')
      ? [{ href: '/equality', label: 'Equality' }]
      : []),
    ...(holds(rights, 'record.read') ? [{ href: '/administration', label: 'Administration' }] : []),
  ]
  // the academies give way: they are a tap away on the map and on the first page
  return [...forEveryone.slice(0, most - homes.length), ...homes]
}

const forEveryone = [
  { href: '/courses', label: 'Learn' },
  { href: '/map', label: 'Near you' },
  { href: '/academies', label: 'Academies' },
] as const
