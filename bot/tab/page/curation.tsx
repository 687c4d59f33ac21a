import type { Curation } from './answers.js';
import { useLoad } from './api.js';
import { CurationPassages } from './curation-passages.js';
import { CurationTasks } from './curation-tasks.js';
import { LoadState, Title } from './parts.js';
import type { Me } from './person.js';
import { useWords } from './words/language.js';

/** What a curator has to look at: questions without a good answer, and passages whose time has come. */
export function CurationView({ me }: { readonly me: Me }) {
  const { frame, curation } = useWords();
  const loaded = useLoad<Curation>('curation');
  return (
    <>
      <Title name={frame.views.curation}>{frame.views.curation}</Title>
      <p className="quiet">
        {curation.about}
        {loaded.value && curation.loaded(loaded.value.loaded, loaded.value.knowledgeVersion)}
      </p>
      <CurationTasks mayWork={me.roles.includes('curator')} />
      <section aria-labelledby="passages" className="block">
        <h2 id="passages">{curation.toLookAt}</h2>
        <LoadState loaded={loaded} />
        {loaded.value && <CurationPassages passages={loaded.value.passages} />}
      </section>
    </>
  );
}
