/** Wishes: who wants to be told when a course runs near them, and what that asks of those who plan. */
export { wishes } from './module.ts'
