/** One person's request, or one piece of work: who is asking, of which database, on which day. */
import type { Day } from '#core/days'
import type { Frame } from '#core/frame'
import { actAs, type Db } from '../db.ts'
import { type Actor, hearten } from '../actor.ts'
import { dayOf } from '#core/days'

export interface Visit {
  db: Db
  actor: Actor
  now: Date
  today: Day
  /** What each page shows around its content. */
  frame: Frame
  /** The public address of this installation, without a slash at its end. */
  address: string
  path: string
  query: URLSearchParams
  /** What was typed into a form that is shown again. */
  typed: Readonly<Record<string, unknown>>
  /** The browser or program that asks, as far as signing in and its limits need to know it. */
  from: From
  /** Signs and encrypts what must be kept from everyone. */
  secret: string
  /** Whether letters are really sent; without a mail server they stay in the outbox. */
  sendsMail: boolean
  /** Where a public beacon can be read, if anywhere. */
  beaconUrl?: string | undefined
  /** Runs work in one transaction, acting as this person for row-level security. Inside one already, it joins it. */
  atomically: <Done>(work: (inside: Visit) => Promise<Done>) => Promise<Done>
}

/** Where a request comes from: its network address, what the browser calls itself, and the cookies it sent. */
export interface From {
  ip: string
  agent: string
  cookie: string
}

/** What a page shows around its content where nothing is known yet. */
export const bare: Frame = {
  organisation: 'Hearten',
  imprint: '',
  nav: [],
  me: null,
  demonstration: false,
  csrf: '',
  assets: { css: '', fonts: [], favicon: '', islands: {} },
}

/** Begins a visit; whatever is not said is empty. */
export function visitOf(the: Pick<Visit, 'db' | 'actor' | 'now'> & Partial<Visit>): Visit {
  const visit: Visit = {
    today: dayOf(the.now),
    frame: bare,
    address: 'http://localhost:3000',
    path: '/',
    query: new URLSearchParams(),
    typed: {},
    from: { ip: '', agent: '', cookie: '' },
    secret: '',
    sendsMail: false,
    atomically: (work) => inTransaction(visit, work),
    ...the,
  }
  return visit
}

/** A visit by Hearten itself: for jobs and the command line. */
export const visitByHearten = (the: Pick<Visit, 'db' | 'now'> & Partial<Visit>): Visit =>
  visitOf({ ...the, actor: hearten })

const tries = 4

/** Runs the work in a transaction; one that lost a race with another is run again. */
async function inTransaction<Done>(visit: Visit, work: (inside: Visit) => Promise<Done>): Promise<Done> {
  if (visit.db.isTransaction) return work(visit)
  for (let attempt = 1; ; attempt++) {
    try {
      return await visit.db.transaction().execute(async (db) => {
        await actAs(db, visit.actor.id)
        const inside: Visit = { ...visit, db, atomically: (more) => more(inside) }
        return work(inside)
      })
    } catch (error) {
      if (attempt >= tries || !lostRace(error)) throw error
    }
  }
}

const lostRace = (error: unknown): boolean => ['40001', '40P01'].includes(String((error as { code?: unknown }).code))
