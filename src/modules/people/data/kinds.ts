/** Every kind of data about people: what it is, why it is held, by which law, for how long, and what erasing someone does to it. */

export interface Kind {
  table: keyof typeof paths
  label: string
  purpose: string
  basis: string
  /** The condition of Article 9, where the data says something that the law protects specially. */
  special?: string
  keptFor: string
  /** What becomes of it when the person is erased, and why, in words for that person. */
  erased: { how: 'goes' | 'stays'; says: string }
}

/** The columns by which each table leads to a person. A test holds them against the database itself. */
export const paths = {
  person: ['id', 'email', 'membership_number', 'postcode'],
  sign_in_session: ['person_id'],
  passkey: ['person_id'],
  second_factor: ['person_id'],
  email_change: ['person_id', 'address'],
  api_token: ['person_id'],
  calendar_key: ['person_id'],
  held_right: ['person_id'],
  run_trainer: ['person_id'],
  place: ['person_id'],
  access_need: ['person_id'],
  attendance: ['person_id'],
  attendance_change: ['person_id'],
  pledge: ['person_id'],
  application: ['person_id'],
  application_trait: ['person_id'],
  round_officer: ['person_id'],
  equality_answer: ['person_id'],
  help_request: ['person_id'],
  wish: ['person_id'],
  mail: ['person_id', 'address'],
  happening: ['actor_id', 'about'],
  roll_row: ['membership_number', 'email', 'postcode'],
} as const

const didIt = 'What someone did as staff is told from the record, which names them too'
const place = 'The address of a building or an office, not of a person'

/** Columns that look as if they led to a person, and why they are not in the list above. */
export const notHeld: Readonly<Record<string, string>> = {
  'access_need.arranged_by': didIt,
  'attendance.noted_by': didIt,
  'attendance_change.changed_by': didIt,
  'course_version.made_by': didIt,
  'help_pot.made_by': didIt,
  'help_request.decided_by': didIt,
  'help_request.first_by': didIt,
  'help_request.paid_by': didIt,
  'help_rule.changed_by': didIt,
  'held_right.granted_by': didIt,
  'place.ended_by': didIt,
  'measure.approved_by': didIt,
  'measure.proposed_by': didIt,
  'measure.refused_by': didIt,
  'pledge.reviewed_by': didIt,
  'round.made_by': didIt,
  'run.made_by': didIt,
  'run_session.register_done_by': didIt,
  'academy.email': place,
  'academy.phone': place,
  'venue.address': place,
  'venue.postcode': place,
  'postcode.postcode': 'The list of all postcodes of the country',
  'sign_in_session.ip_address': 'It is given with the session it stands in',
  'sign_in_try.key': 'A hash that cannot be led back to anyone; gone after an hour',
  'verification.value': 'An open link to sign in: it ends after minutes and is then gone',
}

const membership = 'Running the membership (UK GDPR Article 6(1)(b), a contract)'
const interest = 'A legitimate interest (UK GDPR Article 6(1)(f))'
const duty = 'A legal duty to keep data safe (UK GDPR Articles 6(1)(c) and 32)'
const members = 'a political, trade union or other not-for-profit body, about its own members (Article 9(2)(d))'

