import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Empty,
  Facts,
  Form,
  Link,
  LinkButton,
  Page,
  PlainList,
  Row,
  Section,
  Select,
  Stack,
  Table,
  TextArea,
  TextField,
  TitleRow,
} from '#design'
import type { Visit } from '#platform/web'
import type { AcademyChoice } from '../academies/index.ts'
import { keepsPartners } from './actions.ts'
import { kindNames, type Partner } from './partner.ts'

const above = [{ href: '/academies', label: 'Academies' }]
const crumbs = [...above, { href: '/partners', label: 'Partners' }]

/** Every partner. */
export const PartnersPage = (partners: readonly Partner[], { frame, actor }: Visit) => (
  <Page frame={frame} title="Partners" current="/academies" crumbs={above}>
    <Stack gap="wide">
      <Stack>
        <TitleRow title="Partners">
          {keepsPartners(actor) && (
            <LinkButton href="/partners/new" kind="second">
              Add a partner
            </LinkButton>
          )}
        </TitleRow>
        <p class="lede">
          Colleges, universities and unions that teach with us, check that we teach well, and accredit courses.
        </p>
      </Stack>
      <Table
        caption="Partners by name"
        quietCaption
        folds
        columns={[
          { key: 'name', label: 'Partner', cell: ({ slug, name }) => <Link href={`/partners/${slug}`}>{name}</Link> },
          { key: 'kind', label: 'Kind', selfEvident: true, cell: ({ kind }) => kindNames[kind] },
          { key: 'area', label: 'Where', selfEvident: true, cell: ({ area }) => area ?? 'Everywhere' },
          { key: 'academies', label: 'Academies', number: true, cell: ({ academies }) => academies.length },
        ]}
        rows={partners}
        empty={<Empty title="There are no partners yet" />}
      />
    </Stack>
  </Page>
)

/** One partner, and the academies it works with. */
export const PartnerPage = (partner: Partner, { frame, actor }: Visit) => (
  <Page frame={frame} title={partner.name} current="/academies" crumbs={crumbs}>
    <Stack gap="wide">
      <Stack>
        <h1>{partner.name}</h1>
        {partner.summary && <p class="lede">{partner.summary}</p>}
        {keepsPartners(actor) && (
          <Row>
            <LinkButton href={`/partners/${partner.slug}/edit`} kind="second">
              Change this partner
            </LinkButton>
          </Row>
        )}
      </Stack>
      <Facts
        items={[
          ['Kind', kindNames[partner.kind]],
          ['Where', partner.area],
          ['Website', partner.website && <Link href={partner.website}>{partner.website}</Link>],
        ]}
      />
      <Section title="Academies it works with">
        {partner.academies.length > 0 ? (
          <PlainList
            gap="tight"
            items={partner.academies.map(({ slug, name }) => (
              <Link href={`/academies/${slug}`}>{name}</Link>
            ))}
          />
        ) : (
          <p>None yet.</p>
        )}
      </Section>
    </Stack>
  </Page>
)

export interface Editing {
  /** None for one that is new. */
  partner: Partner | undefined
  academies: readonly AcademyChoice[]
}

/** The form for a partner, and removing it. */
export function EditPage({ partner, academies }: Editing, { frame, typed }: Visit, problems?: Problems) {
  const title = partner ? `Change ${partner.name}` : 'Add a partner'
  const given = { typed, problems }
  return (
    <Page frame={frame} title={title} current="/academies" crumbs={crumbs} problems={problems}>
      <Stack gap="wide">
        <h1>{title}</h1>
        <Form action={partner ? `/partners/${partner.slug}/edit` : '/partners/new'} csrf={frame.csrf}>
          <TextField name="name" label="Name" value={partner?.name} maxlength={100} {...given} />
          <Select
            name="kind"
            label="Kind"
            empty="Choose one"
            options={Object.entries(kindNames).map(([value, label]) => ({ value, label }))}
            value={partner?.kind}
            {...given}
          />
          <TextArea
            name="summary"
            label="What it does with us"
            optional
            value={partner?.summary}
            rows={3}
            maxlength={400}
            {...given}
          />
          <TextField
            name="website"
            label="Website"
            type="url"
            optional
            value={partner?.website}
            maxlength={300}
            {...given}
          />
          <TextField
            name="area"
            label="Where it is"
            hint="A region, a constituency or a postcode. Leave it empty if it works everywhere."
            optional
            value={partner?.areaCode}
            maxlength={80}
            {...given}
          />
          <Choices
            kind="checkbox"
            name="academies"
            label="Academies it works with"
            options={academies.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={partner?.academies.map(({ id }) => id)}
            {...given}
          />
          <Row>
            <Button>{partner ? 'Save' : 'Add this partner'}</Button>
            <Link href={partner ? `/partners/${partner.slug}` : '/partners'}>Leave it as it was</Link>
          </Row>
        </Form>
        {partner && (
          <Form action={`/partners/${partner.slug}/removal`} csrf={frame.csrf} label="Remove this partner">
            <Row>
              <Button kind="grave">Remove this partner</Button>
            </Row>
          </Form>
        )}
      </Stack>
    </Page>
  )
}
