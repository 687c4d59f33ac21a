import { Button, Checkbox } from '@fluentui/react-components';
import {
  type KeyboardEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import type { Refusal, SendAct } from './acts.js';
import { EditLine } from './edit-line.js';
import { Evidence } from './evidence.js';
import { LineList } from './line-list.js';
import { type LineSection, nameOfLine, sourcesOf } from './line-sources.js';
import { Keyed } from './parts.js';
import { RefusalBox } from './refusal.js';
import { WasBefore } from './since.js';
import { useEnglishLang, useWords } from './words/language.js';

type PanesProps = {
  readonly detail: ReviewDetail;
  readonly sections: readonly LineSection[];
  readonly current: LineKey | undefined;
  readonly choose: (key: LineKey) => void;
  readonly asked: readonly LineKey[];
  readonly toggleAsked: (key: LineKey) => void;
  readonly send: SendAct;
  readonly go: (key: LineKey) => void;
};

/** Lines on the left with the evidence of the current one beside them; in a narrow window, under it. */
export function LinePanes(props: PanesProps) {
  const { detail, sections, current, choose, asked, toggleAsked, send } = props;
  const words = useWords();
  const isWide = useIsWide();
  const [editing, setEditing] = useState<LineKey>();
  /** Counts up when the evidence is to take the focus. */
  const [opened, setOpened] = useState(0);
  const [refused, setRefused] = useState<{ readonly line: LineKey; readonly refusal: Refusal }>();
  const { may } = detail;
  const check = async (line: ReviewLine) => {
    if (!may.check) return;
    const isChecked = !line.checkedBy;
    const say = isChecked ? words.lines.isChecked : words.lines.isUnchecked;
    const done = say(nameOfLine(line.key, words));
    const sent = await send({ kind: 'line-checked', line: line.key, isChecked }, done);
    setRefused(sent.kind === 'refused' ? { line: line.key, refusal: sent.refusal } : undefined);
  };
  const keys = {
    check: (line: ReviewLine) => void check(line),
    open: () => setOpened((n) => n + 1),
    edit: (line: ReviewLine) => may.edit && setEditing(line.key),
    ask: (line: ReviewLine) => may.return && toggleAsked(line.key),
  };
  const paneOf = (line: ReviewLine) => (
    <Pane
      key={line.key}
      {...props}
      line={line}
      isAsked={asked.includes(line.key)}
      isEditing={editing === line.key}
      edit={(isOn) => setEditing(isOn ? line.key : undefined)}
      check={() => void check(line)}
      opened={opened}
      refusal={refused?.line === line.key ? refused.refusal : undefined}
    />
  );
  const line = detail.lines.find(({ key }) => key === current);
  return (
    <div className="panes">
      <LineList
        sections={sections}
        current={current}
        asked={asked}
        inQuestion={linesInQuestion(detail)}
        since={detail.since}
        choose={choose}
        keys={keys}
        under={(one) => (isWide ? null : paneOf(one))}
      />
      {isWide && line && <div className="aside">{paneOf(line)}</div>}
    </div>
  );
}

/** Named in the return that stands, or in the one that this version answers. */
function linesInQuestion({ decision, since }: ReviewDetail): readonly LineKey[] {
  const returned = decision ?? since?.decision;
  return returned?.kind === 'returned' ? returned.lines : [];
}

function Pane(
  props: PanesProps & {
    readonly line: ReviewLine;
    readonly isAsked: boolean;
    readonly isEditing: boolean;
    readonly edit: (isOn: boolean) => void;
    readonly check: () => void;
    readonly opened: number;
    readonly refusal: Refusal | undefined;
  },
) {
  const { detail, line, send, go, isAsked, toggleAsked, isEditing, edit, check, opened, refusal } =
    props;
  const sources = useMemo(() => sourcesOf(detail.summary), [detail.summary]);
  const heading = useRef<HTMLHeadingElement>(null);
  const wasOpened = useRef(opened);
  useEffect(() => {
    if (opened === wasOpened.current) return;
    wasOpened.current = opened;
    heading.current?.focus();
  }, [opened]);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    go(line.key);
  };
  const words = useWords();
  const english = useEnglishLang();
  const name = nameOfLine(line.key, words);
  const { may } = detail;
  return (
    <section className="evidence" aria-labelledby="evidence-head" onKeyDown={leave}>
      <h3 ref={heading} id="evidence-head" tabIndex={-1}>
        {words.lines.evidenceFor(name)}
      </h3>
      {detail.since && <WasBefore since={detail.since} line={line.key} />}
      {line.text !== line.drafted && (
        <p>
          {words.lines.draftedAs} <del lang={english}>{line.drafted}</del>
        </p>
      )}
      <Evidence detail={detail} line={line} source={sources.get(line.key)} go={go} />
      {may.check ? (
        <Checkbox
          label={words.lines.checkedBox}
          checked={line.checkedBy !== undefined}
          onChange={check}
        />
      ) : null}
      {line.checkedBy && (
        <p className="quiet">
          {words.lines.checkedBy(
            detail.names[line.checkedBy.by] ?? words.frame.unnamed,
            words.dates.time(line.checkedBy.at),
          )}
        </p>
      )}
      {refusal && <RefusalBox refusal={refusal} points={detail.points} />}
      {isEditing && may.edit ? (
        <EditLine
          detail={detail}
          line={line}
          send={send}
          close={() => {
            edit(false);
            go(line.key);
          }}
        />
      ) : (
        <p className="buttons">
          {may.edit && <Button onClick={() => edit(true)}>{words.lines.changeWords}</Button>}
          {may.return && (
            <Button aria-pressed={isAsked} onClick={() => toggleAsked(line.key)}>
              {isAsked ? `✓ ${words.lines.isNamed}` : words.lines.name}
            </Button>
          )}
        </p>
      )}
      <p className="help">
        <Keyed words={words.lines.backToLine} />
      </p>
    </section>
  );
}

const wide = '(min-width: 900px)';

/** Whether there is room for two panes. */
function useIsWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(wide);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(wide).matches,
  );
}
