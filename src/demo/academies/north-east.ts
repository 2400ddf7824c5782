import type { AcademyPlan } from './plan.ts'

export const northEast: AcademyPlan = {
  slug: 'north-east',
  name: 'North East academy',
  serves: 'North East',
  home: 'Gateshead',
  summary:
    'Tyne, Wear, Tees and the pit villages between. Half of our courses are held within a mile of a closed pit, yard or plant, with the people who worked there.',
  phone: '0191 498 0175',
  venues: [
    {
      name: 'Saltwell Grove House',
      address: '22 Saltwell Road, Gateshead',
      postcode: 'NE8 4XA',
      in: 'Gateshead',
      lat: 54.95,
      lon: -1.61,
      rooms: [
        ['Garden hall', 40],
        ['Upper room', 16],
      ],
      access: ['step-free', 'hearing loop', 'quiet room', 'children'],
      stop: 'Gateshead Metro, twelve minutes on foot',
      notes: 'The upper room is up one flight of stairs and has no lift.',
    },
    {
      name: 'Seaside Lane Welfare',
      address: '60 Seaside Lane, Easington',
      postcode: 'SR8 3PG',
      in: 'Easington',
      lat: 54.79,
      lon: -1.33,
      rooms: [
        ['Main hall', 90],
        ['Lodge room', 20],
      ],
      access: ['step-free', 'parking', 'children'],
      stop: 'Seaside Lane stop, buses 22 and 23',
    },
    {
      name: 'North Ormesby Institute',
      address: '9 Market Place, Middlesbrough',
      postcode: 'TS3 6LD',
      in: 'Middlesbrough',
      lat: 54.57,
      lon: -1.21,
      rooms: [
        ['Institute hall', 50],
        ['Side room', 15],
      ],
      access: ['step-free', 'hearing loop', 'parking'],
      stop: 'North Ormesby market stop, bus 63',
    },
    {
      name: 'Hendon Old Rectory',
      address: '31 Villette Road, Sunderland',
      postcode: 'SR2 8RJ',
      in: 'Sunderland Central',
      lat: 54.89,
      lon: -1.37,
      rooms: [
        ['Parlour', 18],
        ['Hall', 35],
      ],
      access: ['step-free', 'quiet room', 'children'],
      stop: 'Park Lane interchange, fifteen minutes on foot',
    },
  ],
  partners: [
    {
      slug: 'wear-and-derwent-college',
      name: 'Wear and Derwent College',
      kind: 'college',
      in: 'City of Durham',
      summary: 'Gives our learners a library card, a computer room on Tuesdays and a route into its access courses.',
    },
    {
      slug: 'northern-trades-education-office',
      name: 'Northern Trades Education Office',
      kind: 'union education',
      in: 'Newcastle upon Tyne East',
      summary: 'Trains union reps, and sends two of its tutors to our trainer courses each year.',
    },
  ],
}
