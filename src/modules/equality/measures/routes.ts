/** The addresses of measures. */
import { anyone, api, form, mayDo, page, read } from '#platform/web'
import { knownQuestions, setsNow } from '../questions/queries.ts'
import { approveMeasure, endMeasure, proposeMeasure, refuseMeasure } from './actions.ts'
import { type Measure, standingOf } from './measure.ts'
import { loadList, loadMeasure, loadProposing, MeasurePage, MeasuresPage, ProposingPage } from './pages.tsx'
import { findMeasure, measuresFor } from './queries.ts'

const keeps = mayDo('measures.keep')
const one = { load: loadMeasure, view: MeasurePage }
const proposing = { load: loadProposing, view: ProposingPage }
const back = ({ id }: { id: string }): string => `/measures/${id}`

/** As the API gives a measure: without the names of those who decided, which pages show to people alone. */
function bare(measure: Measure, today: string): object {
  const hidden = new Set(['proposer', 'approver', 'refuser', 'proposedBy'])
  const told = Object.entries(measure).filter(([name]) => !hidden.has(name))
  return { ...Object.fromEntries(told), standing: standingOf(measure, today) }
}

export const measureRoutes = [
  page('/measures', { access: anyone, load: loadList, view: MeasuresPage }),
  page('/measures/new', { ...proposing, access: keeps }),
  form('/measures', {
    ...proposing,
    action: proposeMeasure,
    to: (_, { id }) => `/measures/${id}`,
    says: () => 'The measure is proposed. Those who can approve it have been written to.',
  }),
  page('/measures/:id', { ...one, access: anyone }),
  form('/measures/:id/approval', {
    ...one,
    action: approveMeasure,
    to: back,
    says: () => 'The measure is in force.',
  }),
  form('/measures/:id/refusal', {
    ...one,
    action: refuseMeasure,
    to: () => '/measures',
    says: () => 'The measure will not come into force.',
  }),
  form('/measures/:id/end', { ...one, action: endMeasure, to: back, says: () => 'The measure has ended.' }),

  api('POST', '/api/measures', proposeMeasure),
  api('POST', '/api/measures/:id/approval', approveMeasure),
  api('POST', '/api/measures/:id/refusal', refuseMeasure),
  api('POST', '/api/measures/:id/end', endMeasure),
  read('/api/measures', {
    does: 'Lists the measures in force and those before; with the right to keep them, also what is proposed.',
    scope: 'measures:read',
    access: anyone,
    load: async (visit) => ({ measures: (await measuresFor(visit)).map((measure) => bare(measure, visit.today)) }),
  }),
  read('/api/measures/:id', {
    does: 'Gives one measure: for whom, on what evidence, until when.',
    scope: 'measures:read',
    access: anyone,
    load: async (visit, { id }) => {
      const measure = await findMeasure(visit, id)
      return measure && bare(measure, visit.today)
    },
  }),
  read('/api/equality/questions', {
    does: 'Lists the equality questions that are asked, nation by nation put together, with the keys of their answers.',
    scope: 'equality:read',
    access: anyone,
    load: async ({ db }) => ({ questions: knownQuestions(await setsNow(db)) }),
  }),
]
