/** For which academies a page is shown. */

/** The name of the academy chosen, of the only one, or that it is all of them. */
export const whereName = (academies: readonly { name: string }[], chosen: { name: string } | undefined): string =>
  chosen?.name ?? (academies.length === 1 ? academies[0]!.name : 'All my academies')
