import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerText } from '../src/core/answer-text.js';
import type { ShownBlock } from '../src/core/citations.js';
import { type Block, statementsOf } from '../src/core/passage.js';
import { makeAnswerQuestion } from '../src/flows/answer-question.js';
import { loadReal } from './real-knowledge.js';

/** Every sentence shown stands, word for word, in a published passage: asked with many varied questions. */

const file = path.join(import.meta.dirname, 'questions', 'varied.txt');
const questions = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith('#'))
  : [];

const knowledge = await loadReal();
const ask = makeAnswerQuestion(knowledge, () => new Date('2026-11-20T12:00:00.000Z'));
const answers = questions.map((question) => ({ question, answer: ask({ question, earlier: [] }) }));
const shownBlocks = answers.flatMap(({ question, answer }) =>
  answer.shown.flatMap(({ passage, blocks }) =>
    blocks.map((block) => ({ question, passage, block })),
  ),
);

const wordsOf = ({ lead, items }: Block | ShownBlock) => ({
  lead: lead.map(({ text }) => text),
  items: items.map(({ text }) => text),
});

describe.skipIf(questions.length === 0)('whatever is asked', () => {
  it('is at least three hundred questions, of which most show something', () => {
    expect(questions.length).toBeGreaterThanOrEqual(300);
    expect(new Set(questions).size).toBe(questions.length);
    expect(answers.filter(({ answer }) => answer.shown.length > 0).length).toBeGreaterThan(200);
  });

  it('shows only statements that stand verbatim in a published passage in force', () => {
    const published = new Map(
      [...knowledge.passages.values()]
        .filter(({ status }) => status === 'published')
        .map((passage) => [
          passage.id,
          new Set(passage.blocks.flatMap(statementsOf).map(({ text }) => text)),
        ]),
    );
    const strange = shownBlocks.flatMap(({ passage, block }) =>
      [...block.lead, ...block.items].filter(({ text }) => !published.get(passage)?.has(text)),
    );
    expect(shownBlocks.length).toBeGreaterThan(300);
    expect(strange).toEqual([]);
  });

  it('shows every block whole, and no item without its lead-in', () => {
    const whole = new Map(
      [...knowledge.passages.values()].map(({ id, blocks }) => [
        id,
        new Set(blocks.map((block) => JSON.stringify(wordsOf(block)))),
      ]),
    );
    const torn = shownBlocks.filter(
      ({ passage, block }) => !whole.get(passage)?.has(JSON.stringify(wordsOf(block))),
    );
    expect(torn).toEqual([]);
    const bare = shownBlocks.filter(
      ({ block }) => block.items.length > 0 && block.lead.length === 0,
    );
    expect(bare).toEqual([]);
  });

  it('shows a passage from its first block on, in its own order and without a gap', () => {
    for (const { question, answer } of answers) {
      for (const { passage, blocks } of answer.shown) {
        const own = (knowledge.passages.get(passage)?.blocks ?? []).map((block) =>
          JSON.stringify(wordsOf(block)),
        );
        const places = blocks.map((block) => own.indexOf(JSON.stringify(wordsOf(block))));
        expect([question, places]).toEqual([question, places.map((_, place) => place)]);
      }
    }
  });

  it('says every statement in its text, in that order, with the numbers of its citations', () => {
    for (const { question, answer } of answers) {
      const text = answerText(answer, answer.hasCorrection);
      let from = 0;
      for (const { heading, blocks } of answer.shown) {
        for (const { text: words, citations } of blocks.flatMap(({ lead, items }) => [
          ...lead,
          ...items,
        ])) {
          const numbered = `${words} ${citations.map((n) => `[${n}]`).join('')}`;
          const at = text.indexOf(numbered, from);
          expect([question, words, at >= from]).toEqual([question, words, true]);
          from = at + numbered.length;
        }
        expect(text).toContain(`**${heading}**`);
      }
    }
  });

  it('cites each statement with its own words, under numbers from 1 without a gap', () => {
    for (const { question, answer } of answers) {
      const statements = answer.shown.flatMap(({ blocks }) =>
        blocks.flatMap(({ lead, items }) => [...lead, ...items]),
      );
      const pairs = statements.flatMap(({ text, citations }) =>
        citations.map((n) => [n, text] as const),
      );
      expect([question, answer.citations.map(({ n, quote }) => [n, quote])]).toEqual([
        question,
        pairs,
      ]);
      expect(pairs.map(([n]) => n)).toEqual(pairs.map((_, i) => i + 1));
      // Teams takes no more in one message.
      expect(answer.citations.length).toBeLessThanOrEqual(20);
    }
  });

  it('gives the same answer when it is asked again', () => {
    const again = makeAnswerQuestion(knowledge, () => new Date('2026-11-20T12:00:00.000Z'));
    for (const { question, answer } of answers.slice(0, 60)) {
      expect(again({ question, earlier: [] })).toEqual(answer);
    }
  });
});
