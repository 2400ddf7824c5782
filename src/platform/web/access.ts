/** Who may use a page or an action. Every one of them says so, in words that the permissions table repeats. */
import { holds, type Permission } from '#core/rights'
import type { Actor } from '../actor.ts'

export interface Access {
  /** In words, for docs/permissions.md. */
  says: string
  permission?: Permission
  allows: (actor: Actor) => boolean
}

/** Anyone at all, signed in or not. */
export const anyone: Access = { says: 'anyone', allows: () => true }

/** Anyone who has signed in. */
export const signedIn: Access = { says: 'anyone signed in', allows: (actor) => actor.kind === 'person' }

/** A member on the roll. */
export const members: Access = { says: 'members', allows: (actor) => actor.kind === 'person' && actor.member }

/** Someone who holds this permission somewhere; where exactly is part of each query. */
export const mayDo = (permission: Permission): Access => ({
  says: `whoever holds ${permission}`,
  permission,
  allows: (actor) => actor.kind === 'hearten' || holds(actor.rights, permission),
})
