-- Up Migration

-- A referral that was agreed is owed by a day of its own.
alter table commitments drop constraint commitments_kind_check;
alter table commitments add constraint commitments_kind_check
  check (kind in ('promise', 'update', 'referral', 'ask-again', 'coming-date', 'check-date'));
