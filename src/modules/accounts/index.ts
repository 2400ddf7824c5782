export { signInAs } from '#platform/sign-in'
export { accounts } from './module.ts'
