import { expect } from 'vitest';
import type { Chat } from './chat.js';

/** Fields of a record by their labels. */
type Filled = Readonly<Record<string, string>>;

/**
 * What is done at a question: its id, how, and what is pressed, typed, ticked, saved or filled in. After a
 * record the question stays.
 */
export type Step =
  | readonly [question: string, how: 'press' | 'type' | 'tick' | 'save', what: string]
  | readonly [question: string, how: 'record', what: Filled];

/** Takes the steps one after another; each must be at its question, lead away from it, and be drawn well. */
export async function walk(chat: Chat, steps: readonly Step[]): Promise<void> {
  for (const [question, how, what] of steps) {
    if (!(await chat.read()).includes(`${question} ·`))
      expect((await chat.readAll()).join('\n')).toContain(`${question} ·`);
    if (how === 'record') {
      const listed = await addRecord(chat, what);
      expect(listed).toContain(`${question} ·`);
      expect(listed).toContain(Object.values(what)[0]);
      expect(await chat.faults(), `drawing ${question} with a record`).toEqual([]);
      continue;
    }
    if (how === 'tick') await chat.tick(what);
    if (how === 'save') await chat.fill(what);
    const next = how === 'type' ? chat.say(what) : chat.press(how === 'press' ? what : 'Save');
    expect(await next).not.toContain(`${question} ·`);
    expect(await chat.faults(), `drawing what follows ${question}`).toEqual([]);
  }
}

/** Fills in a record on the newest card and adds it; returns what is shown then. */
async function addRecord(chat: Chat, fields: Filled): Promise<string> {
  for (const [label, words] of Object.entries(fields)) await chat.fillIn(label, words);
  return chat.press('Add');
}
