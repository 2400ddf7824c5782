/** The one door to the web for modules: visits, access, actions, fields and routes. Fastify stays behind it. */
export { type Access, anyone, mayDo, members, signedIn } from './web/access.ts'
export { type Action, action, admit, check, perform } from './web/action.ts'
export * as fields from './web/fields.ts'
export { type Listing, listing } from './web/listing.ts'
export { type Answer, api, csv, file, form, page, problemsIn, read, type Route } from './web/routes.ts'
export { bare, type From, type Visit, visitByHearten, visitOf } from './web/visit.ts'
export { type Actor, hasRole, hearten, personOf, stranger } from './actor.ts'
