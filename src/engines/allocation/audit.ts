/** The audit file of a round: all that is needed to compute it again, and what came out. */
import { allocate, engineVersion, type Allocation } from './allocation.ts'
import { differencesBetween, type Difference } from './difference.ts'
import type { Json } from './json.ts'
import { fieldsOf, listAt, readId, readRound, readWhole, textAt } from './reading.ts'
import { byText, Unusable, type Applications, type Member, type Round, type Run } from './round.ts'
import { rollDigest, seedFrom, type Beacon, type Commitment, type SeedParts } from './seed.ts'

/** Keys in this order; members and runs in order of id. */
export interface Audit {
  engine: string
  rollDigest: string
  seedFrom: SeedParts
  input: Round
  result: Allocation
}

/** An audit file as it was read: its input can be used; what it says came out is not believed yet. */
export interface ClaimedAudit {
  engine: Json
  rollDigest: Json
  seedFrom: SeedParts
  input: Round
  result: Json
}

/**
 * Draws a round: the seed from the applications and its parts, the result from both. Equal applications give equal
 * bytes, and nothing enters the file but the fields of a round. Throws `Unusable` where applications or parts are unfit.
 */
export function auditOf(applications: Applications, parts: SeedParts): Audit {
  const members = [...applications.members].sort(byId).map(memberForAudit)
  const runs = [...applications.runs].sort(byId).map(runForAudit)
  const digest = rollDigest(members)
  const input = readRound({ round: applications.round, seed: seedFrom(digest, parts), runs, members })
  return { engine: engineVersion, rollDigest: digest, seedFrom: parts, input, result: allocate(input) }
}

/** Reads an audit file. Throws `Unusable` naming the place. */
export function readAudit(json: Json): ClaimedAudit {
  const { engine, rollDigest, seedFrom, input, result } = fieldsOf(json, '', [
    'engine',
    'rollDigest',
    'seedFrom',
    'input',
    'result',
  ])
  return { engine, rollDigest, seedFrom: readSeedParts(seedFrom), input: readRound(input, 'input'), result }
}

/**
 * Computes everything again and gives each place where the audit file differs from what it should say; none if it is
 * true. A hostile file can differ in millions of places: take as many as you can use.
 */
export function* verify(audit: ClaimedAudit): Generator<Difference, void, undefined> {
  const digest = rollDigest(audit.input.members)
  yield* differencesBetween('engine', engineVersion, audit.engine)
  yield* differencesBetween('rollDigest', digest, audit.rollDigest)
  yield* seedDifferences(digest, audit.seedFrom, audit.input.seed)
  yield* differencesBetween('result', allocate(audit.input), audit.result)
}

function seedDifferences(digest: string, parts: SeedParts, found: string): Difference[] {
  try {
    return [...differencesBetween('input.seed', seedFrom(digest, parts), found)]
  } catch (problem) {
    if (!(problem instanceof Unusable)) throw problem
    return [{ path: 'seedFrom', expected: 'parts that prove the seed', found: problem.message }]
  }
}

const byId = (a: { id: string }, b: { id: string }): number => byText(a.id, b.id)

const memberForAudit = ({ id, band, traits, preferences }: Member) => ({
  id,
  band,
  traits: [...traits].sort(byText),
  preferences: [...preferences],
})

const runForAudit = ({ id, capacity, reserves }: Run) => ({
  id,
  capacity,
  reserves: Object.fromEntries(Object.entries(reserves).sort(([a], [b]) => byText(a, b))),
})

function readSeedParts(json: Json): SeedParts {
  const parts = fieldsOf(json, 'seedFrom', [], ['beacon', 'nonces'])
  if ((parts.beacon === undefined) === (parts.nonces === undefined))
    throw new Unusable('seedFrom: there should be either “beacon” or “nonces” here')
  if (parts.beacon !== undefined) return { beacon: readBeacon(parts.beacon) }
  return { nonces: listAt(parts.nonces, 'seedFrom.nonces').map(readCommitment) }
}

function readBeacon(json: Json): Beacon {
  const at = 'seedFrom.beacon'
  const { network, round, randomness, signature } = fieldsOf(
    json,
    at,
    ['network', 'round', 'randomness'],
    ['signature'],
  )
  return {
    network: readId(network, `${at}.network`),
    round: readWhole(round, `${at}.round`),
    randomness: textAt(randomness, `${at}.randomness`),
    ...(signature === undefined ? {} : { signature: textAt(signature, `${at}.signature`) }),
  }
}

function readCommitment(json: Json, i: number): Commitment {
  const at = `seedFrom.nonces[${i}]`
  const { digest, nonce } = fieldsOf(json, at, ['digest', 'nonce'])
  return { digest: textAt(digest, `${at}.digest`), nonce: nonce === null ? null : textAt(nonce, `${at}.nonce`) }
}
