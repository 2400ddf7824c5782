import { moduleOf } from '#platform/module'
import { anyone, api, form, page, read, type Visit } from '#platform/web'
import { academiesWithin } from '../academies/index.ts'
import { addPartner, changePartner, everywhere, removePartner } from './actions.ts'
import { EditPage, type Editing, PartnerPage, PartnersPage } from './pages.tsx'
import { allPartners, findPartner } from './partner.ts'

type Of = { slug: string }

const fresh = {
  load: async ({ db, actor }: Visit): Promise<Editing> => ({
    partner: undefined,
    academies: await academiesWithin(db, actor, 'academies.edit'),
  }),
  view: EditPage,
}

const edited = {
  load: async (visit: Visit, { slug }: Of): Promise<Editing | undefined> => {
    const partner = await findPartner(visit.db, slug)
    return partner && { ...(await fresh.load(visit)), partner }
  },
  view: EditPage,
}

const toPartner = (_: unknown, { slug }: Of) => `/partners/${slug}`

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const partners = moduleOf({
  name: 'partners',
  routes: [
    page('/partners', { access: anyone, load: ({ db }) => allPartners(db), view: PartnersPage }),
    page('/partners/new', { ...fresh, access: everywhere }),
    form('/partners/new', { ...fresh, action: addPartner, to: toPartner, says: () => 'The partner is added' }),
    page('/partners/:slug', { access: anyone, load: ({ db }, { slug }) => findPartner(db, slug), view: PartnerPage }),
    page('/partners/:slug/edit', { ...edited, access: everywhere }),
    form('/partners/:slug/edit', { ...edited, action: changePartner, to: toPartner, says: () => 'It is saved' }),
    form('/partners/:slug/removal', {
      ...edited,
      action: removePartner,
      to: () => '/partners',
      says: ({ name }) => `${name} is removed`,
    }),
    read('/api/partners', {
      does: 'Lists the partner institutions.',
      scope: 'partners:read',
      access: anyone,
      load: async ({ db }) => ({ partners: await allPartners(db) }),
    }),
    read('/api/partners/:slug', {
      does: 'Reads one partner institution.',
      scope: 'partners:read',
      access: anyone,
      load: ({ db }, { slug }) => findPartner(db, slug),
    }),
    api('POST', '/api/partners', addPartner),
    api('PUT', '/api/partners/:slug', changePartner),
    api('DELETE', '/api/partners/:slug', removePartner),
  ],
})