/** The whole list. /privacy and /me/data show it. */
export const kinds: readonly Kind[] = [
  {
    table: 'person',
    label: 'Who you are',
    purpose: 'To know who is a member, to reach you, and to show you what is near you',
    basis: membership,
    special: members,
    keptFor: 'As long as you are on the roll, and after that until you ask to be erased',
    erased: {
      how: 'goes',
      says: 'Your name, address, area and email go. A code made from your membership number stays, so that the next roll does not bring you back.',
    },
  },
  {
    table: 'sign_in_session',
    label: 'Browsers that are signed in',
    purpose: 'To keep you signed in, and to let you see and end it',
    basis: duty,
    keptFor: 'Until you sign out or it runs out',
    erased: { how: 'goes', says: 'You are signed out everywhere.' },
  },
  {
    table: 'passkey',
    label: 'Passkeys',
    purpose: 'To let you sign in with your device',
    basis: duty,
    keptFor: 'Until you take it away',
    erased: { how: 'goes', says: 'All of them go.' },
  },
  {
    table: 'second_factor',
    label: 'The app that shows you codes',
    purpose: 'To be sure that it is you who signs in',
    basis: duty,
    keptFor: 'Until you turn it off',
    erased: { how: 'goes', says: 'It is turned off, and its key goes.' },
  },
  {
    table: 'email_change',
    label: 'A new email address you have not confirmed yet',
    purpose: 'To change your address only when you have shown that it is yours',
    basis: membership,
    keptFor: 'Until you confirm it, or its link runs out',
    erased: { how: 'goes', says: 'It goes.' },
  },
  {
    table: 'api_token',
    label: 'Keys for programs',
    purpose: 'To let a program act for you',
    basis: membership,
    keptFor: 'Until a year after the key has ended',
    erased: { how: 'goes', says: 'All of them end at once and go.' },
  },
  {
    table: 'calendar_key',
    label: 'The secret address of your calendar',
    purpose: 'To show your sessions in your own calendar',
    basis: membership,
    keptFor: 'As long as you are on the roll',
    erased: { how: 'goes', says: 'The address stops working.' },
  },
  {
    table: 'held_right',
    label: 'Rights you hold or held',
    purpose: 'To know who may do what, and who could at the time something was done',
    basis: interest,
    special: members,
    keptFor: 'As long as the record is kept',
    erased: {
      how: 'stays',
      says: 'Which right was held and when stays without your name, so that the record can be followed.',
    },
  },
  {
    table: 'run_trainer',
    label: 'Runs you lead or led',
    purpose: 'To say who leads a run, and to give its trainers the register',
    basis: interest,
    special: members,
    keptFor: 'As long as the run is kept',
    erased: { how: 'stays', says: 'That someone led the run stays, without your name.' },
  },
  {
    table: 'place',
    label: 'Places you asked for',
    purpose: 'To give places in a fair order and to tell you about your own',
    basis: membership,
    special: members,
    keptFor: 'As long as the run is kept',
    erased: {
      how: 'stays',
      says: 'You give up the places you hold. That a place was taken stays, without your name, so that the numbers stay right.',
    },
  },
  {
    table: 'access_need',
    label: 'What would help you to take part',
    purpose: 'To arrange it: only you and the coordinators of that academy can read it',
    basis: 'A duty to make adjustments (UK GDPR Article 6(1)(c), Equality Act 2010 section 20)',
    special: 'you said so yourself and agreed to its use (Article 9(2)(a))',
    keptFor: 'Until a month after the run',
    erased: { how: 'goes', says: 'It goes.' },
  },
  {
    table: 'attendance',
    label: 'Whether you came',
    purpose: 'To show what you have finished, and how well courses work',
    basis: membership,
    special: members,
    keptFor: 'As long as the run is kept',
    erased: { how: 'stays', says: 'The mark in the register stays, without your name, so that the register adds up.' },
  },
  {
    table: 'attendance_change',
    label: 'Corrections to the register about you',
    purpose: 'To see who changed a mark, and why',
    basis: interest,
    special: members,
    keptFor: 'As long as the run is kept',
    erased: { how: 'stays', says: 'The trail of corrections stays, without your name. It can never be altered.' },
  },
  {
    table: 'pledge',
    label: 'Your pledges',
    purpose: 'To look back with you on what you meant to change',
    basis: membership,
    special: members,
    keptFor: 'As long as you are on the roll, and after that until you ask to be erased',
    erased: { how: 'goes', says: 'What you pledged and what you learnt go.' },
  },
  {
    table: 'application',
    label: 'Your applications in rounds',
    purpose: 'To give out places by the published rule, and to let you check what you got',
    basis: membership,
    special: members,
    keptFor: 'As long as the round is kept',
    erased: {
      how: 'stays',
      says: 'You give up the places you hold. What was asked for under your pseudonym stays, without your name, so that the round can be checked.',
    },
  },
  {
    table: 'application_trait',
    label: 'Which reserved seats you counted for',
    purpose: 'To hold seats first for groups that take part too little: nobody but you can read it',
    basis: interest,
    special: 'you asked for it, and can take it back until the round closes (Article 9(2)(a))',
    keptFor: 'As long as the round is kept',
    erased: { how: 'goes', says: 'It goes.' },
  },
  {
    table: 'round_officer',
    label: 'Rounds whose seed you helped to make',
    purpose: 'To show that nobody chose the seed of a draw',
    basis: interest,
    special: members,
    keptFor: 'As long as the round is kept',
    erased: {
      how: 'stays',
      says: 'The secret you revealed stays, without your name, so that the round can be checked.',
    },
  },
  {
    table: 'equality_answer',
    label: 'Your answers to the equality questions',
    purpose: 'To see whom the programme fails to reach, and, if you ask for it, to count where seats are reserved',
    basis: interest,
    special: 'you chose to answer and agreed to its use (Article 9(2)(a))',
    keptFor: 'Until you take it back, or a month after you leave the roll',
    erased: { how: 'goes', says: 'All of them go.' },
  },
  {
    table: 'help_request',
    label: 'Help you asked for to take part',
    purpose: 'To decide on it, to pay it and to account for the money: trainers never see it',
    basis: membership,
    special: 'you said so yourself and agreed to its use (Article 9(2)(a))',
    keptFor: 'Six years after it was paid, as accounts are',
    erased: { how: 'stays', says: 'What you wrote goes. That help was given, and how much, stays without your name.' },
  },
  {
    table: 'wish',
    label: 'Courses you asked to be told about',
    purpose: 'To tell you when one runs near you, and to plan what is wanted where',
    basis: membership,
    special: members,
    keptFor: 'Until you take it back',
    erased: { how: 'goes', says: 'They go.' },
  },
  {
    table: 'mail',
    label: 'Letters written to you',
    purpose: 'To send them, and to be able to see that they were sent',
    basis: interest,
    special: members,
    keptFor: 'As long as you are on the roll, and after that until you ask to be erased',
    erased: {
      how: 'goes',
      says: 'They go, and any that were not sent yet are not sent. One last letter says that it is done, and is forgotten once it is sent.',
    },
  },
  {
    table: 'happening',
    label: 'The record of what you did and what was done about you',
    purpose: 'To be able to show who did what, and who read about whom',
    basis: duty,
    special: members,
    keptFor: 'As long as the record is kept: nothing is ever taken out of it',
    erased: { how: 'stays', says: 'It never held your name, only a number that leads to nobody any more.' },
  },
  {
    table: 'roll_row',
    label: 'Your line in a roll that is being read',
    purpose: 'To check the whole roll before any of it is used',
    basis: membership,
    special: members,
    keptFor: 'Until the reading is finished, which takes minutes',
    erased: { how: 'goes', says: 'It goes.' },
  },
]
