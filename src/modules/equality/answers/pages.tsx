/** The pages of one's own equality answers: what is asked and who sees it, the questions, and taking all back. */
import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Empty,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  Row,
  Section,
  Select,
  Stack,
  Table,
} from '#design'
import type { Visit } from '#platform/web'
import { chosenOf, type Question, ratherNot, sayAnswer } from '../questions/question.ts'
import type { Mine } from './queries.ts'

const home = { href: '/me', label: 'My training' }
const mine = { href: '/me/equality', label: 'My equality answers' }

/** Whether a question is answered, or follows from nothing answered. */
const applies = ({ after }: Question, answers: Mine['answers']): boolean => {
  if (!after) return true
  const first = answers.get(after.question)
  return first !== undefined && chosenOf(first) === after.answer
}

/** What was answered, question by question, with a way to change and to take back each. */
export const MyEqualityPage = ({ set, sets, answers }: Mine, { frame, actor }: Visit) => (
  <Page frame={frame} title="My equality answers" current="/me" crumbs={[home]}>
    <Stack gap="wide">
      <Stack>
        <h1>My equality answers</h1>
        <p class="lede">
          A few questions about you, so that we see whom the training does not reach. Each is optional, and all of them
          take two minutes.
        </p>
        {actor.member && set && (
          <p>
            <LinkButton href="/me/equality/questions" kind={answers.size > 0 ? 'second' : 'first'}>
              {answers.size > 0 ? 'Change my answers' : 'Answer the questions'}
            </LinkButton>
          </p>
        )}
      </Stack>
      <WhoSees />
      <Section title="What I answered" id="answers">
        {answers.size === 0 ? (
          <Empty title="Nothing yet">
            <p>That is fine too. Nothing here depends on whether you answer.</p>
          </Empty>
        ) : (
          <>
            <Table<Question>
              caption="My answers"
              quietCaption
              folds
              columns={[
                { key: 'ask', label: 'Question' },
                { key: 'answer', label: 'My answer', cell: (question) => sayMine(question, sets, answers) },
                {
                  key: 'delete',
                  label: 'Delete',
                  selfEvident: true,
                  cell: ({ key, name }) =>
                    answers.has(key) && (
                      <Form action={`/me/equality/${key}/deletion`} csrf={frame.csrf}>
                        <Button kind="second" about={`: ${name}`}>
                          Delete
                        </Button>
                      </Form>
                    ),
                },
              ]}
              rows={shownTo(set?.questions ?? [], answers)}
            />
            <Form action="/me/equality/deletion" csrf={frame.csrf}>
              <Button kind="grave">Delete all my answers</Button>
            </Form>
          </>
        )}
      </Section>
      <p class="quiet">
        <Link href="/equality">What comes of the answers</Link> ·{' '}
        <Link href="/measures">Seats held first for some</Link>
      </p>
    </Stack>
  </Page>
)

/** The questions as they stand, and any answered before that are no longer asked. */
function shownTo(questions: readonly Question[], answers: Mine['answers']): Question[] {
  const known = new Set(questions.map(({ key }) => key))
  const past = [...answers.keys()].filter((key) => !known.has(key))
  return [
    ...questions.filter((question) => applies(question, answers)),
    ...past.map((key) => ({ key, name: key, ask: key, answers: [] })),
  ]
}

/** In the words of this nation, or of the one whose questions were answered. */
function sayMine(question: Question, sets: Mine['sets'], answers: Mine['answers']) {
  const kept = answers.get(question.key)
  if (!kept) return <span class="quiet">Not answered</span>
  const said = chosenOf(kept)
  const everywhere = sets.flatMap(({ questions }) => questions.filter(({ key }) => key === question.key))
  return [question, ...everywhere].map((one) => sayAnswer(one, said)).find((words) => words !== said) ?? said
}

