/** Changing a run: asking, checking, saving; and the same for programs. */
import { Invalid, type Problems } from '#core/refusal'
import { api, check, form, mayDo, page, problemsIn, type Route, type Visit } from '#platform/web'
import { venuesOf } from '../../academies/index.ts'
import { affectedBy } from '../cancel.ts'
import { clashesOf } from '../schedule/plan.ts'
import { trainersAt } from '../schedule/trainers.ts'
import { changeRun } from './change.ts'
import { type Carriable, ChangeCheckPage, type CheckedChange } from './check-page.tsx'
import { type Editing, EditPage, type Typed } from './edit-page.tsx'
import { ChangeFields, changeIn } from './fields.ts'
import { mayChangeNow, planChange } from './plan.ts'
import { findRun } from '../queries.ts'

const access = mayDo('runs.schedule')

async function editing(visit: Visit, id: string): Promise<Editing | undefined> {
  const { db, today, now } = visit
  const run = await findRun(visit, id)
  if (!run?.mayChange) return undefined
  mayChangeNow(run, now)
  return { run, venues: await venuesOf(db, [run.academy.id]), trainers: await trainersAt(db, run.academy.id, today) }
}

interface Looked {
  said: Record<string, unknown>
  checked?: CheckedChange
  again?: { editing: Editing; problems: Problems }
}

/** The change where what was said makes one; else what is wrong with it, and the form to say it again. */
async function look(visit: Visit, id: string, said: Record<string, unknown>): Promise<Looked | undefined> {
  try {
    const plan = await planChange(visit, check(ChangeFields, { ...said, id }))
    const clashes = plan.changes.length > 0 ? await clashesOf(visit, plan.wanted, id) : { all: [], confirmation: '' }
    return { said, checked: { plan, clashes, affected: await affectedBy(visit.db, id) } }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    const found = await editing(visit, id)
    return found && { said, again: { editing: found, problems: problemsIn(error) } }
  }
}

const show = ({ said, checked, again }: Looked, visit: Visit, problems?: Problems) =>
  checked
    ? ChangeCheckPage(checked, visit, carriable(said), problems)
    : EditPage(again!.editing, visit, typedIn(said), problems ?? again!.problems)

/** What was said, as a form carries it on and as an address asks it. */
function carriable(said: Record<string, unknown>): Carriable {
  const typed = typedIn(said)
  const query = new URLSearchParams()
  for (const name of ['where', 'link', 'other', 'capacity'] as const) query.set(name, typed[name] ?? '')
  for (const id of typed.trainers ?? []) query.append('trainers', id)
  for (const { id, day, time, minutes, drop } of typed.sessions ?? []) {
    query.append('session', id)
    query.append('day', day)
    query.append('time', time)
    query.append('minutes', minutes)
    if (drop) query.append('drop', id)
  }
  return { fields: { ...typed, sessions: JSON.stringify(typed.sessions ?? []) }, query: query.toString() }
}

/** What was said, whichever way it came: as an address, or as a form that carried it on. */
function typedIn(said: Record<string, unknown>): Typed {
  const text = (name: string): string | undefined => (typeof said[name] === 'string' ? said[name] : undefined)
  return {
    where: text('where'),
    link: text('link'),
    trainers: [said['trainers'] ?? []].flat().filter((id) => typeof id === 'string'),
    other: text('other'),
    capacity: text('capacity'),
    sessions: sessionsIn(said['sessions']),
  }
}

function sessionsIn(said: unknown): Typed['sessions'] {
  try {
    const rows: unknown = typeof said === 'string' ? JSON.parse(said) : said
    if (!Array.isArray(rows)) return undefined
    return rows.slice(0, 60).map((row: Record<string, unknown> | null) => ({
      id: word(row?.['id']),
      day: word(row?.['day']),
      time: word(row?.['time']),
      minutes: word(row?.['minutes']),
      drop: row?.['drop'] === true,
    }))
  } catch {
    return undefined
  }
}

const word = (said: unknown): string => (typeof said === 'string' || typeof said === 'number' ? String(said) : '')

const checkPage: Route = {
  method: 'GET',
  path: '/runs/:id/edit/check',
  access,
  door: 'page',
  answer: async (visit, { id }) => {
    const looked = await look(visit, id!, changeIn(visit.query, id!))
    if (!looked) return { kind: 'absent' }
    return { kind: 'page', page: show(looked, visit), status: looked.again ? 422 : 200 }
  },
}

export const changeRoutes: readonly Route[] = [
  page('/runs/:id/edit', {
    access,
    load: (visit, { id }) => editing(visit, id),
    view: (found, visit) =>
      EditPage(found, visit, visit.query.has('where') ? typedIn(changeIn(visit.query, found.run.id)) : {}),
  }),
  checkPage,
  form('/runs/:id/edit', {
    action: changeRun,
    load: (visit, { id }) => look(visit, id, { ...visit.typed }),
    view: show,
    to: ({ id }, { published }) => (published ? `/runs/${id}` : `/runs/${id}/publication`),
    says: ({ changes, published }) =>
      changes === 0
        ? 'Nothing was changed.'
        : published
          ? 'The run is changed, and those it concerns are told.'
          : 'The draft is changed.',
  }),
  api('PUT', '/api/runs/:id', changeRun),
]
