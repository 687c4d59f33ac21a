import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { CopyRoute } from '../../../src/core/copy-for-person.js';
import type { ReviewDetail } from '../../../src/core/review-detail.js';
import { useAnnounce } from './announce.js';
import { keepFile } from './api.js';
import { PageForm, Problem } from './parts.js';
import { useWords } from './words/language.js';

/** Each with the ending of its files. */
const formats = [
  ['docx', 'docx'],
  ['pdf', 'pdf'],
  ['markdown', 'md'],
  ['json', 'json'],
] as const;

const routes = [
  'by-hand',
  'trusted-person',
  'safer-device',
  'post',
  'own-device',
] as const satisfies readonly CopyRoute[];

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
  const { records } = useWords();
  const [format, setFormat] = useState<string>('docx');
  const [purpose, setPurpose] = useState('');
  const { problem, setProblem, keep } = useKeep();
  const save = () => {
    if (purpose.trim().length < 3) return setProblem(records.sayPurpose);
    const ending = formats.find(([one]) => one === format)?.[1] ?? format;
    const asked = { format, purpose: purpose.trim() };
    return keep(`reviews/${detail.id}/export`, asked, nameOf(detail, ending));
  };
  return (
    <PageForm name={records.export} onSubmit={() => void save()}>
      <h3>{records.export}</h3>
      <p className="quiet">{records.policeMaterial}</p>
      <Field label={records.format}>
        <Select value={format} onChange={(_, { value }) => setFormat(value)}>
          {formats.map(([value]) => (
            <option key={value} value={value}>
              {records.formats[value]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={records.purpose} required>
        <Input value={purpose} maxLength={300} onChange={(_, { value }) => setPurpose(value)} />
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit">{records.exportVersion(detail.version)}</Button>
      </p>
    </PageForm>
  );
}

function Copy({ detail }: { readonly detail: ReviewDetail }) {
  const { records } = useWords();
  const [format, setFormat] = useState('pdf');
  const [route, setRoute] = useState<string>('by-hand');
  const { problem, keep } = useKeep();
  const save = () =>
    keep(`reviews/${detail.id}/copy`, { format, route }, nameOf(detail, format, 'copy'));
  return (
    <PageForm name={records.copy} onSubmit={() => void save()}>
      <h3>{records.copy}</h3>
      <p className="quiet">{records.aboutCopy}</p>
      <Field label={records.howReaches}>
        <Select value={route} onChange={(_, { value }) => setRoute(value)}>
          {routes.map((value) => (
            <option key={value} value={value}>
              {records.copyRoutes[value]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={records.format}>
        <Select value={format} onChange={(_, { value }) => setFormat(value)}>
          <option value="pdf">{records.formats.pdf}</option>
          <option value="docx">{records.formats.docx}</option>
        </Select>
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit">{records.makeCopy}</Button>
      </p>
    </PageForm>
  );
}

function useKeep() {
  const [problem, setProblem] = useState<string>();
  const announce = useAnnounce();
  const { records } = useWords();
  const keep = async (path: string, asked: unknown, name: string) => {
    setProblem(undefined);
    const failed = await keepFile(path, asked, name);
    setProblem(failed);
    if (!failed) announce(records.fileSaved(name));
  };
  return { problem, setProblem, keep };
}

function nameOf({ caseRef, version }: ReviewDetail, ending: string, kind = 'summary'): string {
  return `${caseRef}-${kind}-v${version}.${ending}`;
}
