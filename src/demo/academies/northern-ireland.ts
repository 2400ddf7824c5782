import type { AcademyPlan } from './plan.ts'

export const northernIreland: AcademyPlan = {
  slug: 'northern-ireland',
  name: 'Northern Ireland academy',
  serves: 'Northern Ireland',
  home: 'Belfast North',
  summary:
    'Shared rooms, chosen with care so that nobody has to explain why they came. Each course has two trainers from different backgrounds.',
  phone: '028 9649 6190',
  venues: [
    {
      name: 'Carlisle Circus Meeting Rooms',
      address: '5 Carlisle Terrace, Belfast',
      postcode: 'BT14 6AR',
      in: 'Belfast North',
      lat: 54.61,
      lon: -5.94,
      rooms: [
        ['Big room', 45],
        ['Room 2', 18],
      ],
      access: ['step-free', 'hearing loop', 'quiet room', 'children'],
      stop: 'Carlisle Circus stop, Metro 12',
    },
    {
      name: 'Ebrington Drill Hall',
      address: '21 Limavady Road, Derry/Londonderry',
      postcode: 'BT47 6JY',
      in: 'Foyle',
      lat: 55.0,
      lon: -7.31,
      rooms: [
        ['Hall', 55],
        ['Store room', 14],
      ],
      access: ['step-free', 'hearing loop', 'parking', 'children'],
      stop: 'Waterside station, nine minutes on foot',
    },
    {
      name: 'Portadown Linen Rooms',
      address: '34 Meadow Lane, Portadown',
      postcode: 'BT62 3NJ',
      in: 'Upper Bann',
      lat: 54.42,
      lon: -6.45,
      rooms: [
        ['Linen room', 36],
        ['Loft', 12],
      ],
      access: ['step-free', 'parking', 'quiet room'],
      stop: 'Portadown station, ten minutes on foot',
    },
  ],
  partners: [
    {
      slug: 'lagan-workers-college',
      name: 'Lagan Workers’ College',
      kind: 'union education',
      in: 'Belfast South',
      summary: 'Runs the joint certificate in facilitating across difference with us, twice a year.',
    },
  ],
}
