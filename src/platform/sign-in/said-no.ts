/** Whether better-auth said no, rather than broke. */
export const saidNo = (error: unknown): boolean => error instanceof Error && error.name === 'APIError'

/** Gives this where better-auth said no; anything else that went wrong is thrown on. */
export const no =
  <Said>(said: Said) =>
  (error: unknown): Said => {
    if (saidNo(error)) return said
    throw error
  }
