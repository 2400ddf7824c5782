/**
 * The 124 postcode areas: the one or two letters a postcode begins with, the town each is named for, and the region
 * that most of its postcodes are in. It is enough to find the region of a postcode where no postcodes are loaded. Three lie outside the
 * United Kingdom (Guernsey, Jersey, the Isle of Man) and have no region.
 */
import { regionCodes as at } from './built-in-regions.ts'

export interface PostcodeArea {
  letters: string
  town: string
  /** The code of the region, or of the nation that is its own region. */
  region: string | null
}

const table: Readonly<Record<string, readonly [letters: string, town: string][]>> = {
  [at.northEast]: [
    ['DH', 'Durham'],
    ['DL', 'Darlington'],
    ['NE', 'Newcastle upon Tyne'],
    ['SR', 'Sunderland'],
    ['TS', 'Middlesbrough'],
  ],
  [at.northWest]: [
    ['BB', 'Blackburn'],
    ['BL', 'Bolton'],
    ['CA', 'Carlisle'],
    ['CH', 'Chester'],
    ['CW', 'Crewe'],
    ['FY', 'Blackpool'],
    ['L', 'Liverpool'],
    ['LA', 'Lancaster'],
    ['M', 'Manchester'],
    ['OL', 'Oldham'],
    ['PR', 'Preston'],
    ['SK', 'Stockport'],
    ['WA', 'Warrington'],
    ['WN', 'Wigan'],
  ],
  [at.yorkshire]: [
    ['BD', 'Bradford'],
    ['DN', 'Doncaster'],
    ['HD', 'Huddersfield'],
    ['HG', 'Harrogate'],
    ['HU', 'Hull'],
    ['HX', 'Halifax'],
    ['LS', 'Leeds'],
    ['S', 'Sheffield'],
    ['WF', 'Wakefield'],
    ['YO', 'York'],
  ],
  [at.eastMidlands]: [
    ['DE', 'Derby'],
    ['LE', 'Leicester'],
    ['LN', 'Lincoln'],
    ['NG', 'Nottingham'],
    ['NN', 'Northampton'],
  ],
  [at.westMidlands]: [
    ['B', 'Birmingham'],
    ['CV', 'Coventry'],
    ['DY', 'Dudley'],
    ['HR', 'Hereford'],
    ['ST', 'Stoke-on-Trent'],
    ['SY', 'Shrewsbury'],
    ['TF', 'Telford'],
    ['WR', 'Worcester'],
    ['WS', 'Walsall'],
    ['WV', 'Wolverhampton'],
  ],
  [at.east]: [
    ['AL', 'St Albans'],
    ['CB', 'Cambridge'],
    ['CM', 'Chelmsford'],
    ['CO', 'Colchester'],
    ['IP', 'Ipswich'],
    ['LU', 'Luton'],
    ['NR', 'Norwich'],
    ['PE', 'Peterborough'],
    ['SG', 'Stevenage'],
    ['SS', 'Southend-on-Sea'],
    ['WD', 'Watford'],
  ],
  [at.london]: [
    ['BR', 'Bromley'],
    ['CR', 'Croydon'],
    ['E', 'London, East'],
    ['EC', 'London, East Central'],
    ['EN', 'Enfield'],
    ['HA', 'Harrow'],
    ['IG', 'Ilford'],
    ['N', 'London, North'],
    ['NW', 'London, North West'],
    ['RM', 'Romford'],
    ['SE', 'London, South East'],
    ['SM', 'Sutton'],
    ['SW', 'London, South West'],
    ['TW', 'Twickenham'],
    ['UB', 'Southall'],
    ['W', 'London, West'],
    ['WC', 'London, West Central'],
  ],
  [at.southEast]: [
    ['BN', 'Brighton'],
    ['CT', 'Canterbury'],
    ['DA', 'Dartford'],
    ['GU', 'Guildford'],
    ['HP', 'Hemel Hempstead'],
    ['KT', 'Kingston upon Thames'],
    ['ME', 'Rochester'],
    ['MK', 'Milton Keynes'],
    ['OX', 'Oxford'],
    ['PO', 'Portsmouth'],
    ['RG', 'Reading'],
    ['RH', 'Redhill'],
    ['SL', 'Slough'],
    ['SO', 'Southampton'],
    ['TN', 'Tonbridge'],
  ],
  [at.southWest]: [
    ['BA', 'Bath'],
    ['BH', 'Bournemouth'],
    ['BS', 'Bristol'],
    ['DT', 'Dorchester'],
    ['EX', 'Exeter'],
    ['GL', 'Gloucester'],
    ['PL', 'Plymouth'],
    ['SN', 'Swindon'],
    ['SP', 'Salisbury'],
    ['TA', 'Taunton'],
    ['TQ', 'Torquay'],
    ['TR', 'Truro'],
  ],
  [at.wales]: [
    ['CF', 'Cardiff'],
    ['LD', 'Llandrindod Wells'],
    ['LL', 'Llandudno'],
    ['NP', 'Newport'],
    ['SA', 'Swansea'],
  ],
  [at.scotland]: [
    ['AB', 'Aberdeen'],
    ['DD', 'Dundee'],
    ['DG', 'Dumfries'],
    ['EH', 'Edinburgh'],
    ['FK', 'Falkirk'],
    ['G', 'Glasgow'],
    ['HS', 'Stornoway'],
    ['IV', 'Inverness'],
    ['KA', 'Kilmarnock'],
    ['KW', 'Kirkwall'],
    ['KY', 'Kirkcaldy'],
    ['ML', 'Motherwell'],
    ['PA', 'Paisley'],
    ['PH', 'Perth'],
    ['TD', 'Galashiels'],
    ['ZE', 'Lerwick'],
  ],
  [at.northernIreland]: [['BT', 'Belfast']],
}

const outside: readonly [letters: string, town: string][] = [
  ['GY', 'Guernsey'],
  ['IM', 'Douglas, Isle of Man'],
  ['JE', 'Jersey'],
]

/** Every postcode area by its letters. */
export const postcodeAreas: ReadonlyMap<string, PostcodeArea> = new Map(
  [
    ...Object.entries(table).flatMap(([region, areas]) =>
      areas.map(([letters, town]): PostcodeArea => ({ letters, town, region })),
    ),
    ...outside.map(([letters, town]): PostcodeArea => ({ letters, town, region: null })),
  ].map((area) => [area.letters, area]),
)

/** The region of a postcode by the letters it begins with; null where there is none. */
export const postcodeRegion = (letters: string): string | null => postcodeAreas.get(letters)?.region ?? null
