import type { ScreeningId } from '../../src/core/ids.js';
import { summaryMarkdown } from '../../src/core/summary-markdown.js';
import type { TimelineFacts } from '../../src/core/timeline-facts.js';
import { altText } from '../../src/core/timeline-sentences.js';
import type { SummariseCase } from '../../src/flows/summarise-case.js';
import { plainMessage } from './cards/answer-message.js';
import { cardMessage } from './cards/card.js';
import { summaryCard } from './cards/summary-card.js';
import type { Speaker } from './read-activity.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

/** A message of fenced text; well below what Teams takes in one. */
const mostFenced = 18_000;

/** A picture of the timeline as a PNG. */
export type DrawTimeline = (facts: TimelineFacts) => Promise<Buffer>;

type Send = (turn: Turn, screening: ScreeningId, by: Speaker) => Promise<void>;

/** Sends the summary of a case as a card, or whole as text; `refuse` says that it is not this person's. */
export function makeSendSummary(
  summariseCase: SummariseCase,
  drawTimeline: DrawTimeline,
  refuse: (turn: Turn) => Promise<void>,
): { readonly sendSummary: Send; readonly sendMarkdown: Send } {
  return {
    sendSummary: async (turn, screening, by) => {
      const drafted = await summariseCase(screening, by.id);
      if (!drafted) return refuse(turn);
      const { summary, timeline } = drafted;
      const picture = timeline && {
        url: `data:image/png;base64,${(await drawTimeline(timeline)).toString('base64')}`,
        alt: altText(timeline),
      };
      const words = wordsOf(turn);
      const content = summaryCard(summary, by.name, screening, picture, words);
      await turn.send(cardMessage(content, words.feeds.summary));
    },
    sendMarkdown: async (turn, screening, by) => {
      const drafted = await summariseCase(screening, by.id);
      if (!drafted) return refuse(turn);
      for (const piece of piecesOf(summaryMarkdown(drafted.summary, by.name))) {
        await turn.send({
          ...plainMessage(`\`\`\`\n${piece}\n\`\`\``),
          summary: wordsOf(turn).feeds.summary,
        });
      }
    },
  };
}

/** Cuts at line ends, so that no line of a summary is torn apart that could stand in one message. */
function piecesOf(markdown: string): readonly string[] {
  const pieces: string[] = [''];
  const whole = new RegExp(`.{1,${mostFenced}}`, 'gsu');
  for (const line of markdown.split('\n').flatMap((long) => long.match(whole) ?? [''])) {
    const last = pieces.at(-1) ?? '';
    if (last.length + line.length > mostFenced) pieces.push(line);
    else pieces[pieces.length - 1] = last ? `${last}\n${line}` : line;
  }
  return pieces;
}
