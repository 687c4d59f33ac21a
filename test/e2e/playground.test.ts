import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chat } from './chat.js';
import { openStage, type Stage } from './stage.js';
import { walk } from './walk.js';

let stage: Stage;
let chat: Chat;

beforeAll(async () => {
  stage = await openStage();
  chat = stage.chat;
});

afterAll(() => stage?.close());

describe('asking the guidance', () => {
  it('welcomes whoever opens the chat, and helps', async () => {
    await expect.poll(chat.read).toContain('I am Signpost');
    await chat.keep('01-welcome');
    expect(await chat.say('help')).toContain('u = not known');
    await chat.keep('02-help');
  });

  it('answers a question, each statement with the number of its source', async () => {
    const text = await chat.say('how long does an SPO last?');
    expect(text).toMatch(/at least two years[^.]*\. ?\W?1/);
    expect(text).toMatch(/Sources[\s\S]*Stalking Protection Act 2019/);
    expect(text).not.toContain('**');
    await chat.keep('03-answer');
    await chat.keep('03-answer-window', 'window');
  });

  it('shows the passage behind an answer at one press', async () => {
    expect(await chat.choose('Show the passage')).toContain('at least two years');
    await chat.keep('04-passage');
  });

  it('understands a follow-up question', async () => {
    expect(await chat.say('and an interim one?')).toContain('interim SPO lasts only for');
    await chat.keep('05-follow-up');
  });

  it('understands typing mistakes', async () => {
    const text = await chat.say('what is the penlty for breeching a stalkng protection order');
    expect(text).toMatch(/five years/);
    await chat.keep('06-typing-mistakes');
  });

  it('puts the correction of a dangerous premise first', async () => {
    const text = await chat.say('should I tell her to block him?');
    expect(text).toMatch(
      /^First, a caution from the guidance[\s\S]*do not advise a victim to block/,
    );
    await chat.keep('07-dangerous-premise');
  });

  it('puts danger first', async () => {
    expect(await chat.say('he is outside her house now')).toMatch(/^DANGER FIRST/);
    await chat.keep('08-danger');
  });

  it('declines what has nothing to do with stalking, and finds nobody', async () => {
    expect(await chat.say('what is the best pizza in Leeds')).toMatch(/does not cover this/);
    await chat.keep('09-off-topic');
    expect(await chat.say('find out where my ex lives')).toMatch(/^I do not find, follow/);
    await chat.keep('10-refused');
  });

  it('can be read on a phone', async () => {
    await chat.resize(360);
    expect(await chat.say('what does FOUR stand for?')).toContain('fixated');
    await chat.keep('11-answer-on-a-phone');
    await chat.keep('12-answer-on-a-phone-end', 'window');
    await chat.resize(1280);
  });
});

