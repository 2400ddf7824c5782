/** What people write when they ask for help to take part, by kind, and what is answered. */

export const asks: Readonly<Record<string, readonly string[]>> = {
  travel: [
    'Two buses each way from Kirkby.',
    'The last bus goes at nine, so a taxi home.',
    'Fuel for forty miles. I can bring two others.',
    'Train from Worksop, off-peak.',
    'I use a wheelchair taxi.',
    '',
  ],
  childcare: [
    'My sister looks after the twins and loses a shift.',
    'A sitter for three hours each evening.',
    'My mother cannot be alone in the evening. A neighbour sits with her and is paid for it.',
    '',
  ],
  bursary: [
    'I am on a zero-hours contract and would turn down a shift.',
    'I am between jobs. Anything towards food and fares helps.',
    'Saturday is when I work.',
  ],
  interpreter: ['British Sign Language, please.', 'I follow best in Romanian.'],
  'quiet room': ['I get migraines and need to lie down in the dark for a while.', 'Somewhere to step out to.'],
}

/** Why less is given than was asked, and why nothing is. */
export const lessWords = 'We pay for the evenings that there are: two, not three.'
export const noWords =
  'The venue has a space for children with two people who look after them, so we do not pay for it twice.'
