/** Holding a run's row until the transaction ends, so that two who change it do so one after the other. */
import { Absent } from '#core/refusal'
import { academyWithin } from '#platform/within'
import type { Visit } from '#platform/web'

/** The run's own row, held; absent where the actor does not schedule runs there. */
export async function holdRun({ db, actor }: Visit, id: string) {
  const run = await db
    .selectFrom('run')
    .selectAll('run')
    .where('run.id', '=', id)
    .where(academyWithin(actor, 'runs.schedule', 'run.academy_id'))
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!run) throw new Absent()
  return run
}