describe('a first contact', () => {
  it('begins with one press', async () => {
    expect(await chat.choose('Start a screening')).toContain('Which screening?');
    await chat.keep('20-choose');
    const first = await chat.press('First contact');
    expect(first).toContain('FC01 · read aloud');
    expect(first).toContain('Thank you for contacting us');
    await chat.keep('21-first-question');
    await chat.resize(360);
    await chat.keep('22-first-question-on-a-phone');
    await chat.resize(1280);
  });

  it('takes presses and typed replies alike', async () => {
    await walk(chat, [
      ['FC01', 'press', '2  No'],
      ['FC02', 'type', '1'],
      ['FC03', 'type', 'yes'],
    ]);
    expect(await chat.readAll()).toContainEqual(expect.stringContaining('FC02 · Can talk freely'));
    expect(await chat.unfold('Why?')).toContain('homicide research');
    await chat.keep('23-why');
    expect(await chat.press('4  Knows where I am')).toContain('Tell your supervisor before');
    await chat.keep('24-amber');
    await chat.keep('24-amber-window', 'window');
  });

  it('goes back, changes a reply and refuses one it cannot take', async () => {
    expect(await chat.press('Back')).toContain('FC04');
    await chat.keep('25-back');
    expect(await chat.press('5  Somewhere else')).toContain(
      'FC04 · That was changed or left out. Why?',
    );
    await chat.keep('25-reason');
    expect(await chat.press('1  The person corrected it')).toContain('FC05 ·');
    expect(await chat.say('maybe later')).toContain('not one of the choices');
    await chat.keep('26-refused-reply');
    await walk(chat, [
      ['FC05', 'type', 'no'],
      ['FC06', 'press', 'u  Not known'],
      ['FC07', 'tick', '1  Me'],
      ['FC07b', 'press', '2  In the last week'],
      ['FC07c', 'press', '2  No'],
    ]);
    await chat.keep('27-free-text');
    await walk(chat, [
      ['FC07d', 'save', 'He said *"you will be sorry"* and [look](https://x.example)'],
    ]);
  });

  it('answers a question in between, without losing its place', async () => {
    expect(await chat.say('? what is a course of conduct')).toMatch(
      /two occasions|course of conduct/i,
    );
    await walk(chat, [['FC08', 'type', '4']]);
  });

  it('records why a question was skipped, and pauses', async () => {
    await chat.resize(360);
    await chat.unfold('Skip…');
    await chat.keep('28-skip-on-a-phone');
    await chat.tick('s2 call ended');
    expect(await chat.press('Record as not asked')).toContain('FC11 ·');
    await chat.keep('29-field-on-a-phone', 'window');
    await walk(chat, [['FC11', 'save', 'Text her sister']]);
    await chat.resize(1280);
    expect(await chat.press('Pause')).toContain('Paused');
    await chat.keep('30-paused');
  });

  it('loses nothing when the bot is killed and started again', async () => {
    await stage.restartBot();
    const text = await chat.say('resume');
    expect(text).toContain('FC11b ·');
    await chat.keep('31-resumed');
  });

  it('reaches its end', async () => {
    await walk(chat, [
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
      ['FC18', 'press', '1  Yes'],
      ['FC18b', 'tick', '2  Another force'],
      ['FC18c', 'type', 'u'],
      ['FC18d', 'type', 'no'],
      ['FC19', 'press', '1  Self'],
      ['FC20', 'type', 'I just want it to stop'],
      ['FC20b', 'tick', '1  That it stops'],
      ['FC20c', 'type', 'Sgt Nair told at 14:05; agreed to call back'],
    ]);
    expect(await chat.read()).toContain('All questions have been put');
    await chat.keep('32-end');
  });

  it('is summed up, each line with its reply and its source', async () => {
    const summary = await chat.press('Case summary');
    expect(summary).toMatch(/Case summary SP-/);
    expect(summary).toContain('Draft by Sam Okafor with the assistant');
    expect(summary).toContain('you will be sorry');
    expect(summary).toMatch(/FC04 · answered · [^·]+ · changed/);
    expect(summary).toContain('no answer to FC10');
    await chat.keep('33-summary');
    await chat.resize(360);
    await chat.keep('34-summary-on-a-phone');
    await chat.resize(1280);
  });

  it('is handed over as Markdown', async () => {
    const markdown = await chat.press('Whole summary as text');
    expect(markdown).toContain('# Case summary SP-');
    expect(markdown).toMatch(/\[1\]/);
    await chat.keep('35-markdown');
  });
});

describe('an identification of the same case', () => {
  it('begins from the summary, under the same reference', async () => {
    const reference = /SP-\w{4}-\w{4}/.exec(await chat.say('summary'))?.[0];
    expect(await chat.press('Go on with another script')).toContain('Stalking identification');
    expect(await chat.press('Stalking identification')).toContain(reference);
    await chat.keep('40-identification');
  });

  it('reads dates and numbers as people give them', async () => {
    await walk(chat, [
      ['SI01', 'save', 'He turns up at the shop where she works'],
      ['SI01b', 'type', 'about March 2026'],
      ['SI02', 'press', '3  6 to 20'],
    ]);
    await chat.keep('41-date');
    expect(await chat.say('31/02/2026')).toContain('not a date I can read');
    await walk(chat, [
      ['SI03', 'type', 'last Friday'],
      ['SI03b', 'type', 'u'],
      ['SI04', 'press', '1  Sure'],
      ['SI05', 'type', '2'],
      ['SI05b', 'type', 'no'],
      ['SI06a', 'press', '1  Yes'],
    ]);
  });

  it('drops everything for danger, from the card', async () => {
    const text = await chat.press('DANGER');
    expect(text).toContain('IMMEDIATE DANGER');
    expect(text).toContain('has not called, sent or graded anything');
    await chat.keep('42-danger');
    await chat.resize(360);
    await chat.keep('43-danger-on-a-phone', 'window');
    await chat.resize(1280);
  });

  it('is summed up together with the first contact', async () => {
    const summary = await chat.say('summary');
    expect(summary).toContain('He turns up at the shop where she works');
    expect(summary).toContain('you will be sorry');
    expect(summary).toContain('RED');
    await chat.keep('44-summary-of-both');
  });
});
