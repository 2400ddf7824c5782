/** Made-up names as they are met in the United Kingdom, more of each community where more of it lives. */
import type { Random } from '#core/random'
import { stock } from './name-stock.ts'

export type Community = keyof typeof stock

/** Of a thousand members, about how many are from each community; the rest are from the first. */
type Mix = Partial<Record<Community, number>>

const everywhere: Mix = {
  pakistani: 20,
  indian: 12,
  sikh: 6,
  bangladeshi: 6,
  nigerian: 10,
  ghanaian: 5,
  somali: 4,
  caribbean: 18,
  polish: 12,
  romanian: 6,
  chinese: 6,
  turkish: 3,
  arab: 6,
  irish: 25,
  jewish: 4,
  portuguese: 4,
  iranian: 4,
  filipino: 3,
  tamil: 2,
  greek: 2,
  scottish: 20,
  welsh: 20,
}

const mixes: Readonly<Record<string, Mix>> = {
  London: {
    ...everywhere,
    bangladeshi: 45,
    nigerian: 50,
    ghanaian: 28,
    somali: 22,
    caribbean: 75,
    indian: 50,
    sikh: 20,
    pakistani: 30,
    turkish: 25,
    tamil: 16,
    polish: 22,
    romanian: 18,
    chinese: 14,
    arab: 20,
    irish: 40,
    jewish: 22,
    greek: 16,
    portuguese: 18,
    filipino: 10,
    iranian: 10,
  },
  'West Midlands': { ...everywhere, pakistani: 65, indian: 25, sikh: 45, bangladeshi: 14, caribbean: 40, irish: 35 },
  'East Midlands': { ...everywhere, indian: 45, sikh: 14, caribbean: 25, polish: 25, romanian: 14 },
  'Yorkshire and the Humber': { ...everywhere, pakistani: 55, polish: 18, arab: 8, caribbean: 16 },
  'North West': { ...everywhere, pakistani: 45, indian: 16, bangladeshi: 10, irish: 50, jewish: 8, chinese: 8 },
  'East of England': { ...everywhere, polish: 20, romanian: 14, portuguese: 12, bangladeshi: 10 },
  'South East': { ...everywhere, indian: 16, sikh: 10, filipino: 6 },
  Scotland: { ...thinner(everywhere), scottish: 620, irish: 45, pakistani: 16, polish: 22 },
  Wales: { ...thinner(everywhere), welsh: 560, irish: 25, somali: 5, scottish: 8 },
  'Northern Ireland': { ...thinner(thinner(everywhere)), irish: 520, scottish: 120, polish: 10, portuguese: 6 },
}

function thinner(mix: Mix): Mix {
  return Object.fromEntries(Object.entries(mix).map(([community, share]) => [community, share / 2])) as Mix
}

/** A name as it might be met in this region or nation. */
export function nameIn(region: string, random: Random): string {
  const family = communityIn(region, random)
  // some people are named by one community and married into another
  const given = random.next() < 0.06 ? communityIn(region, random) : family
  const first = random.pick(stock[given].given)
  const last = agreeing(first, random.pick(stock[family].family))
  const second = family === 'british' && random.next() < 0.03 ? `-${random.pick(stock.british.family)}` : ''
  return `${first} ${last}${second}`
}

/** Some family names differ between women and men. */
function agreeing(first: string, last: string): string {
  if (last.endsWith('ski') && first.endsWith('a')) return `${last.slice(0, -1)}a`
  if ((last === 'Begum' || last === 'Khatun') && !/[an]$/.test(first)) return 'Miah'
  return last
}

function communityIn(region: string, random: Random): Community {
  let at = random.next() * 1000
  for (const [community, share] of sharesIn(region)) if ((at -= share) < 0) return community
  return 'british'
}

const known = new Map<string, [Community, number][]>()
const sharesIn = (region: string): [Community, number][] => {
  let shares = known.get(region)
  if (!shares) known.set(region, (shares = Object.entries(mixes[region] ?? everywhere) as [Community, number][]))
  return shares
}

/** The name as it stands before the @ of an email address: plain letters, one dot. */
export const mailboxOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ı', 'i')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .split(' ')
    .join('.')
