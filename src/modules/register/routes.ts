/** The addresses of registers. */
import { api, form, mayDo, page, read } from '#platform/web'
import { keepRegister } from './keep.ts'
import { sessionsOfTrainer } from './mine.ts'
import { loadRegister, loadSheet, RegisterPage, SheetPage } from './pages.tsx'
import { addTurnedUp } from './turned-up.ts'

const register = { load: loadRegister, view: RegisterPage }
const leads = mayDo('runs.lead')

export const routes = [
  page('/sessions/:id/register', { ...register, access: leads }),
  form('/sessions/:id/register', {
    ...register,
    action: keepRegister,
    to: ({ id }) => `/sessions/${id}/register`,
    says: ({ changed, closed }) =>
      closed ? (changed > 0 ? 'Saved. The register is closed.' : 'The register is closed.') : 'Saved.',
  }),
  form('/sessions/:id/turned-up', {
    ...register,
    action: addTurnedUp,
    to: ({ id }) => `/sessions/${id}/register`,
    says: ({ name, place }) => (place ? `${name} has a place and is in the register.` : `${name} is in the register.`),
  }),
  page('/sessions/:id/sheet', { access: leads, load: loadSheet, view: SheetPage }),

  api('PUT', '/api/sessions/:id/register', keepRegister),
  api('POST', '/api/sessions/:id/turned-up', addTurnedUp),
  read('/api/sessions/:id/register', {
    does: 'Gives the register of a session: everyone with a place, their marks, and what was changed, for its trainers and those who arrange there.',
    scope: 'register:read',
    access: leads,
    load: loadRegister,
  }),
  read('/api/me/sessions', {
    does: 'Lists the sessions that you lead: ahead, with a register still open, or done.',
    scope: 'register:read',
    access: leads,
    load: async (visit) => {
      const which = (['ahead', 'open', 'done'] as const).find((known) => known === visit.query.get('which'))
      return { sessions: await sessionsOfTrainer(visit, { which: which ?? 'ahead', limit: 200 }) }
    },
  }),
]
