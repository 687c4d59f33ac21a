import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chat } from './chat.js';
import { openStage, type Stage } from './stage.js';
import { walk } from './walk.js';

/** One case from the first call to a second one, through every script in the order of the screening design. */

let stage: Stage;
let chat: Chat;

beforeAll(async () => {
  stage = await openStage();
  chat = stage.chat;
});

afterAll(() => stage?.close());

/** As people keep it in a spreadsheet. */
const pasted = `Date,What happened
3 March 2026,Letter through the door
14/11/2026,He was in the supermarket`;

/** Goes on in the same case with another script, from the summary, in an empty window. */
async function goOn(title: string): Promise<string> {
  await chat.reopen();
  await chat.say('summary');
  await chat.press('Go on with another script');
  const first = await chat.press(title);
  expect(await chat.faults(), `drawing the first card of ${title}`).toEqual([]);
  return first;
}

/** Presses for the summary at the end of a script. */
async function sumUp(): Promise<string> {
  expect(await chat.read()).toMatch(/All questions have been put|danger questions have been put/);
  const summary = await chat.press('Case summary');
  expect(summary).toMatch(/^Case summary SP-/);
  expect(await chat.faults()).toEqual([]);
  return summary;
}

/** Keeps what is shown at both widths. The fields of the card cannot be used until it is drawn again. */
async function keepBoth(name: string): Promise<void> {
  await chat.keep(name);
  await chat.resize(360);
  await chat.keep(`${name}-on-a-phone`);
  await chat.resize(1280);
}

describe('first contact', () => {
  it('offers all nine screenings', async () => {
    await expect.poll(chat.read).toContain('I am Signpost');
    const offer = await chat.say('screen');
    const order = [
      'First contact',
      'Breach of an order',
      'Stalking identification',
      'Incident timeline',
      'Risk indicators',
      'Cyberstalking and digital evidence',
      'Needs, plan and referral',
      'Closing',
      'Stalking protection order',
    ];
    expect(order.map((title) => offer.indexOf(title))).toEqual(
      order.map((title) => offer.indexOf(title)).toSorted((a, b) => a - b),
    );
    await keepBoth('s01-choose');
  });

  it('runs to its summary, with an amber matter told', async () => {
    await chat.press('First contact');
    await walk(chat, [
      ['FC01', 'press', '2  No'],
      ['FC02', 'type', '1'],
      ['FC03', 'type', 'yes'],
      ['FC04', 'press', '4  Knows where I am'],
    ]);
    expect(await chat.read()).toContain('Tell your supervisor before this contact ends');
    await keepBoth('s02-amber');
    await walk(chat, [
      ['FC05', 'type', 'no'],
      ['FC06', 'press', '2  No'],
      ['FC07', 'tick', '8  None of these'],
      ['FC08', 'type', '4'],
      ['FC10', 'type', '3'],
      ['FC11', 'save', 'Text her sister'],
      ['FC11b', 'tick', '3  Email'],
      ['FC11c', 'type', 'd'],
      ['FC11d', 'type', 'no'],
      ['FC11e', 'type', 'yes'],
      ['FC12', 'press', '1  Text first'],
      ['FC13', 'type', '4'],
      ['FC14', 'type', '1'],
      ['FC15', 'press', '3  Unsure'],
      ['FC15b', 'tick', '1  Phone'],
      ['FC16', 'tick', '8  Nothing needed'],
      ['FC17', 'type', '2, 6'],
      ['FC17b', 'type', 'no'],
      ['FC18', 'press', '2  No'],
      ['FC19', 'press', '1  Self'],
      ['FC20', 'type', 'I just want it to stop'],
      ['FC20b', 'tick', '1  That it stops'],
      ['FC20c', 'type', 'Sgt Nair told at 14:05; agreed to call back'],
    ]);
    expect(await sumUp()).toContain('Breach of an order (BR) to be run next');
  });
});

