import type { DueCaseRow } from './answers.js';
import { useLoad } from './api.js';
import { LoadState, RowTable, Title } from './parts.js';
import { useEnglishLang, useWords } from './words/language.js';

const ways = ['keep', 'hold', 'delete'] as const;

/** The cases whose period is over, to be read: what becomes of one is decided by a command. */
export function DueView() {
  const { due, frame } = useWords();
  const loaded = useLoad<{ readonly cases: readonly DueCaseRow[] }>('due');
  const cases = loaded.value?.cases;
  return (
    <>
      <Title name={frame.views.due}>{frame.views.due}</Title>
      <p className="quiet">{due.about}</p>
      <LoadState loaded={loaded} />
      {cases && <p>{cases.length === 0 ? due.none : due.number(cases.length)}</p>}
      {cases && cases.length > 0 && <Rows cases={cases} />}
      <HowToDecide />
    </>
  );
}

function Rows({ cases }: { readonly cases: readonly DueCaseRow[] }) {
  const { dates, due } = useWords();
  const { heads } = due;
  return (
    <RowTable caption={due.caption} heads={[heads.case, heads.since, heads.held]}>
      {cases.map(({ caseRef, since, isHeld }) => (
        <tr key={caseRef}>
          <th scope="row">{caseRef}</th>
          <td data-label={heads.since}>{since ? dates.day(since) : due.sinceUnknown}</td>
          <td data-label={heads.held}>{isHeld ? due.isHeld : due.notHeld}</td>
        </tr>
      ))}
    </RowTable>
  );
}

function HowToDecide() {
  const { due } = useWords();
  const english = useEnglishLang();
  return (
    <section aria-labelledby="how-to-decide" className="block">
      <h2 id="how-to-decide">{due.howToDecide}</h2>
      <ul>
        {ways.map((way) => (
          <li key={way}>
            {due.ways[way]} <code lang={english}>{due.commands[way]()}</code>
          </li>
        ))}
      </ul>
      <p>
        {due.who} <code lang={english}>{due.commands.help()}</code>
      </p>
    </section>
  );
}
