/** The rounds of the demonstration as rows: those that places refer to, and those that refer to measures. */
import { commitmentTo } from '#engines/allocation/index.ts'
import type { Rounds } from './rounds.ts'
import { moment, table, type Table } from './rows.ts'

const bytes = (body: Buffer): string => `\\x${body.toString('hex')}`

/** Rounds, their runs, their officers and who applied. */
export function roundsAndApplications({ rounds }: Rounds): Table[] {
  const runs = rounds.flatMap((round) => round.runs.map((run) => ({ run, round })))
  const officers = rounds.flatMap((round) => round.officers.map((officer) => ({ ...officer, round })))
  const applications = rounds.flatMap((round) => round.applications).sort((a, b) => a.at - b.at)
  return [
    table('round', 'Rounds', rounds, {
      id: ({ id }) => id,
      slug: ({ slug }) => slug,
      name: ({ name }) => name,
      summary: ({ summary }) => summary,
      academy_id: ({ academy }) => academy.id,
      opens_at: ({ opens }) => moment(opens),
      closes_at: ({ closes }) => moment(closes),
      reveal_until: ({ reveal }) => moment(reveal),
      bands: ({ bands }) => `{${bands.map((fact) => `"${fact}"`).join(',')}}`,
      state: ({ state }) => state,
      roll_digest: ({ rollDigest }) => rollDigest,
      applications: ({ rollDigest, applications: all }) => (rollDigest === null ? null : all.length),
      closed_at: ({ rollDigest, closes }) => (rollDigest === null ? null : moment(closes)),
      seed: ({ seed }) => seed,
      engine: ({ engine }) => engine,
      digest: ({ result }) => result?.digest ?? null,
      drawn_at: ({ drawn }) => moment(drawn),
      made_by: ({ academy }) => academy.coordinators[0]?.id ?? null,
      made_at: ({ made }) => moment(made),
      published_at: ({ published }) => moment(published),
    }),
    table('round_run', 'Rounds', runs, {
      run_id: ({ run }) => run.id,
      round_id: ({ round }) => round.id,
      capacity: ({ run, round }) => (round.rollDigest === null ? null : run.capacity),
      last_open: ({ run, round }) => round.result?.runs.find(({ id }) => id === run.id)?.lastOpen ?? null,
      last_reserved: ({ run, round }) => round.result?.runs.find(({ id }) => id === run.id)?.lastReserved ?? null,
      offered_at: ({ round }) => moment(round.drawn),
    }),
    table('round_officer', 'Rounds', officers, {
      round_id: ({ round }) => round.id,
      person_id: ({ person }) => person.id,
      digest: ({ secret }) => commitmentTo(secret),
      committed_at: ({ committed }) => moment(committed),
      nonce: ({ secret, revealed }) => (revealed === null ? null : secret),
      revealed_at: ({ revealed }) => moment(revealed),
    }),
    table('application', 'Applications', applications, {
      id: ({ id }) => id,
      round_id: ({ round }) => round.id,
      person_id: ({ person }) => person.id,
      pseudonym: ({ pseudonym }) => pseudonym,
      choices: ({ choices }) => `{${choices.map(({ id }) => id).join(',')}}`,
      counts_for_reserves: ({ reserves }) => reserves,
      submitted_at: ({ at }) => moment(at),
      changed_at: ({ at }) => moment(at),
      band: ({ round, band }) => (round.rollDigest === null ? null : band),
      run_id: ({ got }) => got?.id ?? null,
      choice: ({ choice }) => choice,
      number: ({ number }) => number,
      told_at: ({ round }) => moment(round.drawn),
    }),
  ]
}

/** What was reserved, the frozen rolls, and the audit file. */
export function reservesAndRolls({ rounds }: Rounds): Table[] {
  const reserves = rounds.flatMap((round) => round.reserves.map((reserve) => ({ ...reserve, round })))
  const counted = rounds
    .filter(({ rollDigest }) => rollDigest !== null)
    .flatMap(({ applications }) => applications.filter(({ traits }) => traits.length > 0))
  return [
    table('round_reserve', 'Rounds', reserves, {
      round_id: ({ round }) => round.id,
      run_id: ({ run }) => run.id,
      measure_id: ({ measure }) => measure,
      seats: ({ seats }) => seats,
      stands: ({ round }) => (round.rollDigest === null ? null : true),
    }),
    table('application_trait', 'Applications', counted, {
      application_id: ({ id }) => id,
      person_id: ({ person }) => person.id,
      traits: ({ traits }) => `{${traits.join(',')}}`,
    }),
    table(
      'round_roll',
      'Rounds',
      rounds.filter(({ roll }) => roll !== null),
      {
        round_id: ({ id }) => id,
        body: ({ roll }) => bytes(roll!),
      },
    ),
    table(
      'round_audit',
      'Rounds',
      rounds.filter(({ audit }) => audit !== null),
      {
        round_id: ({ id }) => id,
        body: ({ audit }) => bytes(audit!.body),
        bytes: ({ audit }) => audit!.bytes,
        made_at: ({ drawn }) => moment(drawn),
      },
    ),
  ]
}
