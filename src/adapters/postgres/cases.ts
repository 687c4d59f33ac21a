import { caseIdSchema, screeningIdSchema } from '../../core/ids.js';
import type { Cases } from '../../flows/ports.js';
import { ownFault } from '../log.js';
import { type StorePool, withClient } from './pool.js';

type Joined = {
  readonly screening_id: string | null;
  readonly case_id: string;
  readonly is_barred: boolean;
};

/** Who may work on a case and who looked at it, kept in PostgreSQL or the embedded store. */
export function makeCases(pool: StorePool): Cases {
  const run = (text: string, values: readonly unknown[]) =>
    withClient(pool, (client) => client.query<Joined>(text, [...values]));
  return {
    invite: async ({ codeHash, screening, by, at, validUntil }) => {
      // Whether somebody may invite is decided by the flow; nobody lets others into what is not theirs.
      const { rowCount } = await run(
        `insert into invitations (code_hash, screening_id, made_by, made_at, valid_until)
         select $1, s.id, p.person, $4::timestamptz, $5::timestamptz
         from screenings s join case_people p using (case_id)
         where s.id = $2 and p.person = $3`,
        [codeHash, screening, by, at, validUntil],
      );
      if (rowCount === 0)
        throw ownFault(`inviting into screening ${screening}: none, or not theirs`);
    },
    // Of two at once the second waits for the first, and then meets its own condition no more.
    join: async ({ codeHash, by, at }) => {
      const { rows } = await run(
        `with meant as (
           select i.code_hash, s.case_id,
             is_barred(s.case_id, $2) or is_barred(s.case_id, i.made_by) as is_barred
           from invitations i join screenings s on s.id = i.screening_id
           where i.code_hash = $1 and i.valid_until > $3 and (i.used_by is null or i.used_by = $2)
         ), used as (
           update invitations i set used_by = $2, used_at = coalesce(used_at, $3)
           from meant
           where i.code_hash = meant.code_hash and not meant.is_barred
             and i.valid_until > $3 and (i.used_by is null or i.used_by = $2)
           returning i.screening_id, i.made_by
         ), let_in as (
           insert into case_people (case_id, person, let_in_by, let_in_at)
           select s.case_id, $2, used.made_by, $3
           from used join screenings s on s.id = used.screening_id
           on conflict do nothing
         )
         select used.screening_id, meant.case_id, meant.is_barred
         from meant left join used on true`,
        [codeHash, by, at],
      );
      const [used] = rows;
      if (used?.is_barred) return { kind: 'barred', caseId: caseIdSchema.parse(used.case_id) };
      if (!used?.screening_id) return { kind: 'refused' };
      return { kind: 'joined', screening: screeningIdSchema.parse(used.screening_id) };
    },
    recordRead: async ({ caseId, by, at, what }) => {
      await run('insert into case_reads (case_id, person, read_at, what) values ($1, $2, $3, $4)', [
        ...[caseId, by, at, what],
      ]);
    },
  };
}
