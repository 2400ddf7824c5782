/** The demonstration as rows of tables, each after those it refers to. */
import { unguessable } from '#core/random'
import type { Cell } from './copy.ts'
import type { Life } from './life.ts'
import type { VenuePlan } from './academies/index.ts'
import { reservesAndRolls, roundsAndApplications } from './round-tables.ts'
import { moment, table, type Table } from './rows.ts'

/** Every table that is filled, in order. */
export const tablesOf = (life: Life): Table[] => [
  ...peopleAndPlaces(life),
  ...runsAndTheirs(life),
  ...whatCameOfIt(life),
  ...reservesAndRolls(life.rounds),
]

function peopleAndPlaces({ calendar, people, programme, places }: Life): Table[] {
  const { academies, partners, rights } = programme
  const dayOrNone = (offset: number | null): Cell => (offset === null ? null : calendar.day(offset))
  const venues = academies.flatMap((academy) => academy.venues.map((venue) => ({ ...venue, academy })))
  const offers =
    (fact: VenuePlan['access'][number]) =>
    ({ plan }: { plan: VenuePlan }): Cell =>
      plan.access.includes(fact)
  // whoever has had a place has followed a link from their mail
  const seen = new Set(places.map(({ place }) => place.person))
  return [
    table('academy', 'Academies', academies, {
      id: ({ id }) => id,
      slug: ({ plan }) => plan.slug,
      name: ({ plan }) => plan.name,
      area_code: ({ home }) => home.code,
      summary: ({ plan }) => plan.summary,
      email: ({ plan }) => `${plan.slug}@example.org`,
      phone: ({ plan }) => plan.phone,
      opened_on: ({ opened }) => calendar.day(opened),
      // a secret address stays one, even here
      calendar_key: () => unguessable(),
    }),
    table('academy_area', 'Academies', academies, {
      academy_id: ({ id }) => id,
      area_code: ({ region }) => region.code,
    }),
    table('venue', 'Venues', venues, {
      id: ({ id }) => id,
      academy_id: ({ academy }) => academy.id,
      name: ({ plan }) => plan.name,
      address: ({ plan }) => plan.address,
      postcode: ({ plan }) => plan.postcode,
      area_code: ({ area }) => area.code,
      lat: ({ plan }) => plan.lat,
      lon: ({ plan }) => plan.lon,
      step_free: offers('step-free'),
      hearing_loop: offers('hearing loop'),
      parking: offers('parking'),
      quiet_room: offers('quiet room'),
      children_space: offers('children'),
      nearest_stop: ({ plan }) => plan.stop,
      notes: ({ plan }) => plan.notes ?? '',
    }),
    table(
      'room',
      'Venues',
      venues.flatMap(({ id: venue, rooms }) => rooms.map((room) => ({ ...room, venue }))),
      {
        id: ({ id }) => id,
        venue_id: ({ venue }) => venue,
        name: ({ name }) => name,
        capacity: ({ capacity }) => capacity,
      },
    ),
    table('partner', 'Partners', partners, {
      id: ({ id }) => id,
      slug: ({ plan }) => plan.slug,
      name: ({ plan }) => plan.name,
      kind: ({ plan }) => plan.kind,
      summary: ({ plan }) => plan.summary,
      website: ({ plan }) => `https://${plan.slug}.example.org`,
      area_code: ({ area }) => area.code,
    }),
    table('partner_academy', 'Partners', partners, {
      partner_id: ({ id }) => id,
      academy_id: ({ academy }) => academy.id,
    }),
    table('person', 'Members', people, {
      id: ({ id }) => id,
      membership_number: ({ number }) => number,
      name: ({ name }) => name,
      email: ({ email }) => email,
      email_verified: (person) => person.staff || seen.has(person),
      postcode: ({ postcode }) => postcode,
      area_code: ({ home }) => home.code,
      joined_on: ({ number, joined }) => (number === null ? null : calendar.day(joined)),
      standing: ({ closed, number }) => (closed !== null ? 'closed' : number === null ? 'contact' : 'member'),
      closed_on: ({ closed }) => dayOrNone(closed),
      created_at: ({ joined }) => moment(calendar.morning(joined)),
      updated_at: ({ joined, closed }) => moment(calendar.morning(closed ?? joined)),
    }),
    table('held_right', 'Staff', rights, {
      id: ({ id }) => id,
      person_id: ({ person }) => person.id,
      role: ({ role }) => role,
      area_code: ({ area }) => area,
      academy_id: ({ academy }) => academy?.id ?? null,
      starts_on: ({ from }) => calendar.day(from),
      ends_on: ({ until }) => dayOrNone(until),
      granted_by: ({ by }) => by?.id ?? null,
      granted_at: ({ from }) => moment(calendar.morning(from)),
    }),
  ]
}

