import type { AcademyPlan } from './plan.ts'

export const southEast: AcademyPlan = {
  slug: 'south-east',
  name: 'South East academy',
  serves: 'South East',
  home: 'Southampton, Test',
  summary:
    'From the Thames to the Isle of Wight and round to Thanet. Members here are many and far apart, so we build small teams that train together and then train the next.',
  phone: '01632 960 644',
  venues: [
    {
      name: 'Shirley Warren Hall',
      address: '52 Warren Crescent, Southampton',
      postcode: 'SO16 6AY',
      in: 'Southampton, Test',
      lat: 50.93,
      lon: -1.43,
      rooms: [
        ['Hall', 50],
        ['Side room', 16],
      ],
      access: ['step-free', 'hearing loop', 'parking', 'children'],
      stop: 'Tebourba Way stop, bus 17',
    },
    {
      name: 'Whitehawk Hill Rooms',
      address: '61 Whitehawk Road, Brighton',
      postcode: 'BN2 5FL',
      in: 'Brighton, Kemptown',
      lat: 50.83,
      lon: -0.1,
      rooms: [
        ['Big room', 40],
        ['Little room', 12],
      ],
      access: ['step-free', 'hearing loop', 'quiet room', 'children'],
      stop: 'Whitehawk garage stop, bus 1',
    },
    {
      name: 'Blackbird Leys Meeting Rooms',
      address: '24 Cuddesdon Way, Oxford',
      postcode: 'OX4 6JH',
      in: 'Oxford East',
      lat: 51.72,
      lon: -1.2,
      rooms: [
        ['Room A', 35],
        ['Room B', 20],
      ],
      access: ['step-free', 'parking', 'quiet room', 'children'],
      stop: 'Cuddesdon Way stop, bus 5',
    },
    {
      name: 'Newington Hall, Ramsgate',
      address: '110 Newington Road, Ramsgate',
      postcode: 'CT12 6PT',
      in: 'South Thanet',
      lat: 51.34,
      lon: 1.4,
      rooms: [
        ['Hall', 48],
        ['Kitchen room', 14],
      ],
      access: ['step-free', 'hearing loop', 'parking'],
      stop: 'Newington Road stop, bus 9',
    },
    {
      name: 'Slough Trading Estate Social Club',
      address: '300 Buckingham Avenue, Slough',
      postcode: 'SL1 4PQ',
      in: 'Slough',
      lat: 51.52,
      lon: -0.63,
      rooms: [
        ['Function room', 60],
        ['Committee room', 18],
      ],
      access: ['step-free', 'parking', 'children'],
      stop: 'Burnham station, ten minutes on foot',
    },
  ],
  partners: [
    {
      slug: 'solent-and-downs-college',
      name: 'Solent and Downs College',
      kind: 'college',
      in: 'Portsmouth South',
      summary: 'Gives a unit in public speaking that our learners can take without paying.',
    },
    {
      slug: 'channel-coast-workers-education',
      name: 'Channel Coast Workers’ Education',
      kind: 'adult education',
      in: 'Hastings and Rye',
      summary: 'Hosts our courses in Hastings, and teaches the history of the coast’s own unions.',
    },
  ],
}
