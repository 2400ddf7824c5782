/** What people pledge to do in their own community, by strand, and what they learnt. {place} is where they live. */

export const commitments: Readonly<Record<string, readonly string[]>> = {
  organising: [
    'Knock on every door of one street in {place} before the spring and ask each household what would make it better.',
    'Bring together five neighbours who have never been to a meeting, over tea at my flat, and agree one thing to change.',
    'Get the bus stop outside the health centre moved back, with thirty neighbours who sign and ten who come to the council.',
    'Ring every new member in {place} within a week of their joining, for three months.',
    'Hold twenty conversations at the school gate about holiday meals, and take what I hear to the head teacher.',
    'Start a listening table at {place} market on the first Saturday of each month.',
    'Find two people in my block to knock with me, so that I am not the only one who does it.',
    'Ask the night shift at the warehouse what they need, and bring it to the branch in their words.',
    'Get the broken lights in the underpass mended, and make sure that the women who raised it are in the photograph.',
    'Map who lives on our estate and who we have never spoken to, then go to them first.',
    'Visit the mosque, the chapel and the working men’s club in {place}, and ask each for one thing we could do together.',
    'Run one phone bank from the library for people who cannot climb stairs.',
    'Have ten real conversations with people who have stopped voting, and write down what each said.',
    'Set up a lift rota so that nobody in our villages misses a meeting for want of a bus.',
  ],
  media: [
    'Write one true story a month from {place} and send it to the local paper.',
    'Help two women on our committee to give their first radio interview.',
    'Rewrite our leaflet so that my nan would read to the end of it.',
    'Speak for three minutes at the ward meeting, without notes.',
    'Record five neighbours telling what closed in {place}, with their consent, and play it at the library.',
    'Read every leaflet we print before it goes, and cut each by half.',
  ],
  digital: [
    'Answer every comment on our page within a day for two months, and meet three of those people for a coffee.',
    'Clean up our list: delete what we should not hold, and tell the committee what was deleted.',
    'Make a film under a minute about the food bank in {place} with the people who run it.',
    'Teach four members at the day centre to keep their accounts safe.',
    'Write a small program that turns our sign-up sheets into a rota, and show two others how it works.',
    'Move our group chat to something that everyone can join, and agree rules that people wrote themselves.',
  ],
  policy: [
    'Go to every meeting of the planning committee this term and explain in one page what it decided about {place}.',
    'Help three people in {place} to register and to get photo ID before the next election.',
    'Hold an evening where ten members write one motion together, and take it to the branch.',
    'Ask a councillor to walk our street with us and see the bins.',
    'Become a school governor, or find out honestly why I should wait.',
    'Write down how our branch decides things, so that a new member can follow it.',
  ],
  training: [
    'Lead one session beside an experienced trainer by the summer, and ask everyone there what to change.',
    'Ring the five people who dropped out of our last course and find out why.',
    'Mentor two new door-knockers in {place} until each can lead a pair.',
    'Make our first session work for someone who cannot see the screen.',
  ],
}

export const learnt: Readonly<Record<'kept' | 'partly kept' | 'not kept', readonly string[]>> = {
  kept: [
    'It took twice as long as I thought, and half of them want to come again.',
    'People talk when you stop talking. I had been told that, but now I know it.',
    'I was frightened for the first three doors. After that I was late for my tea.',
    'What they wanted was not what I had written down beforehand. We changed the plan.',
    'Asking the quiet one first made all the difference.',
    'The council said no, then maybe, then yes. We kept the minutes.',
    'I could not have done it alone, and I should not have tried for as long as I did.',
    'Two of those who came are now on the committee. One of them is in charge of me.',
    'The paper printed it word for word. They rang back for another.',
    'Small and often beats big and once.',
    'A plate of samosas does more than a poster.',
  ],
  'partly kept': [
    'I reached eleven out of twenty. The rest were out, and I need to go at another time of day.',
    'We got the meeting but not the answer. We go back in September.',
    'My shifts changed, so I did the phone part and left the doors to others.',
    'It rained for three weeks. Next time I plan for rain.',
    'I did my half. I should have asked somebody sooner to share it.',
    'Half the list was wrong. Cleaning it became the job.',
  ],
  'not kept': [
    'My mother was ill and I had to stop. I would like to try again.',
    'I said yes to something too large. I will pledge something smaller.',
    'Nobody wanted what I was offering. I should have asked first.',
  ],
}
