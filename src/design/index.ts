/** The design: pure functions from data to markup. Pages import from here and nowhere deeper. */
export { accentSheet, checkAccent } from './accent.ts'
export { Button, Link, LinkButton } from './button.tsx'
export { Bars, type Dot, Dots, Lines, type Series, Split } from './charts.tsx'
export { Carried, CheckForm, Group } from './check.tsx'
export { Choice, Choices, type Option, Select } from './choices.tsx'
export { Difference, type DifferenceLine } from './difference.tsx'
export { Code } from './code.tsx'
export { ErrorSummary } from './error-summary.tsx'
export { Facts, Figures, type Step, Steps, SummaryList } from './facts.tsx'
export { Field, type FieldProps } from './field.tsx'
export { Fold } from './fold.tsx'
export { Filter, Form } from './form.tsx'
export { Ask, Hero, Loop, PictureLink } from './front.tsx'
export { Gallery } from './gallery.tsx'
export { type HexCell, HexMap, Legend, type Level } from './hex-map.tsx'
export { Following, PlainList, Row, Section, Sides, Stack, TitleRow } from './layout.tsx'
export { MarkRow, Marks } from './marks.tsx'
export { Avatar, Card, Empty, Notice, Progress, Tag, type Tone } from './notice.tsx'
export { Page, type PageProps } from './page.tsx'
export { ProblemPage, type ProblemPageProps } from './problem-page.tsx'
export { Prose } from './prose.tsx'
export { QrCode } from './qr-code.tsx'
export { Ranking } from './ranking.tsx'
export { DayStub, Meter, Places, RunRow, type RunRowProps, Runs, sayPlaces, sayToBeDrawn, Taken } from './runs.tsx'
export { type Column, Pages, type Paging, Table, type TableProps } from './table.tsx'
export {
  DateField,
  FileField,
  PostcodeField,
  TextArea,
  TextField,
  type TextFieldProps,
  TimeField,
} from './text-field.tsx'
export { type TreeNode, Tree } from './tree.tsx'