describe('a breach of an order', () => {
  it('confirms what was told at first contact instead of asking it again', async () => {
    await goOn('Breach of an order');
    await keepBoth('s03-breach');
    await walk(chat, [
      ['BR01', 'press', '2  No'],
      ['BR02', 'press', '3  Restraining order'],
      ['BR02b', 'save', 'Leeds, May 2026'],
      ['BR02c', 'press', '1  Yes'],
      ['BR02d', 'press', '1  Yes'],
    ]);
    await keepBoth('s04-records-none');
    expect(await chat.say('yesterday he followed her to the station')).toContain('1 recorded');
    await walk(chat, [
      ['BR03', 'press', 'That is all'],
      ['BR03c', 'save', 'Not to come within 100 metres of her'],
      ['BR04', 'type', 'yesterday'],
      ['BR04b', 'press', '3  Earlier'],
      ['BR04c', 'save', 'Outside the station'],
      ['BR05', 'record', { 'What shows it': 'A photo her friend took', 'Held by': 'The friend' }],
      ['BR05', 'press', 'That is all'],
      ['BR06', 'press', '1  Yes'],
      ['BR06b', 'type', '3'],
      ['BR06c', 'type', 'u'],
      ['BR06d', 'press', '1  Yes'],
      ['BR07', 'press', '2  No'],
      ['BR08', 'press', '3  Unsure'],
      ['BR08b', 'tick', '4  Court date'],
      ['BR08c', 'type', '3 December'],
      ['BR09', 'save', 'Shaken'],
      ['BR09b', 'press', '2  No'],
    ]);
    expect(await chat.read()).toMatch(
      /You told us on .*: “?Text her sister”?\. Is that still right/s,
    );
    await keepBoth('s05-held');
    await walk(chat, [
      ['BR10', 'press', 'k  Still right'],
      ['BR10b', 'type', 'k'],
      [
        'BR10c',
        'record',
        { 'What is promised': 'Call back', 'By whom': 'Sgt Nair', 'By what day': 'tomorrow' },
      ],
      ['BR10c', 'press', 'That is all'],
      ['BR10d', 'type', 'k'],
      ['BR10e', 'press', '1  Yes'],
      ['BR11', 'press', '1  Yes'],
      ['BR11b', 'press', '1  Yes'],
      ['BR12', 'press', '1  Attendance'],
      ['BR12b', 'save', 'Sgt Nair, 14:20'],
      ['BR12c', 'press', '2  No'],
      ['BR12e', 'save', 'Sgt Nair, 14:20: attend today'],
    ]);
    expect(await sumUp()).toContain('told earlier');
  });
});

