import type { ListedSharedCase } from './answers.js';
import { useLoad } from './api.js';
import { LoadState, RowTable, Title } from './parts.js';
import { reviewAddress } from './route.js';
import { useWords } from './words/language.js';

/** The cases shared with an advocate, shared last first. */
export function SharedListView() {
  const loaded = useLoad<{ readonly cases: readonly ListedSharedCase[] }>('shared');
  const { value } = loaded;
  const { sharing } = useWords();
  return (
    <>
      <Title name={sharing.sharedWithYou}>{sharing.sharedWithYou}</Title>
      <p className="quiet">{sharing.aboutList}</p>
      <LoadState loaded={loaded} />
      {value?.cases.length === 0 && <p>{sharing.noneShared}</p>}
      {value && value.cases.length > 0 && <Rows cases={value.cases} />}
    </>
  );
}

function Rows({ cases }: { readonly cases: readonly ListedSharedCase[] }) {
  const { dates, sharing } = useWords();
  const { heads } = sharing;
  const say = (isApproved: boolean) => (isApproved ? sharing.sentApproved : sharing.sentDraft);
  return (
    <RowTable caption={sharing.caption} heads={[heads.case, heads.summary, heads.by, heads.until]}>
      {cases.map((one) => (
        <tr key={one.review}>
          <th scope="row">
            <a href={reviewAddress(one.review)}>{one.caseRef}</a>
          </th>
          <td data-label={heads.summary}>
            {say(one.isApproved)(one.version, dates.time(one.submittedAt))}
          </td>
          <td data-label={heads.by}>
            {one.sharedBy}, {dates.time(one.sharedAt)}
          </td>
          <td data-label={heads.until}>{one.until ? dates.day(one.until) : sharing.untilEnded}</td>
        </tr>
      ))}
    </RowTable>
  );
}
