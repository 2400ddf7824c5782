/** The twelve academies of the demonstration, one for each region of England and each other nation. */
import { eastMidlands } from './east-midlands.ts'
import { eastOfEngland } from './east-of-england.ts'
import { london } from './london.ts'
import { northEast } from './north-east.ts'
import { northWest } from './north-west.ts'
import { northernIreland } from './northern-ireland.ts'
import type { AcademyPlan } from './plan.ts'
import { scotland } from './scotland.ts'
import { southEast } from './south-east.ts'
import { southWest } from './south-west.ts'
import { wales } from './wales.ts'
import { westMidlands } from './west-midlands.ts'
import { yorkshire } from './yorkshire.ts'

export type { AcademyPlan, PartnerPlan, VenuePlan } from './plan.ts'

export const academies: readonly AcademyPlan[] = [
  eastMidlands,
  yorkshire,
  northEast,
  northWest,
  westMidlands,
  eastOfEngland,
  london,
  southEast,
  southWest,
  wales,
  scotland,
  northernIreland,
]
