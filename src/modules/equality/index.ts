/** Equality: the questions that members may answer, lawful measures on their strength, and figures that tell of nobody. */
export { countFigures } from './figures/count.ts'
export { type Figure, figuresUnder, publishCounts } from './figures/publishing.ts'
export { type Measure, type Standing, standingOf } from './measures/measure.ts'
export { type MeasureChoice, measuresInForce } from './measures/queries.ts'
export { equality } from './module.ts'
export { type KnownQuestion, knownQuestions, setsNow } from './questions/queries.ts'
export { keptOf, type Question, type QuestionSet, ratherNot } from './questions/question.ts'
export { importQuestions, type QuestionSync, syncQuestions } from './questions/sync.ts'