describe('a stalking identification', () => {
  it('takes a typed line as a record, with its day', async () => {
    await goOn('Stalking identification');
    await walk(chat, [
      ['SI01', 'save', 'He keeps turning up where I am'],
      ['SI01b', 'type', 'about March 2026'],
      ['SI02', 'press', '3  6 to 20'],
      ['SI03', 'type', 'last Friday'],
      ['SI03b', 'type', 'u'],
      ['SI04', 'press', '1  Sure'],
      ['SI05', 'type', '2'],
      ['SI05b', 'type', 'no'],
      ['SI06a', 'press', '1  Yes'],
    ]);
    const taken = await chat.say('last Friday he waited outside my work');
    expect(taken).toMatch(/1 recorded[\s\S]*1 .*he waited outside my work.*\d{1,2} \w+ 2026/);
    await keepBoth('s06-record-typed');
  });

  it('proposes kinds of act from its words, to be looked at and saved', async () => {
    const [proposal] = /No\. 1: its words may describe.*/.exec(await chat.read()) ?? [];
    expect(proposal).toContain('Loitering');
    await chat.press(proposal ?? '');
    expect(await chat.isTicked('(e) Loitering in any place, public or private')).toBe(true);
    expect(await chat.isTicked('(a) Following')).toBe(false);
    await keepBoth('s07-proposal');
    // Drawn again, so that its fields can be used after the change of width.
    expect(await chat.press('Save')).toMatch(/1 .*Loitering/);
    expect(await chat.read()).not.toContain('its words may describe');
  });

  it('adds, changes and leaves out a record', async () => {
    await walk(chat, [
      ['SI06a2', 'record', { 'What happened?': 'He was on my bus', 'Where were you?': 'Number 4' }],
      ['SI06a2', 'record', { 'What happened?': 'Told twice by mistake' }],
    ]);
    const rowOf = async (words: string) =>
      (await chat.read()).split('\n').find((line) => line.includes(words)) ?? '';
    await chat.press(await rowOf('Told twice'));
    expect(await chat.look('What happened?')).toBe('Told twice by mistake');
    await chat.keep('s08-record-changed');
    expect(await chat.press('Leave it out')).toContain(
      'SI06a2 · That was changed or left out. Why?',
    );
    expect(await chat.press('2  It was taken down wrongly')).not.toContain('Told twice');
    await chat.press(await rowOf('He was on my bus'));
    await chat.fillIn('Where were you?', 'Number 14');
    await chat.press('Save');
    await chat.fill('She remembered the number');
    expect(await chat.press('Save')).toContain('Number 14');
    await keepBoth('s09-records');
    expect(await chat.press('That is all')).toContain('SI06b ·');
  });

  it('drops what a changed answer leaves without ground, and names it', async () => {
    await walk(chat, [
      ['SI06b', 'press', '1  Yes'],
      ['SI06b2', 'tick', '2  Messages'],
      ['SI06c', 'type', '2'],
      ['SI06d', 'type', '2'],
      ['SI06e', 'type', '1'],
      ['SI06e2', 'press', 'None'],
      ['SI06f', 'press', '1  Yes'],
      ['SI06f2', 'tick', '1  Damaged something'],
    ]);
    expect(await chat.press('Back')).toContain('SI06f2 ·');
    expect(await chat.press('Back')).toContain('SI06f ·');
    expect(await chat.press('2  No')).toContain('No longer asked after this change: SI06f2 (');
    await keepBoth('s10-reason');
    expect(await chat.press('1  The person corrected it')).toContain('SI06g ·');
  });

  it('runs to its summary', async () => {
    await walk(chat, [
      ['SI06g', 'type', '2'],
      ['SI06h', 'type', 'd'],
      ['SI07', 'type', '2'],
      ['SI08', 'type', '2'],
      ['SI09', 'press', "4  Can't tell"],
      ['SI10', 'press', '1  None wanted'],
      ['SI11', 'type', '2'],
      ['SI12', 'type', '2'],
      ['SI13a', 'press', '1  Yes'],
      ['SI13a2', 'type', '2'],
      ['SI13b', 'tick', '1  Sleep'],
      ['SI13b2', 'save', 'Awake most nights'],
      ['SI13c', 'tick', '4  Home security'],
      ['SI13c2', 'save', 'Changed the locks'],
      ['SI14', 'type', 'd'],
    ]);
    await sumUp();
  });
});

describe('a timeline', () => {
  it('takes incidents, evidence, dates to come and a table pasted from elsewhere', async () => {
    await goOn('Incident timeline');
    await keepBoth('s12-timeline');
    expect(await chat.say('on 3 March 2026 he left a letter at my door')).toContain('1 recorded');
    await walk(chat, [
      ['TL01', 'press', 'That is all'],
      ['TL06', 'record', { 'What it is': 'The letter', 'Held by': 'The person' }],
      ['TL06', 'press', 'That is all'],
    ]);
    expect(await chat.say('court 3 December')).toMatch(/Court.*3 December 2026/s);
    await keepBoth('s13-dates');
    expect(await chat.say('done')).toContain('TL11 ·');
    await chat.fillIn('The timeline', pasted);
    await chat.fillIn('Whose it is', 'Her own, handed over today');
    expect(await chat.press('Add')).toContain('1 recorded');
    await keepBoth('s14-import');
    await walk(chat, [
      ['TL11', 'press', 'That is all'],
      ['TL12', 'press', '1  Yes, it is right'],
    ]);
    const summary = await sumUp();
    expect(summary).toContain('Timeline of reported incidents');
    expect(summary).toMatch(/Where an imported timeline and ours differ.*: \d+/);
    expect(await chat.picture()).toMatch(/^4 entries\. First: 3 March 2026\./);
    await keepBoth('s15-summary-with-timeline');
  });
});

