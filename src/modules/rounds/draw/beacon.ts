/** The public beacon: randomness that the drand network publishes every three seconds, signed so that anyone can verify it. */
import { createHash } from 'node:crypto'
import { bls12_381 } from '@noble/curves/bls12-381.js'

/** The network called quicknet: its public key, when it began and how often it speaks (https://api.drand.sh). */
const quicknet = {
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  domain: 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_',
  genesis: 1_692_803_367,
  period: 3,
}

export const beaconNetwork = 'quicknet'

// the announcement must be out before the beacon speaks
const lead = 60

/** The first round of the beacon that comes more than a minute after this moment. */
export const beaconAfter = (moment: Date): number =>
  Math.floor((moment.getTime() / 1000 + lead - quicknet.genesis) / quicknet.period) + 2

/** When the beacon speaks in a round. */
export const timeOfBeacon = (round: number): Date => new Date((quicknet.genesis + (round - 1) * quicknet.period) * 1000)

/** The randomness of a signature: its SHA-256, in hexadecimal. */
export const randomnessIn = (signature: string): string => createHash('sha256').update(signature, 'hex').digest('hex')

/** Whether a signature (96 hexadecimal digits) is the beacon's for this round. Nobody else can make one. */
export function isOfBeacon(round: number, signature: string): boolean {
  if (!Number.isSafeInteger(round) || round < 1 || !/^[0-9a-f]{96}$/.test(signature)) return false
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(round))
  const bls = bls12_381.shortSignatures
  try {
    const message = bls.hash(createHash('sha256').update(number).digest(), quicknet.domain)
    return bls.verify(Buffer.from(signature, 'hex'), message, Buffer.from(quicknet.publicKey, 'hex'))
  } catch {
    // what is not a point of the curve is no signature
    return false
  }
}
