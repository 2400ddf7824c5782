/** People: the membership roll, finding people, and everything that is held about each. */
export { contactBy } from './contact.ts'
export { dataOf, type Held, type HeldKind } from './data/held.ts'
export { loadDataKinds } from './data/load-kinds.ts'
export { people } from './module.ts'
export { importMembers, type MembersImported } from './roll/import.ts'
