/** Scheduling a run: asking, checking, saving; and the same for programs. */
import { Invalid, type Problems } from '#core/refusal'
import { api, check, form, mayDo, page, problemsIn, read, type Route, type Visit } from '#platform/web'
import { type CourseChoice, courseChoices } from '../../courses/index.ts'
import { type Checked, CheckPage } from './check-page.tsx'
import { choicesFor } from './choices.ts'
import { saidIn, Schedule } from './fields.ts'
import { NewRunPage } from './new-page.tsx'
import { clashesOf, planRun, wantedOf } from './plan.ts'
import { scheduleRun } from './schedule.ts'

const access = mayDo('runs.schedule')

type Said = Readonly<Record<string, unknown>>

async function checked(visit: Visit, said: Said, courses?: CourseChoice[]): Promise<Checked> {
  const plan = await planRun(visit, check(Schedule, said), courses)
  return { plan, clashes: await clashesOf(visit, wantedOf(plan)) }
}

/** The plan where what was said makes one; else what is wrong with it, and the choices to say it again. */
async function look(visit: Visit, said: Said) {
  const courses = await courseChoices(visit.db)
  try {
    return { said, checked: await checked(visit, said, courses), choices: undefined, problems: undefined }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    const choices = await choicesFor(visit, said['academy'], courses)
    return { said, checked: undefined, choices, problems: problemsIn(error) }
  }
}

type Looked = Awaited<ReturnType<typeof look>>

const show = ({ said, checked: plan, choices, problems: own }: Looked, visit: Visit, problems?: Problems) =>
  plan ? CheckPage(plan, visit, said, problems) : NewRunPage(choices, visit, said, problems ?? own)

const checkPage: Route = {
  method: 'GET',
  path: '/runs/new/check',
  access,
  door: 'page',
  answer: async (visit) => {
    const looked = await look(visit, saidIn(visit.query))
    return { kind: 'page', page: show(looked, visit), status: looked.problems ? 422 : 200 }
  },
}

export const scheduleRoutes: readonly Route[] = [
  page('/runs/new', {
    access,
    load: async (visit) => ({ choices: await choicesFor(visit, visit.query.get('academy')) }),
    view: ({ choices }, visit) => NewRunPage(choices, visit, saidIn(visit.query)),
  }),
  checkPage,
  form('/runs/new', {
    action: scheduleRun,
    load: (visit) => look(visit, visit.typed),
    view: show,
    to: (_, { run, published }) => (published ? `/runs/${run}` : `/runs/${run}/publication`),
    says: ({ published }) =>
      published ? 'The run is published. Its trainers are told.' : 'The run is kept as a draft.',
  }),
  read('/api/runs/check', {
    does: 'Shows what a run would be before it is scheduled: its sessions, the days skipped, its clashes, and the value that confirms them.',
    scope: 'runs:write',
    access,
    asks: {
      course: 'the id of the course',
      where: 'room:ID, venue:ID or online:ID of the academy',
      day: 'the first day, like 2027-01-14',
      time: 'when it begins, like 19:00',
      often: 'weekly, days or once',
      count: 'how many sessions',
      trainers: 'the id of a trainer; may be repeated',
    },
    load: async (visit) => {
      const { plan, clashes } = await checked(visit, saidIn(visit.query))
      const { sessions, skipped, notes, capacity, trainers } = plan
      return {
        sessions,
        skipped,
        capacity,
        trainers: trainers.map(({ id, name }) => ({ id, name })),
        notes: notes.map(({ words }) => words),
        clashes: clashes.all.map(({ grave, session, words, run }) => ({ grave, session, words, run: run?.id ?? null })),
        confirm: clashes.confirmation,
      }
    },
  }),
  api('POST', '/api/runs', scheduleRun),
]
