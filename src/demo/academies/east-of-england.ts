import type { AcademyPlan } from './plan.ts'

export const eastOfEngland: AcademyPlan = {
  slug: 'east-of-england',
  name: 'East of England academy',
  serves: 'East of England',
  home: 'Ipswich',
  summary:
    'New towns, old ports and a lot of road between them. Many of our members cannot get home by bus after nine, so we start early, share lifts and teach one course in three online.',
  phone: '01632 960 518',
  venues: [
    {
      name: 'Nansen Road Centre',
      address: '140 Nansen Road, Ipswich',
      postcode: 'IP3 9HN',
      in: 'Ipswich',
      lat: 52.04,
      lon: 1.19,
      rooms: [
        ['Hall', 45],
        ['Room 1', 20],
      ],
      access: ['step-free', 'hearing loop', 'parking', 'children'],
      stop: 'Nacton Road stop, bus 2',
    },
    {
      name: 'Bury Park Meeting House',
      address: '66 Dunstable Road, Luton',
      postcode: 'LU1 1EH',
      in: 'Luton South',
      lat: 51.88,
      lon: -0.43,
      rooms: [
        ['Meeting room', 50],
        ['Library', 16],
      ],
      access: ['step-free', 'hearing loop', 'quiet room', 'children'],
      stop: 'Luton station, eleven minutes on foot',
    },
    {
      name: 'Heartsease Lane Hall',
      address: '90 Heartsease Lane, Norwich',
      postcode: 'NR7 9NT',
      in: 'Norwich North',
      lat: 52.64,
      lon: 1.33,
      rooms: [
        ['Main hall', 60],
        ['Committee room', 14],
      ],
      access: ['step-free', 'parking', 'quiet room'],
      stop: 'Heartsease Fiveways stop, bus 24',
    },
    {
      name: 'Netherfield Youth Club',
      address: '15 Kiln Lane, Harlow',
      postcode: 'CM18 6QD',
      in: 'Harlow',
      lat: 51.76,
      lon: 0.1,
      rooms: [
        ['Club room', 35],
        ['Studio', 12],
      ],
      access: ['step-free', 'hearing loop', 'parking', 'children'],
      stop: 'Harlow bus station, bus 10',
    },
  ],
  partners: [
    {
      slug: 'orwell-college-of-further-education',
      name: 'Orwell College of Further Education',
      kind: 'college',
      in: 'Ipswich',
      summary: 'Moderates our digital courses, and opens its computer rooms to us on Saturdays.',
    },
    {
      slug: 'fens-and-broads-learning',
      name: 'Fens and Broads Learning',
      kind: 'adult education',
      in: 'North West Norfolk',
      summary: 'English classes for people who work in the fields and packhouses, taught beside our first courses.',
    },
  ],
}