describe('risk indicators', () => {
  it('asks only the short set when the caller is in distress, and the rest later', async () => {
    await goOn('Risk indicators');
    await chat.unfold('Skip…');
    await chat.tick('s3 distress');
    await chat.keep('s16-short');
    expect(await chat.press('Ask only the short set from here')).toContain(
      'Short set only (distress)',
    );
    await walk(chat, [
      ['RI01', 'press', '3  Very'],
      ['RI01b', 'tick', '2  Being hurt'],
      ['RI01c', 'press', '2  No'],
      ['RI01d', 'save', 'That he waits for her after work'],
      ['RI02', 'press', '1  Yes'],
      ['RI02b', 'tick', '7  Something else'],
      ['RI02c', 'press', '2  No'],
      ['RI02d', 'save', 'A funeral wreath at her door'],
      ['RI04', 'type', 'no'],
      ['RI05', 'type', '2'],
      ['RI08', 'press', '2  No'],
      ['RI22b', 'save', 'Sgt Nair, 14:40: call back tonight'],
    ]);
    expect(await chat.read()).toContain('The short set has been asked.');
    await keepBoth('s17-short-end');
    expect(await chat.press('Ask the rest')).toContain('RI02e ·');
  });

  it('runs to its summary', async () => {
    await walk(chat, [
      ['RI02e', 'tick', '7  By what was left or done'],
      ['RI02f', 'type', 'about March 2026'],
      ['RI03', 'press', '2  No'],
      ['RI06', 'press', '2  No'],
      ['RI07', 'press', '2  No'],
      ['RI09', 'press', '2  No'],
      ['RI10', 'press', '2  No'],
      ['RI11', 'press', '2  No'],
      ['RI12', 'press', '2  No'],
      ['RI13', 'press', '2  No'],
      ['RI14', 'press', '2  No'],
      ['RI15', 'type', 'u'],
      ['RI16', 'type', 'd'],
      ['RI17', 'press', '2  No'],
      ['RI18', 'press', '2  No'],
      ['RI19', 'press', 'None'],
      ['RI20', 'tick', '1  Living alone'],
      ['RI20b', 'type', 'd'],
      ['RI21', 'type', 'u'],
      ['RI22', 'save', 'Somebody staying with her'],
      ['RI23', 'type', 's7'],
    ]);
    await sumUp();
  });
});

describe('digital evidence', () => {
  it('pauses, survives a restart of the bot and goes on where it was', async () => {
    await goOn('Cyberstalking and digital evidence');
    await walk(chat, [
      ['CY01', 'press', '3  Unsure'],
      ['CY02', 'tick', '2  Texts'],
      ['CY02b', 'save', 'A number ending in 77'],
      ['CY03', 'tick', '1  Send it'],
      ['CY04', 'press', '2  No'],
      ['CY05', 'press', '2  No'],
      ['CY06', 'tick', '9  None of these'],
    ]);
    await keepBoth('s18-digital');
    expect(await chat.press('Pause')).toContain('Paused');
    await keepBoth('s19-paused');
    await stage.restartBot();
    expect(await chat.say('resume')).toContain('CY07 ·');
  });

  it('runs to its summary', async () => {
    await walk(chat, [
      ['CY07', 'press', '2  No'],
      ['CY08', 'tick', '9  None of these'],
      ['CY09', 'press', '2  No'],
      ['CY10', 'press', '2  No'],
    ]);
    expect(await chat.say('screenshots of his texts')).toContain('1 recorded');
    await keepBoth('s20-evidence');
    await walk(chat, [
      ['CY11', 'type', 'done'],
      ['CY12', 'type', 'd'],
      ['CY13', 'tick', '4  None of these'],
      ['CY14', 'press', '2  No'],
      ['CY15', 'press', '2  No'],
    ]);
    await sumUp();
  });
});

