/** Signing in, for modules: links, passkeys, second factors, sessions and limits. What stands behind it stays in its folder. */
export { linkMinutes, warmUp } from './sign-in/auth.ts'
export { makeLink, useLink } from './sign-in/link.ts'
export { ownPath } from './sign-in/next.ts'
export {
  type Challenge,
  challengeToMake,
  challengeToSignIn,
  keepPasskey,
  signInWithPasskey,
} from './sign-in/passkey.ts'
export {
  beginSecondFactor,
  recoveryCodesLeft,
  removeSecondFactor,
  renewRecoveryCodes,
  secondFactorKey,
  showSecondFactor,
} from './sign-in/second-factor.ts'
export { cookiesAway, cookiesFor, endsAt, isDemonstration, type SignedIn, signInAs } from './sign-in/session.ts'
export {
  codesForPerson,
  type Limit,
  linksFromPlace,
  linksToAddress,
  placeOf,
  signInsFromPlace,
  withinLimit,
} from './sign-in/tries.ts'
