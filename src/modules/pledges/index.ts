/** Pledges: what members will change where they live, and what came of it. */
export { changePledge, makePledge, reviewPledge, withdrawPledge } from './actions.ts'
export { pledges } from './module.ts'
export { type Outcome, outcomeNames, type PledgeState, stateNames } from './pledge.ts'
export { type Pledge, pledgesOf } from './queries.ts'
