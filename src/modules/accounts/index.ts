/** Accounts: signing in, and who holds which right. */
export { signInAs } from '#platform/sign-in'
export { accounts } from './module.ts'
export { endRight, grantRight } from './rights/actions.ts'
export { sayRole, sayWhere } from './rights/right.ts'
