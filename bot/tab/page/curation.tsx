import type { Curation } from './answers.js';
import { useLoad } from './api.js';
import { CurationPassages } from './curation-passages.js';
import { CurationTasks } from './curation-tasks.js';
import { LoadState, Title } from './parts.js';
import type { Me } from './person.js';

/** What a curator has to look at: questions without a good answer, and passages whose time has come. */
export function CurationView({ me }: { readonly me: Me }) {
  const loaded = useLoad<Curation>('curation');
  return (
    <>
      <Title name="Guidance">Guidance</Title>
      <p className="quiet">
        Guidance is changed in its files, with a pull request that a colleague reviews; nothing on
        this page changes it.
        {loaded.value &&
          ` ${loaded.value.loaded} passages are loaded, version ${loaded.value.knowledgeVersion}.`}
      </p>
      <CurationTasks mayWork={me.roles.includes('curator')} />
      <section aria-labelledby="passages" className="block">
        <h2 id="passages">Passages to look at</h2>
        <LoadState loaded={loaded} />
        {loaded.value && <CurationPassages passages={loaded.value.passages} />}
      </section>
    </>
  );
}
