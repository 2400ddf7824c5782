/** The audit file of a round: all that is needed to compute it again, and what came out. */
import { allocate, engineVersion, type Allocation } from './allocation.ts'
import { differencesBetween, type Difference } from './difference.ts'
import type { Json } from './json.ts'
import { fieldsOf, listAt, readId, readRound, readWhole, textAt } from './reading.ts'
import { byText, Unusable, type Applications, type Round } from './round.ts'
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

/** Draws a round: the seed from the applications and its parts, the result from both. Throws `Unusable` on a false part. */
export function auditOf(applications: Applications, parts: SeedParts): Audit {
  const members = [...applications.members].sort((a, b) => byText(a.id, b.id))
  const runs = [...applications.runs].sort((a, b) => byText(a.id, b.id))
  const digest = rollDigest(members)
  const input = { round: applications.round, seed: seedFrom(digest, parts), runs, members }
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

/** Computes everything again and says where the audit file differs from what it should say; nowhere if it is true. */
export function verify({ engine, rollDigest: roll, seedFrom: parts, input, result }: ClaimedAudit): Difference[] {
  const digest = rollDigest(input.members)
  return [
    ...differencesBetween('engine', engineVersion, engine),
    ...differencesBetween('rollDigest', digest, roll),
    ...seedDifferences(digest, parts, input.seed),
    ...differencesBetween('result', allocate(input), result),
  ]
}

function seedDifferences(digest: string, parts: SeedParts, found: string): Difference[] {
  try {
    return differencesBetween('input.seed', seedFrom(digest, parts), found)
  } catch (problem) {
    if (!(problem instanceof Unusable)) throw problem
    return [{ path: 'seedFrom', expected: 'parts that prove the seed', found: problem.message }]
  }
}

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