function runsAndTheirs({ calendar, runs, places, news, needs, rounds }: Life): Table[] {
  const ids = new Map(places.map(({ place, id }) => [place, id]))
  const count =
    (...states: string[]) =>
    (run: Life['runs'][number]): number =>
      run.places.filter(({ state }) => states.includes(state)).length
  const sessions = runs.flatMap((run) => run.sessions.map((session) => ({ ...session, run })))
  return [
    table('run', 'Runs', runs, {
      id: ({ id }) => id,
      course_id: ({ course }) => course.id,
      course_version_id: ({ course }) => course.version,
      academy_id: ({ academy }) => academy.id,
      venue_id: ({ venue }) => venue?.id ?? null,
      room_id: ({ room }) => room?.id ?? null,
      online_link: ({ link }) => link,
      area_code: ({ venue }) => venue?.area.code ?? null,
      capacity: ({ capacity }) => capacity,
      taken: count('confirmed', 'offered'),
      waiting: count('waiting'),
      state: ({ state }) => state,
      starts_on: (run) => calendar.day(run.sessions[0]!.day),
      ends_on: (run) => calendar.day(run.sessions.at(-1)!.day),
      offer_days: ({ offerDays }) => offerDays,
      how: ({ how }) => how,
      drawn_at: ({ drawn }) => moment(drawn),
      sequence: ({ cancelled }) => (cancelled ? 1 : 0),
      changed_at: ({ cancelled, published, made }) => moment(cancelled?.at ?? published ?? made),
      made_by: ({ academy }) => academy.coordinators[0]!.id,
      made_at: ({ made }) => moment(made),
      published_at: ({ published }) => moment(published),
      cancelled_at: ({ cancelled }) => moment(cancelled?.at ?? null),
      cancelled_why: ({ cancelled }) => cancelled?.why ?? null,
    }),
    table('run_session', 'Sessions', sessions, {
      id: ({ id }) => id,
      run_id: ({ run }) => run.id,
      number: ({ number }) => number,
      title: ({ title }) => title,
      starts_at: ({ starts }) => moment(starts),
      ends_at: ({ ends }) => moment(ends),
      register_done_at: ({ doneAt }) => moment(doneAt),
      register_done_by: ({ doneBy }) => doneBy?.id ?? null,
    }),
    table(
      'run_trainer',
      'Trainers',
      runs.flatMap(({ id, trainers }) => trainers.map((trainer) => ({ id, trainer }))),
      {
        run_id: ({ id }) => id,
        person_id: ({ trainer }) => trainer.id,
      },
    ),
    ...roundsAndApplications(rounds),
    table('place', 'Places', places, {
      id: ({ id }) => id,
      run_id: ({ run }) => run.id,
      course_id: ({ run }) => run.course.id,
      person_id: ({ place }) => place.person.id,
      state: ({ place }) => place.state,
      application_id: ({ place }) => place.application ?? null,
      turned_up: ({ place }) => place.turnedUp,
      asked_at: ({ place }) => moment(place.askedAt),
      offered_at: ({ place }) => moment(place.offeredAt),
      offer_until: ({ place }) => moment(place.offerUntil),
      confirmed_at: ({ place }) => moment(place.confirmedAt),
      ended_at: ({ place }) => moment(place.endedAt),
      tell: ({ place }) => news.has(place),
    }),
    table('access_need', 'Access needs', needs, {
      place_id: ({ place }) => ids.get(place)!,
      person_id: ({ place }) => place.person.id,
      academy_id: ({ run }) => run.academy.id,
      needs: (need) => need.needs,
      arranged_at: ({ arrangedAt }) => moment(arrangedAt),
      arranged_by: ({ arrangedAt, run }) => (arrangedAt === null ? null : run.academy.coordinators[0]!.id),
      arranged_note: ({ note }) => note,
    }),
  ]
}

