/** When a run's sessions are, in the few words in which people say it. Courses and academies say it too. */
export { sayPattern, type Span } from '#core/pattern'
