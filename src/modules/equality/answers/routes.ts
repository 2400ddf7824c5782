/** The addresses of one's own equality answers. */
import { api, form, members, page, read, signedIn } from '#platform/web'
import { answerQuestions, forgetAnswer, forgetAnswers } from './actions.ts'
import { MyEqualityPage, QuestionsPage, readAnswers } from './pages.tsx'
import { loadMine } from './queries.ts'

const own = { load: loadMine, view: MyEqualityPage }
const asking = { load: loadMine, view: QuestionsPage }

export const answerRoutes = [
  page('/me/equality', { ...own, access: signedIn }),
  page('/me/equality/questions', { ...asking, access: members }),
  form('/me/equality/questions', {
    ...asking,
    action: answerQuestions,
    reads: readAnswers,
    to: () => '/me/equality#answers',
    says: () => 'Your answers are saved. Thank you.',
  }),
  form('/me/equality/deletion', {
    ...own,
    action: forgetAnswers,
    to: () => '/me/equality',
    says: () => 'All your answers are deleted.',
  }),
  form('/me/equality/:question/deletion', {
    ...own,
    action: forgetAnswer,
    to: () => '/me/equality#answers',
    says: () => 'Your answer is deleted.',
  }),
  api('PUT', '/api/me/equality', answerQuestions),
  api('DELETE', '/api/me/equality', forgetAnswers),
  api('DELETE', '/api/me/equality/:question', forgetAnswer),
  read('/api/me/equality', {
    does: 'Gives the equality questions for you and your own answers. Nobody else can read them.',
    scope: 'equality:read',
    access: signedIn,
    asks: { nation: 'the code of the nation whose questions are wanted: yours if left out' },
    load: async (visit) => {
      const { set, answers } = await loadMine(visit)
      return {
        nation: set?.nation ?? null,
        version: set?.version ?? null,
        questions: set?.questions ?? [],
        answers: Object.fromEntries(answers),
      }
    },
  }),
]
