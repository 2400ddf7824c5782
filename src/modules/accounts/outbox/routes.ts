import { anyone, file, listing, page, read } from '#platform/web'
import { LetterPage, OutboxPage } from './pages.tsx'
import { letterIn, lettersIn } from './queries.ts'

export const outboxRoutes = [
  page('/outbox', {
    access: anyone,
    load: (visit) => lettersIn(visit, listing(visit, { sorts: ['written'] })),
    view: OutboxPage,
  }),
  page('/outbox/:id', { access: anyone, load: (visit, { id }) => letterIn(visit, id), view: LetterPage }),
  file('/outbox/:id/calendar.ics', {
    access: anyone,
    load: async (visit, { id }) => {
      const letter = await letterIn(visit, id)
      if (!letter?.calendar) return undefined
      return { type: 'text/calendar; charset=utf-8', body: letter.calendar, name: 'entry.ics' }
    },
  }),
  read('/api/outbox', {
    does: 'Lists the letters of the demonstration that were not sent, the newest first',
    scope: 'outbox:read',
    access: anyone,
    load: (visit) => lettersIn(visit, listing(visit, { sorts: ['written'], size: 100 })),
  }),
  read('/api/outbox/:id', {
    does: 'Gives one letter of the demonstration that was not sent',
    scope: 'outbox:read',
    access: anyone,
    load: (visit, { id }) => letterIn(visit, id),
  }),
]
