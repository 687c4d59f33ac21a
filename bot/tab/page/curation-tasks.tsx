import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { TaskKind, TaskState } from '../../../src/core/curator-task.js';
import type { ListedTask, ListedTasks } from './answers.js';
import { useLoad } from './api.js';
import { AskAgain, CloseTask } from './curation-task.js';
import { LoadState } from './parts.js';
import { useEnglishLang, useWords } from './words/language.js';

const kinds: readonly TaskKind[] = ['not-covered', 'withheld', 'judged-wrong'];
const states: readonly TaskState[] = ['open', 'done', 'not-ours'];

/** Questions without a good answer, those asked most often first. */
export function CurationTasks({ mayWork }: { readonly mayWork: boolean }) {
  const { curation } = useWords();
  const [state, setState] = useState<TaskState>('open');
  const [kind, setKind] = useState<TaskKind | ''>('');
  const loaded = useLoad<ListedTasks>(`tasks?state=${state}${kind ? `&kind=${kind}` : ''}`);
  const page = loaded.value;
  return (
    <section aria-labelledby="asked" className="block">
      <h2 id="asked" tabIndex={-1}>
        {curation.asked}
      </h2>
      <p className="quiet">{curation.aboutAsked}</p>
      <div className="fields">
        <Field label={curation.show}>
          <Select
            value={state}
            onChange={(_, { value }) => setState(states.find((one) => one === value) ?? 'open')}
          >
            {states.map((one) => (
              <option key={one} value={one}>
                {curation.states[one]}
                {page && ` (${page.counts[one]})`}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={curation.why}>
          <Select
            value={kind}
            onChange={(_, { value }) => setKind(kinds.find((one) => one === value) ?? '')}
          >
            <option value="">{curation.all}</option>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {curation.kinds[one]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <LoadState loaded={loaded} />
      {page && (
        <p role="status">
          {curation.questions(page.total)}
          {page.total > page.tasks.length && curation.mostOften(page.tasks.length)}
        </p>
      )}
      {page?.tasks.length === 0 && (
        <p className="quiet">{kind ? curation.noneOfKind : curation.none[state]}</p>
      )}
      <ul className="plain-list">
        {page?.tasks.map((task) => (
          <Task key={task.id} task={task} mayWork={mayWork} reload={loaded.reload} />
        ))}
      </ul>
    </section>
  );
}

function Task(given: {
  readonly task: ListedTask;
  readonly mayWork: boolean;
  readonly reload: () => void;
}) {
  const { task, mayWork, reload } = given;
  const { curation, dates } = useWords();
  const english = useEnglishLang();
  return (
    <li className="block">
      <h3 id={`task-${task.id}`}>
        {task.question === null ? (
          curation.questionGone
        ) : (
          <span lang={english}>{task.question}</span>
        )}
      </h3>
      {task.earlier.length > 0 && (
        <p className="quiet">
          {curation.askedBefore} <span lang={english}>{task.earlier.join(' · ')}</span>
        </p>
      )}
      <p>
        {curation.times(
          curation.kinds[task.kind],
          task.times,
          dates.time(task.lastAt),
          task.knowledgeVersion,
        )}
        {task.topic && curation.nearestTopic(task.topic)}.
      </p>
      {task.shown.length > 0 && (
        <p>
          {curation.shown}{' '}
          <span lang={english}>
            {task.shown.map(({ id, heading }) => heading ?? id).join(' · ')}
          </span>
        </p>
      )}
      {task.comments.map((comment) => (
        <p key={comment}>
          {curation.saidOfIt} <span lang={english}>“{comment}”</span>
        </p>
      ))}
      {task.closed && (
        <p>
          {curation.states[task.state]}, {dates.time(task.closed.at)}, {task.closed.by}:{' '}
          <span lang={english}>{task.closed.note}</span>
        </p>
      )}
      {mayWork && task.question !== null && <AskAgain task={task} />}
      {mayWork && task.state === 'open' && <CloseTask task={task} reload={reload} />}
    </li>
  );
}
