/** What a member got in the draw, and why: enough to check it by comparing numbers. */
import { sql } from 'kysely'
import { comesBefore, type Priority } from '#engines/allocation/index.ts'
import type { Visit } from '#platform/web'
import { type MyApplication, mineColumns } from '../applying/mine.ts'
import type { Round, RoundRun } from '../round.ts'

/** One of the runs they asked for. */
export interface Line {
  run: string
  /** 1 for the first choice. */
  choice: number
  standing: 'got' | 'full' | 'not needed' | 'cancelled'
  /** The last priority that got an open seat there. */
  lastOpen: Priority | null
  /** For each group they count for, the last priority that its reserve let in there. */
  lastReserved: Record<string, Priority | null>
  /** How the place stands today, if there is or was one. */
  place: { id: string; state: string; offerUntil: Date | null; ahead: number } | undefined
}

export interface Result {
  application: MyApplication & { band: number; number: string }
  /** The groups they count for, by the names in the round's files. */
  traits: string[]
  lines: Line[]
}

interface Row extends MyApplication {
  traits: string[] | null
  lines: {
    run: string
    lastOpen: Priority | null
    lastReserved: Record<string, Priority | null> | null
    place: string | null
    state: string | null
    offerUntil: string | null
    ahead: number
  }[]
}

/** This person's result in a round that is drawn; nothing where they were not on its roll. In one transaction, since only they may read what they count for. */
export async function resultOf(visit: Visit, round: Pick<Round, 'id' | 'runs'>): Promise<Result | undefined> {
  const row = await visit.atomically(async ({ db, actor }) => {
    const { rows } = await sql<Row>`
      select ${mineColumns}, (select traits from application_trait where application_id = mine.id) as traits,
        (select json_agg(json_build_object('run', chosen.run, 'lastOpen', drawn.last_open, 'lastReserved', drawn.last_reserved,
            'place', place.id, 'state', place.state, 'offerUntil', place.offer_until,
            'ahead', case when place.state = 'waiting' then (select count(*) from place before
              where before.run_id = chosen.run and before.state = 'waiting' and before.turn < place.turn) else 0 end) order by chosen.n)
          from unnest(mine.choices) with ordinality chosen (run, n) left join round_run drawn on drawn.run_id = chosen.run
            left join lateral (select * from place where place.run_id = chosen.run and place.person_id = mine.person_id
              order by place.state in ('offered', 'confirmed', 'waiting') desc, place.turn desc limit 1) place on true) as lines
      from application mine where mine.round_id = ${round.id} and mine.person_id = ${actor.id} and mine.withdrawn_at is null`.execute(
      db,
    )
    return rows[0]
  })
  if (!row || row.number === null || row.band === null) return undefined
  const { traits, lines, ...application } = row
  const counts = traits ?? []
  const runOf = new Map(round.runs.map((run) => [run.id, run]))
  return {
    application: { ...application, band: row.band, number: row.number },
    traits: counts,
    lines: lines.map(({ run, lastOpen, lastReserved, place, state, offerUntil, ahead }, at) => ({
      run,
      choice: at + 1,
      standing: standingOf(at + 1, row.choice, lastOpen, runOf.get(run)),
      lastOpen,
      lastReserved: Object.fromEntries(Object.entries(lastReserved ?? {}).filter(([trait]) => counts.includes(trait))),
      place:
        place === null
          ? undefined
          : {
              id: place,
              state: state!,
              offerUntil: offerUntil === null ? null : new Date(offerUntil),
              ahead,
            },
    })),
  }
}

function standingOf(
  choice: number,
  got: number | null,
  lastOpen: Priority | null,
  run: RoundRun | undefined,
): Line['standing'] {
  if (choice === got) return 'got'
  if (got !== null && choice > got) return 'not needed'
  return run?.state === 'cancelled' && lastOpen === null ? 'cancelled' : 'full'
}

/** Whether the member's own priority comes after every last one that was let in: then the refusal is as it should be. */
export const comesAfterAll = (
  mine: Priority,
  { lastOpen, lastReserved }: Pick<Line, 'lastOpen' | 'lastReserved'>,
): boolean => [lastOpen, ...Object.values(lastReserved)].every((last) => last === null || comesBefore(last, mine))
