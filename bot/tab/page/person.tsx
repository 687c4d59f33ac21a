import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Role } from '../../../src/core/roles.js';
import { postTo } from './api.js';
import { forgetKept } from './kept.js';
import { Problem } from './parts.js';
import type { Words } from './words/catalogue.js';
import { useWords } from './words/language.js';

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
  const w = useWords();
  const [problem, setProblem] = useState<string>();
  if (!me.demoPeople) return <span className="person">{sayPerson(me, w)}</span>;
  const choose = async (id: string) => {
    const answer = await postTo<Me>('demo-person', { id });
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    setProblem(undefined);
    forgetKept();
    changed(answer.value);
  };
  return (
    <div className="person">
      <Field label={w.frame.workAs} orientation="horizontal" size="small">
        <Select value={me.id} onChange={(_, { value }) => void choose(value)}>
          {me.demoPeople.map((person) => (
            <option key={person.id} value={person.id}>
              {sayPerson(person, w)}
            </option>
          ))}
        </Select>
      </Field>
      {problem && <Problem words={problem} />}
    </div>
  );
}

function sayPerson({ name, roles }: Person, { frame }: Words): string {
  return `${name} (${roles.map((role) => frame.roles[role]).join(', ')})`;
}
