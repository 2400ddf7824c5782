/** What a module says of itself to the rest of the product. */
import type { Job } from './jobs.ts'
import type { Route, Visit } from './web.ts'

/** Something that happened, as its followers are told of it. */
export interface Happening {
  id: number
  what: string
  actorId: string | null
  at: Date
  about: Record<string, unknown>
}

export interface Module {
  name: string
  routes?: readonly Route[]
  jobs?: readonly Job[]
  /** What it does, soon after, when something happens anywhere: by the happening's name. */
  on?: Readonly<Record<string, (visit: Visit, happening: Happening) => Promise<void>>>
}

/** Declares a module. */
export const moduleOf = (the: Module): Module => the