/** Who sees the answers: said on both pages, and held to by the database itself. */
const WhoSees = () => (
  <Notice title="Who sees what you answer">
    <p>
      On these pages, only you. No trainer, coordinator or administrator can see it, nor anyone else who decides about
      you: the database itself refuses. It is kept in the database, so whoever looks after the computer it runs on could
      get at it, as with all that is stored; they are bound not to.
    </p>
    <p>
      Answers are counted together. Small numbers are hidden and the others rounded, so that no figure tells about one
      person. If you ask for it when you apply in a round, they also count where{' '}
      <Link href="/measures">seats are held first</Link> for people who take part too little. Answering never harms your
      chances, and neither does not answering.
    </p>
  </Notice>
)

/** The questions on one page: short answers as buttons, long lists as one to choose from. */
export const QuestionsPage = ({ set, sets, answers }: Mine, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Equality questions" current="/me" crumbs={[home, mine]} problems={problems}>
    <Stack gap="roomy">
      <h1>Equality questions</h1>
      <p class="lede">
        Answer as many as you like. Only you see your answers on these pages;{' '}
        <Link href="/me/equality">who sees what</Link> is said in full. Saving them means that you agree to that use,
        and you can delete them at any time.
      </p>
      {set === undefined ? (
        <Empty title="There are no questions yet" />
      ) : (
        <>
          {sets.length > 1 && (
            <p class="quiet">
              These are the questions for {set.nationName}. You can use those for{' '}
              {sets
                .filter(({ nation }) => nation !== set.nation)
                .flatMap(({ nation, nationName }, index, all) => [
                  index === 0 ? '' : index === all.length - 1 ? ' or ' : ', ',
                  <Link href={`/me/equality/questions?nation=${nation}`}>{nationName}</Link>,
                ])}{' '}
              instead.
            </p>
          )}
          <Form action="/me/equality/questions" csrf={visit.frame.csrf}>
            <input type="hidden" name="nation" value={set.nation} />
            {set.questions.map((question) => (
              <Ask
                question={question}
                first={set.questions.find(({ key }) => key === question.after?.question)}
                kept={answers.get(question.key)}
                typed={visit.typed}
                problems={problems}
              />
            ))}
            <Row>
              <Button>Save my answers</Button>
              <Link href="/me/equality">Not now</Link>
            </Row>
          </Form>
        </>
      )}
    </Stack>
  </Page>
)

const mostButtons = 10

function Ask({
  question,
  first,
  kept,
  typed,
  problems,
}: {
  question: Question
  first: Question | undefined
  kept: readonly string[] | undefined
  typed: Visit['typed']
  problems: Problems | undefined
}) {
  const { key, ask, hint, after, answers, groups, headings } = question
  const only = first && after ? `Only if you answered “${sayAnswer(first, after.answer)}” to the question before.` : ''
  const named = new Map(headings ? groups?.map((group) => [group.key, group.says]) : [])
  const shared = {
    name: `answers.${key}`,
    label: ask,
    hint: [only, hint].filter(Boolean).join(' ') || undefined,
    typed,
    problems,
  }
  const chosen = kept && chosenOf(kept)
  if (answers.length > mostButtons)
    return (
      <Select
        {...shared}
        empty="No answer"
        value={chosen}
        options={answers.map(({ key: value, says, in: within }) => ({
          value,
          label: says,
          group: within === undefined ? (value === ratherNot && named.size > 0 ? 'Or' : undefined) : named.get(within),
        }))}
      />
    )
  return (
    <Choices
      {...shared}
      kind="radio"
      chosen={chosen}
      across={answers.every(({ says, hint: more }) => says.length < 30 && !more)}
      options={answers.map(({ key: value, says, hint: more }) => ({ value, label: says, hint: more }))}
    />
  )
}

/** Makes of the form's fields what the action takes. */
export const readAnswers = (body: Record<string, unknown>): Record<string, unknown> => ({
  nation: body['nation'],
  answers: Object.fromEntries(
    Object.entries(body).flatMap(([name, said]) =>
      name.startsWith('answers.') ? [[name.slice('answers.'.length), said]] : [],
    ),
  ),
})
