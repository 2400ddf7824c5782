/** What the demonstration says of an academy, its venues and its partners. All made up, but for the towns. */

export interface AcademyPlan {
  slug: string
  name: string
  /** The region or nation it serves, by name. */
  serves: string
  /** The constituency it is in, by name. */
  home: string
  summary: string
  /** One of the numbers set aside for drama. */
  phone: string
  venues: readonly VenuePlan[]
  partners: readonly PartnerPlan[]
}

export interface VenuePlan {
  name: string
  address: string
  postcode: string
  /** Its constituency, by name. */
  in: string
  lat: number
  lon: number
  rooms: readonly (readonly [name: string, capacity: number])[]
  access: readonly ('step-free' | 'hearing loop' | 'parking' | 'quiet room' | 'children')[]
  stop: string
  notes?: string
}

export interface PartnerPlan {
  slug: string
  name: string
  kind: 'college' | 'university' | 'union education' | 'adult education' | 'other'
  summary: string
  /** Its constituency, by name. */
  in: string
}
