/** What rounds do by themselves: close, be drawn, and put right whatever was left behind. */
import { enqueue, job } from '#platform/jobs'
import type { Visit } from '#platform/web'
import { closeRound } from '../closing/close.ts'
import { drawRound } from './draw.ts'
import { tellRound } from './tell.ts'

export const drawJobs = [
  job<{ round: string }>({ name: 'rounds.close', run: (visit, { round }) => closeRound(visit, round) }),
  job<{ round: string }>({ name: 'rounds.draw', run: (visit, { round }) => drawRound(visit, round) }),
  job<{ round: string }>({ name: 'rounds.tell', run: (visit, { round }) => tellRound(visit, round) }),
  job({ name: 'rounds.sweep', every: '* * * * *', run: sweepRounds }),
]

/** Closes rounds whose job was lost, and goes on with draws and letters that were stopped. */
export async function sweepRounds({ db, now }: Visit): Promise<void> {
  const due = await db
    .selectFrom('round')
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'published'), eb('closes_at', '<=', now)]),
        eb('state', '=', 'closed'),
        eb.and([eb('state', 'in', ['drawn']), eb('draw_step', 'is not', null)]),
      ]),
    )
    .select(['id', 'state'])
    .limit(100)
    .execute()
  for (const { id, state } of due) {
    const name = state === 'published' ? 'rounds.close' : state === 'closed' ? 'rounds.draw' : 'rounds.tell'
    await enqueue(db, name, { round: id }, { key: `${name} ${id}` })
  }
}
