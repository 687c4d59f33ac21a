import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { CopyRoute } from '../../../src/core/copy-for-person.js';
import type { ReviewDetail } from '../../../src/core/review-detail.js';
import { useAnnounce } from './announce.js';
import { keepFile } from './api.js';
import { PageForm, Problem } from './parts.js';

const formats = [
  ['docx', 'Word', 'docx'],
  ['pdf', 'PDF', 'pdf'],
  ['markdown', 'Markdown', 'md'],
  ['json', 'JSON', 'json'],
] as const;

const routeWords: Readonly<Record<CopyRoute, string>> = {
  'by-hand': 'Given by hand',
  'trusted-person': 'Through a person they trust',
  'safer-device': 'To a safer device',
  post: 'By post',
  'own-device': 'To the device they use every day',
};

/** The approved summary as a document, and the copy for the person; each is recorded. */
export function Documents({ detail }: { readonly detail: ReviewDetail }) {
  return (
    <div className="fields wide">
      {detail.may.export && <Export detail={detail} />}
      {detail.may.copy && <Copy detail={detail} />}
    </div>
  );
}

function Export({ detail }: { readonly detail: ReviewDetail }) {
  const [format, setFormat] = useState<string>('docx');
  const [purpose, setPurpose] = useState('');
  const { problem, setProblem, keep } = useKeep();
  const save = () => {
    if (purpose.trim().length < 3) return setProblem('Say what the document is for.');
    const ending = formats.find(([one]) => one === format)?.[2] ?? format;
    const query = new URLSearchParams({ format, purpose: purpose.trim() });
    return keep(`reviews/${detail.id}/export?${query}`, nameOf(detail, ending));
  };
  return (
    <PageForm name="Export" onSubmit={() => void save()}>
      <h3>Export</h3>
      <p className="quiet">Police material. What it is for is recorded with your name.</p>
      <Field label="Format">
        <Select value={format} onChange={(_, { value }) => setFormat(value)}>
          {formats.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="What it is for" required>
        <Input value={purpose} maxLength={300} onChange={(_, { value }) => setPurpose(value)} />
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit">Export version {detail.version}</Button>
      </p>
    </PageForm>
  );
}

function Copy({ detail }: { readonly detail: ReviewDetail }) {
  const [format, setFormat] = useState('pdf');
  const [route, setRoute] = useState<string>('by-hand');
  const { problem, keep } = useKeep();
  const save = () => {
    const query = new URLSearchParams({ format, route });
    return keep(`reviews/${detail.id}/copy?${query}`, nameOf(detail, format, 'copy'));
  };
  return (
    <PageForm name="Copy for the person" onSubmit={() => void save()}>
      <h3>Copy for the person</h3>
      <p className="quiet">
        Plan, named contact, reference, what happens next. Nothing for the supervisor only, nothing
        marked unsafe.
      </p>
      <Field label="How it reaches them">
        <Select value={route} onChange={(_, { value }) => setRoute(value)}>
          {Object.entries(routeWords).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Format">
        <Select value={format} onChange={(_, { value }) => setFormat(value)}>
          <option value="pdf">PDF</option>
          <option value="docx">Word</option>
        </Select>
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit">Make the copy</Button>
      </p>
    </PageForm>
  );
}

function useKeep() {
  const [problem, setProblem] = useState<string>();
  const announce = useAnnounce();
  const keep = async (path: string, name: string) => {
    setProblem(undefined);
    const failed = await keepFile(path, name);
    setProblem(failed);
    if (!failed) announce(`${name} is saved.`);
  };
  return { problem, setProblem, keep };
}

function nameOf({ caseRef, version }: ReviewDetail, ending: string, kind = 'summary'): string {
  return `${caseRef}-${kind}-v${version}.${ending}`;
}
