/** Places: asking, waiting, being offered, accepting, leaving. What other modules may use of them. */
export { acceptPlace, declinePlace } from './accept.ts'
export { type Asked, askForPlace } from './ask.ts'
export { takeOff, withdrawPlace } from './leave.ts'
export { type PersonsPlace, placesOf } from './mine.ts'
export { places } from './module.ts'
export { offerUntil, sayAhead } from './offer.ts'
export { type Disorder, faultsInPlaces, placesInOrder } from './order.ts'
export { seatForTurnedUp } from './turned-up.ts'
