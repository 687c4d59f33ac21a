import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Role } from '../../../src/core/roles.js';
import { postTo } from './api.js';
import { forgetKept } from './kept.js';
import { Problem } from './parts.js';
import { roleWords } from './words.js';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
};
export type Me = Person & { readonly demoPeople?: readonly Person[] };

/** Who is at work here; in local mode, a choice among demo people. */
export function PersonSwitcher({
  me,
  changed,
}: {
  readonly me: Me;
  readonly changed: (me: Me) => void;
}) {
  const [problem, setProblem] = useState<string>();
  if (!me.demoPeople) return <span className="person">{sayPerson(me)}</span>;
  const choose = async (id: string) => {
    const answer = await postTo<Me>('demo-person', { id });
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    setProblem(undefined);
    forgetKept();
    changed(answer.value);
  };
  return (
    <div className="person">
      <Field label="Local mode: work as" orientation="horizontal" size="small">
        <Select value={me.id} onChange={(_, { value }) => void choose(value)}>
          {me.demoPeople.map((person) => (
            <option key={person.id} value={person.id}>
              {sayPerson(person)}
            </option>
          ))}
        </Select>
      </Field>
      {problem && <Problem words={problem} />}
    </div>
  );
}

function sayPerson({ name, roles }: Person): string {
  return `${name} (${roles.map((role) => roleWords[role]).join(', ')})`;
}