describe('needs and plan', () => {
  it('plans for each amber matter, and runs to its summary', async () => {
    await goOn('Needs, plan and referral');
    await walk(chat, [
      ['NE01', 'save', 'To sleep'],
      ['NE02', 'press', '1  Yes'],
      ['NE02b', 'save', 'Paladin'],
    ]);
    expect(await chat.read()).toContain('Paladin');
    await chat.keep('s21-referral');
    await walk(chat, [
      ['NE02c', 'press', '1  Agreed'],
      ['NE02d', 'press', 'k  Still right'],
      ['NE02e', 'type', 'today'],
      ['NE02f', 'press', '3  No answer yet'],
      ['NE03', 'tick', '10  None wanted'],
      ['NE04', 'save', 'Her sister'],
      ['NE04b', 'press', '2  No'],
      ['NE05', 'tick', '9  None of these'],
      ['NE06', 'type', 'd'],
      ['NE07', 'press', '4  No'],
      ['NE07b', 'press', '2  No'],
      ['NE08', 'tick', '10  None of these'],
      ['NE09', 'save', 'Badly'],
      ['NE09b', 'press', '2  No'],
      ['NE09c', 'type', 'd'],
      ['NE10', 'tick', '5  None of these'],
      ['NE11', 'tick', '3  Home'],
      ['NE11d', 'tick', '2  Lighting'],
    ]);
    await keepBoth('s22-plan');
    await chat.press('Back');
    await chat.press('Keep as it is');
    await chat.fillIn('Action', 'Patrol past the flat');
    await chat.tick('FC04: said the person knows where they are');
    await chat.fillIn('Owner', 'Police');
    await chat.fillIn('By when', 'tomorrow');
    expect(await chat.press('Add')).toContain('1 recorded');
    await walk(chat, [
      ['NE11h', 'press', 'That is all'],
      ['NE12', 'press', '3  Not now'],
      ['NE13', 'press', '1  Every week'],
      ['NE13b', 'save', 'Sgt Nair'],
      ['NE13c', 'type', 'next Friday'],
      ['NE14', 'press', '2  Later'],
      ['NE15', 'tick', '6  Share with none'],
      ['NE16', 'type', 'd'],
    ]);
    expect(await sumUp()).toContain('Patrol past the flat');
  });
});

