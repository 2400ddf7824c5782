import { Empty, Notice, Page, Section, Stack, Table } from '#design'
import type { Visit } from '#platform/web'

/** A kind of data that is held about people, as its row says. */
export interface DataKind {
  table_name: string
  label: string
  purpose: string
  basis: string
  special: string | null
  kept_for: string
}

/** Every kind, by its name in words. */
export const loadKinds = ({ db }: Visit): Promise<DataKind[]> =>
  db.selectFrom('data_kind').selectAll().orderBy('label').execute()

/** What is held about people, why and for how long; who sees what; what each person can ask for. */
export const PrivacyPage = (kinds: DataKind[], { frame }: Visit) => (
  <Page frame={frame} title="Privacy and your data">
    <Stack gap="wide">
      <Stack>
        <h1>Privacy and your data</h1>
        <p class="lede">What {frame.organisation} holds about you here, why, for how long, and who sees it.</p>
        <p>
          {frame.organisation} decides what is held here and answers for it: in the law’s words, it is the controller.
          Its name and address stand at the foot of each page.
        </p>
      </Stack>
      <Section title="In short">
        <ul>
          <li>
            Your name, email address and area come from the membership roll. You are not asked for more than is needed
            to give you a place.
          </li>
          <li>
            Nothing here is sold or passed on, and no page sends anything to another company. There are no
            advertisements and no trackers.
          </li>
          <li>
            One cookie keeps you signed in, one ties your forms to your browser, one carries a sentence from one page to
            the next, and one is there for a few minutes while you use a passkey. There are no others.
          </li>
          <li>
            That you are a member says something about your politics. The law protects that specially, and so does
            Hearten.
          </li>
        </ul>
      </Section>
      <Section title="What you can do" id="rights">
        <ul>
          <li>
            <b>See it and take it away.</b> <a href="/me/data">Everything held about you</a> is on one page, and can be
            downloaded as a file that other programs can read.
          </li>
          <li>
            <b>Have it corrected.</b> Your name and home come from the roll, and you can{' '}
            <a href="/me/data/correction">correct them yourself</a>. You can change your email address on{' '}
            <a href="/account">the page of your account</a>.
          </li>
          <li>
            <b>Have it erased.</b> You can <a href="/me/data/erasure">do so yourself</a>, and are told before what goes
            and what stays, and why. If you cannot sign in, ask {frame.organisation}.
          </li>
          <li>
            <b>Have its use limited, or object.</b> Ask {frame.organisation}.
          </li>
          <li>
            <b>Complain.</b> Tell {frame.organisation} first, if you like; it must answer within a month. You can
            complain to the Information Commissioner at any time:{' '}
            <a href="https://ico.org.uk/make-a-complaint/">ico.org.uk/make-a-complaint</a>, telephone 0303 123 1113.
          </li>
        </ul>
      </Section>
      <Section title="Who sees what" id="who">
        <ul>
          <li>
            <b>Everyone</b> sees courses, runs, academies and figures; never who takes part.
          </li>
          <li>
            <b>The trainers of your run</b> see your name, whether you came, and the pledge you wrote after it.
          </li>
          <li>
            <b>The coordinators of the academy that gives the run</b> see your name, membership number, email address,
            place and pledge, so that they can arrange it. Coordinators of where you live see your pledges too.
          </li>
          <li>
            <b>Coordinators, administrators and data protection officers</b> can look up people who live where they
            work. Administrators and data protection officers can also read the record of who did what. That someone
            opened your page, or read what the record says of you, is itself put on record.
          </li>
        </ul>
        <Notice title="What would help you to take part">
          <p>
            When you say that you need a hearing loop, an interpreter or anything else, only you and the coordinators of
            that academy can read it. The database itself refuses it to everyone else, trainers and administrators
            included.
          </p>
        </Notice>
        <Notice title="What you say of yourself in the equality questions">
          <p>
            You need not answer them, and can <a href="/me/equality">change or delete your answers</a> at any time. No
            page shows them to anyone but you, and the database refuses them to everyone else who uses Hearten. What is{' '}
            <a href="/equality">published</a> are rounded figures with small ones hidden. If you ask for it when you
            apply in a round, the draw counts them under a pseudonym where <a href="/measures">seats are held first</a>;
            nobody is shown who counted.
          </p>
        </Notice>
      </Section>
      <Section title="What is held, why, and for how long" id="kinds">
        {kinds.length === 0 ? (
          <Empty title="Nothing is held yet" />
        ) : (
          <Table
            caption="Kinds of data about people"
            quietCaption
            folds
            columns={[
              { key: 'label', label: 'What' },
              { key: 'purpose', label: 'Why' },
              { key: 'basis', label: 'Basis in law', cell: (kind) => <Basis kind={kind} /> },
              { key: 'kept_for', label: 'Kept' },
            ]}
            rows={kinds}
          />
        )}
      </Section>
    </Stack>
  </Page>
)

const Basis = ({ kind: { basis, special } }: { kind: DataKind }) => (
  <>
    {basis}
    {special && (
      <>
        <br />
        <small>Specially protected: {special}</small>
      </>
    )}
  </>
)
