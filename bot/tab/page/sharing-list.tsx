import { sayDay, sayTime } from '../../../src/core/days.js';
import type { ListedSharedCase } from './answers.js';
import { useLoad } from './api.js';
import { LoadState, RowTable, Title } from './parts.js';
import { reviewAddress } from './route.js';

/** The cases shared with an advocate, shared last first. */
export function SharedListView() {
  const loaded = useLoad<{ readonly cases: readonly ListedSharedCase[] }>('shared');
  const { value } = loaded;
  return (
    <>
      <Title name="Shared with you">Shared with you</Title>
      <p className="quiet">
        Cases that were shared with you with the person’s agreement. Each time you open one is
        recorded. A case that is no longer shared leaves this list.
      </p>
      <LoadState loaded={loaded} />
      {value?.cases.length === 0 && (
        <p>
          No case is shared with you. The officer in the case shares it, with the person’s
          agreement.
        </p>
      )}
      {value && value.cases.length > 0 && <Rows cases={value.cases} />}
    </>
  );
}

function Rows({ cases }: { readonly cases: readonly ListedSharedCase[] }) {
  return (
    <RowTable caption="Cases shared with you" heads={['Case', 'Summary', 'Shared by', 'Until']}>
      {cases.map((one) => (
        <tr key={one.review}>
          <th scope="row">
            <a href={reviewAddress(one.review)}>{one.caseRef}</a>
          </th>
          <td data-label="Summary">
            Version {one.version}, {one.isApproved ? 'approved' : 'draft, not yet approved'}, sent{' '}
            {sayTime(one.submittedAt)}
          </td>
          <td data-label="Shared by">
            {one.sharedBy}, {sayTime(one.sharedAt)}
          </td>
          <td data-label="Until">{one.until ? sayDay(one.until) : 'until it is ended'}</td>
        </tr>
      ))}
    </RowTable>
  );
}
