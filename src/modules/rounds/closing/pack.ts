/** Large texts as they are kept: compressed, and always the same bytes for the same text. */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'

/** The text, compressed, off the main thread. */
export const packed = (pieces: Iterable<string>): Promise<Buffer> =>
  promisify(gzip)(Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece, 'utf8'))), { level: 6 })

/** The text again. */
export const unpacked = async (body: Buffer): Promise<string> => (await promisify(gunzip)(body)).toString('utf8')
