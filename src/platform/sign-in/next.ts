/** Where to go after signing in: a page of ours, or nowhere that was asked for. */

const no = /^\/(sign-in|sign-out|api|account\/second-factor)(\/|$|\?)/

/** The page asked for, as a path of this installation; undefined where it is anything else. */
export function ownPath(said: unknown, address: string): string | undefined {
  if (typeof said !== 'string' || said.length > 1000 || !said.startsWith('/')) return undefined
  const base = new URL(address)
  const url = URL.canParse(said, base) ? new URL(said, base) : undefined
  if (!url || url.origin !== base.origin || url.pathname.startsWith('//') || no.test(url.pathname)) return undefined
  return `${url.pathname}${url.search}${url.hash}`
}
