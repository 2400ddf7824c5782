/** What anyone may read of rounds. */
import type { Route } from '#platform/web'

export const publicRoutes: readonly Route[] = []
