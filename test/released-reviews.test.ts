import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../src/core/canonical-json.js';
import { summariseCase } from '../src/core/case-summary.js';
import { caseSummarySchema, type SummaryCite } from '../src/core/case-summary-schema.js';
import { currentScripts } from '../src/core/knowledge.js';
import { makeQuoteForCite } from '../src/core/quote-for-cite.js';
import { reviewDetailSchema } from '../src/core/review-detail.js';
import { differencesBetween } from '../src/core/review-differences.js';
import { makeCheckWording } from '../src/core/review-wording.js';
import { showReview } from '../src/core/show-review.js';
import { anna, today } from './builders.js';
import { loadReal, walkedScreening } from './real-knowledge.js';
import { aReview, sue } from './review-builders.js';

/** Reviews of what the shipped scripts give. */

const knowledge = await loadReal();
const checkWording = makeCheckWording(knowledge);
const quoteForCite = makeQuoteForCite(knowledge.passages.values());
const quoteOf = ({ source, locator }: SummaryCite) =>
  quoteForCite({ source: source.id, locator }, today);
const drafted = (script: ReturnType<typeof currentScripts>[number]) =>
  summariseCase('SP-4K7Q-2M', [{ script, screening: walkedScreening(script, {}) }], {
    sources: knowledge.sources,
    knowledgeVersion: knowledge.version,
    on: today,
    names: new Map([[anna, 'PC Example']]),
    instruments: [],
    readImport: () => ({ rows: [], remarks: [] }),
  });

describe.each(currentScripts(knowledge).map((script) => [script.name, script] as const))(
  'a review of %s',
  (_, script) => {
    const summary = drafted(script);
    const detail = showReview(
      aReview([], summary),
      { id: sue, name: 'PS Example', roles: ['supervisor'] },
      {
        ...{ today, current: summary, recorders: [anna], supervisors: [], names: new Map() },
        ...{ checkWording, quoteOf },
      },
    );

    it('gives each of its lines a key of its own, and fits the shape that is published', () => {
      expect(detail.lines.length).toBeGreaterThan(0);
      expect(new Set(detail.lines.map(({ key }) => key)).size).toBe(detail.lines.length);
      expect(reviewDetailSchema.parse(detail)).toEqual(detail);
    });

    it('has no difference from itself out of a store, or drafted again', () => {
      const stored = caseSummarySchema.parse(JSON.parse(canonicalJson(summary)));
      expect(differencesBetween(stored, summary)).toEqual([]);
      expect(differencesBetween(summary, drafted(script))).toEqual([]);
    });
  },
);

describe('each family of words never to be used', () => {
  it.each(knowledge.neverAdvise.map((family) => [family.id, family] as const))(
    'has citations that can be shown: %s',
    (_, { catches, reason }) => {
      const findings = catches.flatMap((text) => checkWording(text));
      const own = findings.filter((finding) => finding.reason === reason);
      expect(own.length).toBeGreaterThanOrEqual(catches.length);
      expect(own.every(({ cites }) => cites.length > 0)).toBe(true);
    },
  );
});
