/** A command that cannot go on says why in one sentence and ends with a code other than zero. */
export class Unusable extends Error {
  override name = 'Unusable'
}

/** The sentence for a fault that an operator can mend; undefined for one that is ours. */
export function sayFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (
    [
      'Unusable',
      'WrongSetting',
      'WrongAccent',
      'WrongDatabase',
      'UnusableFile',
      'Refusal',
      'Invalid',
      'UnreadableCatalogue',
    ].includes(error.name)
  )
    return error.message
  const { code } = error as { code?: string }
  return code === undefined ? undefined : known[code]?.(error)
}

const known: Record<string, (error: Error) => string> = {
  ECONNREFUSED: () =>
    'The database cannot be reached: nothing answers at its address. Check DATABASE_URL and that the server runs.',
  ENOTFOUND: (error) => `The database cannot be reached: ${error.message}. Check the host in DATABASE_URL.`,
  '28P01': () => 'The database refused the name or the password in DATABASE_URL.',
  '28000': (error) => `The database refused the connection: ${error.message}.`,
  '3D000': (error) => `The database does not exist: ${error.message}.`,
  '42501': (error) => `The database account may not do what Hearten needs: ${error.message}.`,
  EACCES: (error) => `A file or folder cannot be used: ${error.message}.`,
  EROFS: (error) => `A file or folder cannot be written: ${error.message}.`,
  ENOSPC: () => 'The disk is full. Free some space and start again.',
  ENOENT: (error) => `There is no such file: ${error.message}.`,
}
