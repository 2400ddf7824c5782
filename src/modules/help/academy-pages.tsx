/** The pages of those who decide at an academy: pots, rules, requests, and the report. */
import { dayOf, sayDate, sayShortDay } from '#core/days'
import { sayMoney, typedMoney } from '#core/money'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choice,
  DateField,
  Empty,
  Form,
  Link,
  LinkButton,
  Meter,
  Page,
  Row,
  Section,
  Stack,
  Table,
  TextArea,
  TextField,
} from '#design'
import { type Listing, listing, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { kindHints, kindIn, kindNames, kinds, type Rule, slugOf } from './kinds.ts'
import type { Pot } from './pot.ts'
import { type Report, reportOf } from './report.ts'
import { ReportTable } from './report-table.tsx'
import { sayRule } from './rule.ts'
import { sayState, sayWhat } from './say.ts'
import { type AcademyHelp, academyWith, helpAt, type Request, shownIn } from './staff.ts'

const coordinating = { href: '/coordinating', label: 'Coordinating' }
const crumbsTo = ({ slug, name }: { slug: string; name: string }) => [
  coordinating,
  { href: `/academies/${slug}/help`, label: `Help: ${name}` },
]

const listed = (visit: Pick<Visit, 'path' | 'query'>): Listing<'asked' | 'name' | 'amount'> =>
  listing(visit, { sorts: ['asked', 'name', 'amount'], size: 25 })

export const loadAcademyHelp = (visit: Visit, { slug }: { slug: string }): Promise<AcademyHelp | undefined> =>
  helpAt(visit, slug, listed(visit))

export const AcademyHelpPage = ({ academy, pots, rules, requests, total }: AcademyHelp, visit: Visit) => {
  const list = listed(visit)
  const all = shownIn(visit.query) === 'all'
  return (
    <Page frame={visit.frame} title={`Help: ${academy.name}`} current="/coordinating" crumbs={[coordinating]} wide>
      <Stack gap="wide">
        <Stack>
          <h1>Help to take part: {academy.name}</h1>
          <p class="lede">
            What members ask for once they have a place. What you read goes on the record, and they can see that you
            did. You do not see your own, nor any of a run that you lead.
          </p>
        </Stack>
        <Section title={all ? 'Everything asked for' : 'To decide and to pay'}>
          <Row>
            {all ? (
              <Link href={list.with({ show: undefined, page: undefined })}>Only what is to be done</Link>
            ) : (
              <Link href={list.with({ show: 'all', page: undefined })}>Also what is done</Link>
            )}
            <Link href={`/academies/${academy.slug}/help/report`}>The access report</Link>
          </Row>
          <Table<Request>
            caption={all ? 'Everything asked for' : 'To decide and to pay'}
            quietCaption
            dense
            columns={[
              {
                key: 'name',
                label: 'Member',
                ...list.by('name'),
                cell: ({ id, name }) => <Link href={`/help/${id}`}>{name}</Link>,
              },
              { key: 'kind', label: 'What', ...list.by('amount'), cell: sayWhat },
              { key: 'state', label: 'State', cell: sayState },
              { key: 'run', label: 'Run', cell: ({ run, title }) => <Link href={`/runs/${run}`}>{title}</Link> },
              { key: 'startsOn', label: 'Begins', cell: ({ startsOn }) => sayShortDay(startsOn, visit.today) },
              {
                key: 'askedAt',
                label: 'Asked',
                ...list.by('asked'),
                cell: ({ askedAt }) => sayShortDay(dayOf(askedAt), visit.today),
              },
            ]}
            rows={requests}
            paging={list.paging(total)}
            empty={
              <Empty title={all ? 'Nobody has asked for anything yet' : 'Nothing is left to decide or to pay'}>
                {rules.length === 0 && <p>Publish below what you help with, so that members can ask.</p>}
              </Empty>
            }
          />
        </Section>
        <Section title="Money set aside">
          <Table<Pot>
            caption="Pots, the latest first"
            quietCaption
            dense
            columns={[
              {
                key: 'name',
                label: 'Pot',
                cell: ({ id, name }) => <Link href={`/academies/${academy.slug}/help/pots/${id}`}>{name}</Link>,
              },
              {
                key: 'for',
                label: 'For runs that begin',
                cell: ({ startsOn, endsOn }) => `${sayDate(startsOn)} to ${sayDate(endsOn)}`,
              },
              { key: 'amount', label: 'Set aside', number: true, cell: ({ amount }) => sayMoney(amount) },
              { key: 'awarded', label: 'Awarded', number: true, cell: ({ awarded }) => sayMoney(awarded) },
              {
                key: 'left',
                label: 'Left',
                number: true,
                cell: ({ amount, awarded }) => sayMoney(amount - awarded),
              },
              {
                key: 'used',
                label: 'Used',
                selfEvident: true,
                cell: ({ amount, awarded }) => <Meter taken={awarded} of={amount} />,
              },
            ]}
            rows={pots}
            empty={
              <Empty title="No money is set aside yet">
                <p>Without a pot nothing that costs money can be given.</p>
              </Empty>
            }
          />
          <Row>
            <LinkButton href={`/academies/${academy.slug}/help/pots/new`} kind="second">
              Set money aside
            </LinkButton>
          </Row>
        </Section>
        <Section title="The rules that members read">
          <Table<{ kind: (typeof kinds)[number]; rule: Rule | undefined }>
            caption="What this academy helps with"
            quietCaption
            dense
            columns={[
              { key: 'kind', label: 'What', cell: ({ kind }) => kindNames[kind] },
              {
                key: 'rule',
                label: 'Rule',
                cell: ({ rule }) => (rule?.offered ? sayRule(rule) : 'Not offered'),
              },
              { key: 'says', label: 'What members should know', cell: ({ rule }) => rule?.says || '–' },
              {
                key: 'do',
                label: 'Change',
                selfEvident: true,
                cell: ({ kind, rule }) => (
                  <Link href={`/academies/${academy.slug}/help/rules/${slugOf(kind)}`} about={kindNames[kind]}>
                    {rule ? 'Change' : 'Publish'}
                  </Link>
                ),
              },
            ]}
            rows={kinds.map((kind) => ({ kind, rule: rules.find((rule) => rule.kind === kind) }))}
            folds
          />
          <p>
            <Link href="/help">The page that members read</Link>
          </p>
        </Section>
      </Stack>
    </Page>
  )
}

export interface RuleShown {
  academy: AcademyHelp['academy']
  kind: Rule['kind']
  rule: Rule | undefined
}

export async function loadRule(visit: Visit, params: { slug: string; kind: string }): Promise<RuleShown | undefined> {
  const kind = kindIn(params.kind)
  const found = kind && (await academyWith(visit, params.slug))
  return found && { academy: found.academy, kind, rule: found.rules.find((rule) => rule.kind === kind) }
}

export const RulePage = ({ academy, kind, rule }: RuleShown, { frame, typed }: Visit, problems?: Problems) => {
  const title = `${kindNames[kind]}: the rule`
  const common = { typed, problems }
  const said = Object.keys(typed).length > 0
  return (
    <Page frame={frame} title={title} current="/coordinating" crumbs={crumbsTo(academy)} problems={problems}>
      <Stack gap="roomy">
        <Stack gap="close">
          <h1>{title}</h1>
          <p class="lede">
            {kindHints[kind]} Members read this before they ask. It holds for what is decided from now on.
          </p>
        </Stack>
        <Form action={`/academies/${academy.slug}/help/rules/${slugOf(kind)}`} csrf={frame.csrf}>
          <Choice
            name="offered"
            label={`${academy.name} helps with this`}
            checked={said ? typed['offered'] !== undefined : (rule?.offered ?? true)}
          />
          <TextField
            {...common}
            name="most"
            label="The most for one person and run"
            hint="Leave it empty if it costs the member nothing and is simply arranged."
            prefix="£"
            width="short"
            inputmode="decimal"
            optional
            value={rule && rule.most > 0 ? typedMoney(rule.most) : ''}
          />
          <TextField
            {...common}
            name="byRule"
            label="Given at once up to"
            hint="Whoever has a place and asks for no more than this is given it without anybody deciding. Above it two people decide."
            prefix="£"
            width="short"
            inputmode="decimal"
            optional
            value={rule && rule.byRule > 0 ? typedMoney(rule.byRule) : ''}
          />
          <TextArea
            {...common}
            name="says"
            label="What members should know"
            rows={3}
            maxlength={300}
            optional
            value={rule?.says}
          />
          <Row>
            <Button>Publish the rule</Button>
            <Link href={`/academies/${academy.slug}/help`}>Go back</Link>
          </Row>
        </Form>
      </Stack>
    </Page>
  )
}

export interface PotShown {
  academy: AcademyHelp['academy']
  pot: Pot | undefined
}

export async function loadNewPot(visit: Visit, { slug }: { slug: string }): Promise<PotShown | undefined> {
  const found = await academyWith(visit, slug)
  return found && { academy: found.academy, pot: undefined }
}

export async function loadPot(visit: Visit, { slug, id }: { slug: string; id: string }): Promise<PotShown | undefined> {
  const found = await academyWith(visit, slug)
  const pot = found?.pots.find((one) => one.id === id)
  return found && pot && { academy: found.academy, pot }
}

export const PotPage = ({ academy, pot }: PotShown, { frame, typed }: Visit, problems?: Problems) => {
  const title = pot ? `Change the pot ${pot.name}` : 'Set money aside'
  const common = { typed, problems }
  return (
    <Page frame={frame} title={title} current="/coordinating" crumbs={crumbsTo(academy)} problems={problems}>
      <Stack gap="roomy">
        <Stack gap="close">
          <h1>{title}</h1>
          <p class="lede">
            {pot
              ? `${sayMoney(pot.awarded)} of it is awarded, so it can hold no less.`
              : 'A pot helps with the runs that begin within its days. Nothing above it can ever be promised.'}
          </p>
        </Stack>
        <Form action={`/academies/${academy.slug}/help/pots/${pot?.id ?? 'new'}`} csrf={frame.csrf}>
          <TextField {...common} name="name" label="Name" hint="Like Spring 2027" width="middle" value={pot?.name} />
          <DateField {...common} name="startsOn" label="For runs that begin from" value={pot?.startsOn} />
          <DateField {...common} name="endsOn" label="Up to and including" value={pot?.endsOn} />
          <TextField
            {...common}
            name="amount"
            label="How much"
            prefix="£"
            width="short"
            inputmode="decimal"
            value={pot && typedMoney(pot.amount)}
          />
          <Row>
            <Button>{pot ? 'Change the pot' : 'Set it aside'}</Button>
            <Link href={`/academies/${academy.slug}/help`}>Go back</Link>
          </Row>
        </Form>
      </Stack>
    </Page>
  )
}

export interface ReportShown {
  academy: AcademyHelp['academy']
  report: Report
}

export async function loadReport(visit: Visit, { slug }: { slug: string }): Promise<ReportShown | undefined> {
  const { db, actor, today } = visit
  if (!/^[a-z0-9-]{1,200}$/.test(slug)) return undefined
  const academy = await db
    .selectFrom('academy')
    .where('slug', '=', slug)
    .where(academyWithin(actor, 'help.decide', 'academy.id'))
    .select(['id', 'slug', 'name'])
    .executeTakeFirst()
  return academy && { academy, report: await reportOf(db, today, academy.id) }
}

export const ReportPage = ({ academy, report }: ReportShown, { frame }: Visit) => (
  <Page frame={frame} title={`Access report: ${academy.name}`} current="/coordinating" crumbs={crumbsTo(academy)} wide>
    <Stack gap="roomy">
      <h1>Access report: {academy.name}</h1>
      <ReportTable report={report} where={academy.name} />
      <p>
        For your own use: together with the <Link href="/help">report of the whole programme</Link> it could tell more
        than either does, so only those who decide here see it.
      </p>
    </Stack>
  </Page>
)