function whatCameOfIt({ calendar, registers, pledges, equality, help, wishes, places, happenings }: Life): Table[] {
  const ids = new Map(places.map(({ place, id }) => [place, id]))
  return [
    table('attendance', 'Registers', registers, {
      session_id: ({ session }) => session.id,
      person_id: ({ person }) => person.id,
      mark: ({ mark }) => mark,
      noted_by: ({ by }) => by.id,
      noted_at: ({ at }) => moment(at),
    }),
    table(
      'attendance_change',
      'Corrections',
      registers.filter(({ was }) => was !== null),
      {
        session_id: ({ session }) => session.id,
        person_id: ({ person }) => person.id,
        was: ({ was }) => was,
        now: ({ mark }) => mark,
        why: ({ why }) => why,
        changed_by: ({ by }) => by.id,
        changed_at: ({ at }) => moment(at),
      },
    ),
    table('pledge', 'Pledges', pledges, {
      id: ({ id }) => id,
      person_id: ({ person }) => person.id,
      run_id: ({ run }) => run.id,
      commitment: ({ commitment }) => commitment,
      made_on: ({ made }) => calendar.day(made),
      review_on: ({ review }) => calendar.day(review),
      state: ({ state }) => state,
      reviewed_on: ({ reviewed }) => (reviewed === null ? null : calendar.day(reviewed)),
      reviewed_by: ({ by }) => by?.id ?? null,
      learnt: ({ learnt }) => learnt,
    }),
    table('equality_answer', 'Equality answers', equality.answers, {
      person_id: ({ person }) => person.id,
      question: ({ question }) => question,
      answers: ({ kept }) => `{${kept.join(',')}}`,
      set_id: ({ set }) => set,
      answered_at: ({ at }) => moment(at),
    }),
    table('measure', 'Measures', equality.measures, {
      id: ({ id }) => id,
      trait: ({ trait }) => trait,
      name: ({ name }) => name,
      who: ({ who }) => who,
      question: ({ question }) => question,
      answers: ({ answers }) => `{${answers.join(',')}}`,
      evidence: ({ evidence }) => evidence,
      evidence_source: ({ source }) => source,
      evidence_on: ({ evidenceOn }) => calendar.day(evidenceOn),
      aim: ({ aim }) => aim,
      proportionate: ({ proportionate }) => proportionate,
      review_on: ({ review }) => calendar.day(review),
      proposed_by: ({ by }) => by.id,
      proposed_at: ({ proposed }) => moment(calendar.at(proposed, '11:00')),
      approved_by: ({ approver }) => approver?.id ?? null,
      approved_at: ({ approved }) => moment(approved === null ? null : calendar.at(approved, '15:00')),
    }),
    table('help_pot', 'Help', help.pots, {
      id: ({ id }) => id,
      academy_id: ({ academy }) => academy.id,
      name: ({ name }) => name,
      starts_on: ({ startsOn }) => startsOn,
      ends_on: ({ endsOn }) => endsOn,
      amount_pence: ({ amount }) => amount,
      awarded_pence: ({ awarded }) => awarded,
      made_by: ({ academy }) => academy.coordinators[0]!.id,
      made_at: ({ made }) => moment(made),
    }),
    table('help_rule', 'Help', help.rules, {
      academy_id: ({ academy }) => academy.id,
      kind: ({ kind }) => kind,
      most_pence: ({ most }) => most,
      by_rule_pence: ({ byRule }) => byRule,
      says: ({ says }) => says,
      changed_by: ({ academy }) => academy.coordinators[0]!.id,
      changed_at: ({ changed }) => moment(changed),
    }),
    table('help_request', 'Help', help.requests, {
      id: ({ id }) => id,
      person_id: ({ place }) => place.person.id,
      place_id: ({ place }) => ids.get(place)!,
      run_id: ({ run, hasPlace }) => (hasPlace ? run.id : null),
      academy_id: ({ run }) => run.academy.id,
      pot_id: ({ pot }) => pot?.id ?? null,
      kind: ({ kind }) => kind,
      says: ({ says }) => says,
      asked_pence: ({ asked }) => asked,
      awarded_pence: ({ awarded }) => awarded,
      state: ({ state }) => state,
      asked_at: ({ askedAt }) => moment(askedAt),
      first_by: ({ first }) => first?.by.id ?? null,
      first_at: ({ first }) => moment(first?.at ?? null),
      first_pence: ({ first }) => first?.pence ?? null,
      first_why: ({ first }) => first?.why ?? '',
      decided_by: ({ decided }) => decided?.by?.id ?? null,
      decided_at: ({ decided }) => moment(decided?.at ?? null),
      decided_why: ({ decided }) => decided?.why ?? '',
      ended_at: ({ endedAt }) => moment(endedAt),
      paid_by: ({ paid }) => paid?.by.id ?? null,
      paid_at: ({ paid }) => moment(paid?.at ?? null),
      paid_reference: ({ paid }) => paid?.reference ?? null,
      receipted_at: ({ receiptedAt }) => moment(receiptedAt),
    }),
    table('wish', 'Wishes', wishes, {
      id: ({ id }) => id,
      person_id: ({ person }) => person.id,
      course_id: ({ course }) => course.id,
      area_code: ({ person }) => person.home.code,
      asked_at: ({ askedAt }) => moment(askedAt),
    }),
    table('happening', 'The record', happenings, {
      at: ({ at }) => moment(at),
      what: ({ what }) => what,
      actor_id: ({ actor }) => actor,
      about: ({ about }) => about,
    }),
  ]
}
