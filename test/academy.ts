import type { World } from './world.ts'

/** An academy with a coordinator, a trainer, a room for thirty and a course of one two-hour session. */
export async function academyOf(world: World, nation = 'England') {
  const country = await world.area({ kind: 'nation', name: nation })
  const region = await world.area({ kind: 'region', name: 'East Midlands', parent: country })
  const academy = await world.academy({ area: region })
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const ruth = await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer', academy }] })
  const { venue, room } = await world.venue({ academy })
  const course = await world.course()
  const said = { course: course.course, where: `room:${room}`, day: '2027-01-14', time: '19:00', trainers: ruth.id }
  return { region, academy, coordinator, ruth, venue, room, course, said }
}
