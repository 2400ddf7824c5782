import { moduleOf } from '#platform/module'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const pledges = moduleOf({ name: 'pledges' })
