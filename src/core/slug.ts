/** The part of an address that stands for a name. */

/** "St Ann’s Academy" becomes st-anns-academy: small letters, figures and dashes, at most 90 of them; nothing where there are none. */
export const slugFor = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}’'ʼ]+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 90)
    .replace(/-+$/, '')
