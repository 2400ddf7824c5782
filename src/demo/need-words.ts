/** What people say would help them to take part, and what was arranged. */

export const needs: readonly (readonly [need: string, arranged: string])[] = [
  ['I use a wheelchair and need a table I can get my knees under.', 'Table by the door kept free, checked for height.'],
  ['I am deaf and use British Sign Language.', 'Two interpreters booked for every session.'],
  [
    'I have a hearing aid. Please switch the loop on and seat me near the front.',
    'Loop tested, seat kept at the front.',
  ],
  ['I am bringing my son, who is four.', 'Space for children open, and he is on the list.'],
  ['Could sheets be in large print, 18 point?', 'Printed in 18 point on cream paper.'],
  ['I am dyslexic. It helps to have the sheets a few days before.', 'Sheets sent by email the Friday before.'],
  ['There is no bus home after eight. Is anyone driving towards Kirkby?', 'Lift found with another learner.'],
  ['I fast in Ramadan and will need ten minutes at sunset.', 'Break moved to sunset; dates and water will be there.'],
  [
    'I get panic attacks in crowded rooms. I would like to sit near the door.',
    'Seat by the door. The quiet room is open.',
  ],
  ['My English is not so good yet. I speak Romanian.', 'Paired with a learner who speaks Romanian.'],
  ['I cannot manage stairs.', 'Moved to the room on the ground floor.'],
  ['I feed my baby and will need to step out now and then.', 'Quiet room open, with a comfortable chair.'],
  ['I work nights, so I may need to stand at the back to stay awake.', 'Trainer told.'],
  ['I am blind and come with a guide dog, Bella.', 'Water bowl, space under the table, sheets as text files.'],
  ['I have severe nut allergy.', 'Nobody brings nuts. The kitchen has been told.'],
  ['I need help with the bus fare until payday.', 'Fare sent in advance.'],
  [
    'I have ME and can do about an hour before I need a rest.',
    'A room to lie down, and she may leave without saying why.',
  ],
  ['Could I have the questions written down as well as spoken? I am autistic.', 'Each exercise is on a card as well.'],
  ['I have a bad back and may need to stand.', 'High table at the side.'],
  ['I look after my mum and have to be reachable by phone.', 'Trainer told: phone stays on.'],
  ['I pray at about seven.', 'Side room free from 6.50 to 7.10.'],
  ['Please do not photograph me. I have my reasons.', 'No photographs of this group at all.'],
]