describe('the closing', () => {
  it('reads back what was agreed, and runs to its summary', async () => {
    await goOn('Closing');
    await keepBoth('s23-closing');
    await walk(chat, [
      ['CL01', 'press', '1  Read out'],
      ['CL02', 'press', '1  Read out'],
      ['CL03', 'press', '1  Read out'],
      ['CL04', 'record', { 'What will be done': 'Call her sister', 'Name or team': 'Sgt Nair' }],
      ['CL04', 'press', 'That is all'],
      ['CL05', 'press', 'k  Still right'],
    ]);
    expect(await chat.read()).toMatch(/We'll reach you by “Text her sister” and not by Email/);
    await keepBoth('s24-read-back');
    await walk(chat, [
      ['CL06', 'press', '1  Yes'],
      ['CL07', 'press', '1  Spoken'],
      ['CL08', 'type', 'd'],
    ]);
    await sumUp();
  });

  it('gives a code to hand the case over', async () => {
    expect(await chat.say('hand over')).toMatch(/they type: join \w{4}[ -]?\w{4}/);
    await keepBoth('s25-hand-over');
  });
});

describe('a protection order', () => {
  it('runs to its summary', async () => {
    await goOn('Stalking protection order');
    await keepBoth('s26-order');
    await walk(chat, [
      ['SPO01', 'press', '1  Yes'],
      ['SPO01b', 'save', 'SI06a, SI06e, TL01'],
      ['SPO02', 'save', 'What he does grows worse'],
      ['SPO02b', 'save', 'RI02'],
      ['SPO03', 'save', 'He goes on after being told to stop'],
      ['SPO03b', 'tick', '1  The victim'],
      ['SPO04', 'save', 'A restraining order'],
      ['SPO04b', 'save', 'Her work'],
      ['SPO04c', 'record', { 'Which measure': 'Restraining order', 'Ends on': '3 May 2027' }],
      ['SPO04c', 'press', 'That is all'],
      ['SPO05', 'press', '1  Yes'],
      ['SPO06', 'tick', '1  Contact'],
      ['SPO06b', 'save', 'He writes daily; her phone shows it'],
      ['SPO07', 'press', '1  Yes'],
      ['SPO08', 'press', '1  Yes'],
      ['SPO08b', 'save', 'The hearing is in January'],
      ['SPO09', 'tick', '3  Messages'],
      ['SPO09a', 'press', 'None'],
      ['SPO09a2', 'type', 'd'],
      ['SPO09b', 'press', '1  Fixed'],
      ['SPO09b2', 'save', 'Two years'],
      ['SPO10', 'press', '1  Apply'],
      ['SPO10b', 'save', 'Superintendent'],
      ['SPO10c', 'type', 'today'],
      ['SPO10e', 'save', 'All three limbs are described'],
      ['SPO11', 'press', '1  Yes'],
      ['SPV01', 'press', '1  Yes'],
      ['SPV02', 'save', 'Her work and her sister’s road'],
      ['SPV02b', 'type', 'd'],
      ['SPV03', 'type', 'd'],
      ['SPV04', 'press', '4  In person'],
      ['SPV05', 'press', '1  Read out'],
    ]);
    await sumUp();
  });

  it('hands over everything as text, in the words that were said', async () => {
    await chat.press('Whole summary as text');
    const text = (await chat.readAll()).join('\n');
    expect(text).toContain('# Case summary SP-');
    expect(text).toMatch(
      /Replies that no longer apply after a later answer[\s\S]*Damaged something/,
    );
    const said = ['A funeral wreath at her door', 'he waited outside my work', 'Number 14'];
    expect(said.filter((words) => !text.includes(words))).toEqual([]);
  });
});

describe('danger in a second call', () => {
  it('is one press away on a record that is not filled in', async () => {
    await goOn('Incident timeline');
    const shown = await chat.press('DANGER');
    expect(shown).toContain('IMMEDIATE DANGER');
    expect(shown).toContain('has not called, sent or graded anything');
    await keepBoth('s30-danger');
  });

  it('asks the danger questions in the same case, and only those', async () => {
    await chat.press('Ask the danger questions');
    await walk(chat, [['FC01', 'press', '1  Yes']]);
    expect(await chat.read()).toContain('IMMEDIATE DANGER');
    await keepBoth('s31-red');
    await walk(chat, [
      ['FC02', 'type', '1'],
      ['FC03', 'type', 'yes'],
      ['FC04', 'press', '2  Outside or near'],
      ['FC05', 'type', 'no'],
      ['FC06', 'press', '2  No'],
      ['FC07', 'tick', '8  None of these'],
      ['FC08', 'tick', '1  Children'],
      ['FC09', 'press', '1  Yes'],
    ]);
    await keepBoth('s32-red-end');
    const summary = await sumUp();
    expect(summary).toContain('RED: said they are or soon may be in danger');
    await keepBoth('s33-summary-red');
  });
});
