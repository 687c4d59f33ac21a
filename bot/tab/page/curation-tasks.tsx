import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { TaskKind, TaskState } from '../../../src/core/curator-task.js';
import { sayTime } from '../../../src/core/days.js';
import type { ListedTask, ListedTasks } from './answers.js';
import { useLoad } from './api.js';
import { AskAgain, CloseTask } from './curation-task.js';
import { LoadState } from './parts.js';
import { count } from './words.js';

const kindWords: Readonly<Record<TaskKind, string>> = {
  'not-covered': 'Not covered',
  withheld: 'Found, but not shown: it failed its check',
  'judged-wrong': 'Answer judged wrong',
};
const stateWords: Readonly<Record<TaskState, string>> = {
  open: 'Open',
  done: 'Done',
  'not-ours': 'Not ours',
};
const kinds = Object.keys(kindWords) as readonly TaskKind[];
const states = Object.keys(stateWords) as readonly TaskState[];
const noneWords: Readonly<Record<TaskState, string>> = {
  open: 'No question waits for a curator.',
  done: 'No question was marked as done.',
  'not-ours': 'No question was marked as not ours.',
};

/** Questions without a good answer, those asked most often first. */
export function CurationTasks({ mayWork }: { readonly mayWork: boolean }) {
  const [state, setState] = useState<TaskState>('open');
  const [kind, setKind] = useState<TaskKind | ''>('');
  const loaded = useLoad<ListedTasks>(`tasks?state=${state}${kind ? `&kind=${kind}` : ''}`);
  const page = loaded.value;
  return (
    <section aria-labelledby="asked" className="block">
      <h2 id="asked" tabIndex={-1}>
        Asked, and missing or wrong
      </h2>
      <p className="quiet">
        Names, numbers, addresses and accounts were taken out by rule before a question was kept,
        and who asked is not recorded. Should something personal be left, close the task and tell
        your data protection officer.
      </p>
      <div className="fields">
        <Field label="Show">
          <Select
            value={state}
            onChange={(_, { value }) => setState(states.find((one) => one === value) ?? 'open')}
          >
            {states.map((one) => (
              <option key={one} value={one}>
                {stateWords[one]}
                {page && ` (${page.counts[one]})`}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Why">
          <Select
            value={kind}
            onChange={(_, { value }) => setKind(kinds.find((one) => one === value) ?? '')}
          >
            <option value="">All</option>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {kindWords[one]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <LoadState loaded={loaded} />
      {page && (
        <p role="status">
          {count(page.total, 'question')}
          {page.total > page.tasks.length &&
            `; the ${page.tasks.length} asked most often are shown`}
        </p>
      )}
      {page?.tasks.length === 0 && (
        <p className="quiet">{kind ? 'None of this kind.' : noneWords[state]}</p>
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
  return (
    <li className="block">
      <h3 id={`task-${task.id}`}>
        {task.question ?? 'The question was no longer known when its answer was judged'}
      </h3>
      {task.earlier.length > 0 && (
        <p className="quiet">Asked before it: {task.earlier.join(' · ')}</p>
      )}
      <p>
        {kindWords[task.kind]}, {count(task.times, 'time')}, last on {sayTime(task.lastAt)}, with
        guidance version {task.knowledgeVersion}
        {task.topic && `. Nearest topic: ${task.topic}`}.
      </p>
      {task.shown.length > 0 && (
        <p>Shown: {task.shown.map(({ id, heading }) => heading ?? id).join(' · ')}</p>
      )}
      {task.comments.map((comment) => (
        <p key={comment}>Said of it: “{comment}”</p>
      ))}
      {task.closed && (
        <p>
          {stateWords[task.state]}, {sayTime(task.closed.at)}, {task.closed.by}: {task.closed.note}
        </p>
      )}
      {mayWork && task.question !== null && <AskAgain task={task} />}
      {mayWork && task.state === 'open' && <CloseTask task={task} reload={reload} />}
    </li>
  );
}
