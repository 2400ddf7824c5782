/** Signing in, for modules: links, sessions and their limits. What stands behind it stays in its folder. */
export { linkMinutes } from './sign-in/auth.ts'
export { makeLink, useLink } from './sign-in/link.ts'
export { ownPath } from './sign-in/next.ts'
export { cookiesAway, cookiesFor, isDemonstration, type SignedIn, signInAs } from './sign-in/session.ts'
export {
  codesForPerson,
  type Limit,
  linksFromPlace,
  linksToAddress,
  placeOf,
  signInsFromPlace,
  withinLimit,
} from './sign-in/tries.ts'
