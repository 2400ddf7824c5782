/** A device that makes and shows passkeys, for tests: real keys, real signatures, and lies where a test wants them. */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

export interface Device {
  id: string
  key: KeyObject
  counter: number
  origin: string
  rp: string
}

/** Makes a passkey in answer to a challenge. */
export function make(challenge: string, origin = 'http://localhost:3000', rp = 'localhost') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const raw = randomBytes(16)
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'), // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    Buffer.from(x!, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y!, 'base64url'),
  ])
  const data = Buffer.concat([
    sha256(rp),
    Buffer.from([0x45]), // someone was there, was recognised, and here is the key
    Buffer.alloc(4),
    Buffer.alloc(16),
    Buffer.from([0, raw.length]),
    raw,
    cose,
  ])
  const attestation = Buffer.concat([
    Buffer.from([0xa3]),
    words('fmt'),
    words('none'),
    words('attStmt'),
    Buffer.from([0xa0]),
    words('authData'),
    Buffer.from([0x58, data.length]),
    data,
  ])
  const device: Device = { id: raw.toString('base64url'), key: privateKey, counter: 0, origin, rp }
  const answer = {
    id: device.id,
    rawId: device.id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: said('webauthn.create', challenge, origin),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    },
  }
  return { device, answer }
}

/** Signs a challenge with a passkey. */
export function sign(device: Device, challenge: string, { origin = device.origin, counter = ++device.counter } = {}) {
  const client = said('webauthn.get', challenge, origin)
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  const data = Buffer.concat([sha256(device.rp), Buffer.from([0x05]), count])
  const signature = createSign('sha256')
    .update(Buffer.concat([data, sha256(Buffer.from(client, 'base64url'))]))
    .sign(device.key)
  return {
    id: device.id,
    rawId: device.id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: client,
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    },
  }
}

const said = (type: string, challenge: string, origin: string): string =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')

const sha256 = (of: string | Buffer): Buffer => createHash('sha256').update(of).digest()

const words = (text: string): Buffer => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
