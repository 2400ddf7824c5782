/** The page for anyone: what the academies help with, how it is decided, and how much was given. */
import { Empty, Link, LinkButton, Page, PlainList, Row, Section, Stack, Table } from '#design'
import type { Visit } from '#platform/web'
import { kindNames, kinds } from './kinds.ts'
import { type AcademyRules, publishedRules } from './public.ts'
import { type Report, reportOf } from './report.ts'
import { ReportTable } from './report-table.tsx'
import { sayRule } from './rule.ts'

export interface PublicHelp {
  academies: AcademyRules[]
  report: Report
}

export const loadPublic = async ({ db, today }: Visit): Promise<PublicHelp> => ({
  academies: await publishedRules(db),
  report: await reportOf(db, today),
})

export const PublicPage = ({ academies, report }: PublicHelp, { frame }: Visit) => (
  <Page frame={frame} title="Help to take part" current="/courses" wide>
    <Stack gap="wide">
      <Stack>
        <h1>Help to take part</h1>
        <p class="lede">Nobody should have to stay away for want of money, childcare, a lift or an interpreter.</p>
        <Row>
          <LinkButton href="/me/help">Ask for help</LinkButton>
        </Row>
      </Stack>
      <Section title="How it is decided">
        <PlainList
          gap="close"
          items={[
            <p>
              You ask with your application, or with a place that you have or wait for. Whether you ask has no part in
              who gets a place.
            </p>,
            <p>Nobody but you sees it until you have a place. Trainers never see it.</p>,
            <p>
              If it costs no more than the amount given at once, and the academy has the money, the answer is yes as
              soon as you have a place. Nobody weighs up your reasons.
            </p>,
            <p>
              Anything above that is decided by two people at the academy who must agree. Neither of them leads your
              run.
            </p>,
            <p>
              Each academy sets money aside for a season, and can never promise more than it has. If you give up your
              place, what was not paid yet helps someone else.
            </p>,
          ]}
        />
      </Section>
      <Section title="What each academy helps with">
        <Table<AcademyRules>
          caption="The most for one person and run, by academy"
          folds
          columns={[
            {
              key: 'name',
              label: 'Academy',
              cell: ({ slug, name }) => <Link href={`/academies/${slug}`}>{name}</Link>,
            },
            ...kinds.map((kind) => ({
              key: kind,
              label: kindNames[kind],
              cell: ({ rules }: AcademyRules) => {
                const rule = rules.find((one) => one.kind === kind)
                return rule ? sayRule(rule) : 'Not yet'
              },
            })),
          ]}
          rows={academies}
          empty={
            <Empty title="No academy has published its rules yet">
              <p>
                <Link href="/academies">Ask yours what it can do</Link>
              </p>
            </Empty>
          }
        />
      </Section>
      <Section title="How much help was given">
        <ReportTable report={report} where="the whole programme" />
      </Section>
    </Stack>
  </Page>
)
