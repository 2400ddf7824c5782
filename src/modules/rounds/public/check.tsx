/** How anyone can check a round: what was published when, and the commands that compute it again. */
import type { ComponentChildren } from 'preact'
import { dayOf, sayDate, sayTime } from '#core/days'
import { Code, Facts, Fold, Link, Section, Stack, Table } from '#design'
import { timeOfBeacon } from '../draw/beacon.ts'
import type { Officer, Round } from '../round.ts'

/** Who makes the seed, with what each has published. */
export const SeedSection = ({ round }: { round: Round }) => (
  <Section title="Where the lottery’s seed comes from">
    {round.seedFrom === 'beacon' ? <Beacon round={round} /> : <Officers round={round} />}
  </Section>
)

const Officers = ({ round }: { round: Round }) => (
  <>
    <p>
      Each officer thought of a secret and published its fingerprint, its SHA-256, before the round closed. After it
      they reveal the secrets. The seed is made from all of them and from all of the applications, so nobody could know
      or choose it.
    </p>
    <Table
      caption="The officers and their secrets"
      quietCaption
      folds
      columns={[
        { key: 'name', label: 'Officer' },
        { key: 'digest', label: 'Fingerprint', cell: ({ digest }) => <Hash>{digest}</Hash> },
        { key: 'nonce', label: 'Secret', cell: (officer) => saySecret(officer, round) },
      ]}
      rows={round.officers.filter(({ digest }) => digest !== null)}
      empty={<p>No officer has committed to a secret yet.</p>}
    />
  </>
)

function saySecret({ nonce, revealedAt }: Officer, { seed, state }: Round): ComponentChildren {
  if (nonce !== null) return nonce
  if (seed !== null) return <strong>Never revealed</strong>
  if (revealedAt) return 'Revealed, shown once all are'
  return state === 'closed' ? 'To be revealed' : 'Kept until the round has closed'
}

const Beacon = ({ round }: { round: Round }) => (
  <>
    <p>
      The drand network publishes a new random number every three seconds, signed so that nobody can make it up. When
      the round closes, it is announced which number will count: one that nobody can know yet. The seed is made from it
      and from all of the applications.
    </p>
    <Facts
      items={[
        ['Number that counts', round.beaconRound !== null && `Round ${round.beaconRound} of the network quicknet`],
        ['Published', round.beaconRound !== null && sayMoment(timeOfBeacon(round.beaconRound))],
        ['Its randomness', round.beaconRandomness && <Hash>{round.beaconRandomness}</Hash>],
        ['Its signature', round.beaconSignature && <Hash>{round.beaconSignature}</Hash>],
      ]}
    />
  </>
)

/** The fingerprints of a round that is closed or drawn, and how to compute them again. */
export const CheckSection = ({ round, bytes }: { round: Round; bytes: number | null }) => (
  <Section title="Check it yourself" id="check">
    <Facts
      items={[
        ['Roll', <Hash>{round.rollDigest}</Hash>],
        ['Published', round.closedAt && sayMoment(round.closedAt)],
        ['Seed', round.seed && <Hash>{round.seed}</Hash>],
        ['Result', round.digest && <Hash>{round.digest}</Hash>],
        ['Rule', round.engine],
      ]}
    />
    <p>
      The roll is the fingerprint of all applications as they were when the round closed. It was published at once, so
      that nothing could be changed afterwards.
    </p>
    {bytes !== null && (
      <>
        <p>
          <Link href={`/rounds/${round.slug}/audit.json`}>The audit file</Link> ({saySize(bytes)}) holds every
          application under its pseudonym, and what came out. With Hearten’s own program you compute it all again:
        </p>
        <Code>bin/hearten allocation verify {round.slug}.json</Code>
        <Fold title="Or with nothing but a hash tool">
          <Stack>
            {round.seedFrom === 'nonces' && (
              <>
                <p>The fingerprint of each secret:</p>
                <Code>
                  {round.officers
                    .filter(({ nonce }) => nonce !== null)
                    .map(({ nonce }) => `printf %s ${quoted(nonce!)} | sha256sum`)
                    .join('\n')}
                </Code>
              </>
            )}
            <p>The roll, from the audit file:</p>
            <Code>jq -cjS .input.members {round.slug}.json | sha256sum</Code>
            <p>The seed, from the roll and {round.seedFrom === 'nonces' ? 'the secrets' : 'the randomness'}:</p>
            <Code>printf %s {quoted(seedText(round))} | sha256sum</Code>
            <p>Your own lottery number, with your pseudonym from your receipt. The smaller number comes first:</p>
            <Code>
              printf '{round.slug}\nYOUR-PSEUDONYM' | openssl dgst -sha256 -hmac '{round.seed}'
            </Code>
            <p>
              <Link href={`/rounds/${round.slug}/application`}>Your own page</Link> of the round says how far each run
              went, so that you can compare.
            </p>
          </Stack>
        </Fold>
      </>
    )}
  </Section>
)

/** What the seed is the SHA-256 of. */
function seedText({ rollDigest, seedFrom, beaconRandomness, officers }: Round): string {
  if (seedFrom === 'beacon') return `${rollDigest}${beaconRandomness}`
  // the officers come in the order of their fingerprints
  return rollDigest + officers.map(({ nonce }) => nonce ?? '').join('')
}

/** A text as a shell takes it, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

const Hash = ({ children }: { children: ComponentChildren }) => <code class="hash">{children}</code>

const sayMoment = (at: Date): string => `${sayDate(dayOf(at))}, ${sayTime(at)}`

const saySize = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
