/** The nations and the regions of England, under the codes of the Office for National Statistics. */

export const regionCodes = {
  northEast: 'E12000001',
  northWest: 'E12000002',
  yorkshire: 'E12000003',
  eastMidlands: 'E12000004',
  westMidlands: 'E12000005',
  east: 'E12000006',
  london: 'E12000007',
  southEast: 'E12000008',
  southWest: 'E12000009',
  wales: 'W92000004',
  scotland: 'S92000003',
  northernIreland: 'N92000002',
} as const

export const england = 'E92000001'

/** A nation, or a region of England. Scotland, Wales and Northern Ireland are nations that act as their own region. */
export interface BuiltInArea {
  code: string
  name: string
  kind: 'nation' | 'region'
  /** The letters that stand for it in the file of constituencies. */
  letters?: string
}

export const nationsAndRegions: readonly BuiltInArea[] = [
  { code: england, name: 'England', kind: 'nation' },
  { code: regionCodes.scotland, name: 'Scotland', kind: 'nation', letters: 'SC' },
  { code: regionCodes.wales, name: 'Wales', kind: 'nation', letters: 'WA' },
  { code: regionCodes.northernIreland, name: 'Northern Ireland', kind: 'nation', letters: 'NI' },
  { code: regionCodes.northEast, name: 'North East', kind: 'region', letters: 'NE' },
  { code: regionCodes.northWest, name: 'North West', kind: 'region', letters: 'NW' },
  { code: regionCodes.yorkshire, name: 'Yorkshire and the Humber', kind: 'region', letters: 'YH' },
  { code: regionCodes.eastMidlands, name: 'East Midlands', kind: 'region', letters: 'EM' },
  { code: regionCodes.westMidlands, name: 'West Midlands', kind: 'region', letters: 'WM' },
  { code: regionCodes.east, name: 'East of England', kind: 'region', letters: 'EA' },
  { code: regionCodes.london, name: 'London', kind: 'region', letters: 'LO' },
  { code: regionCodes.southEast, name: 'South East', kind: 'region', letters: 'SE' },
  { code: regionCodes.southWest, name: 'South West', kind: 'region', letters: 'SW' },
]
