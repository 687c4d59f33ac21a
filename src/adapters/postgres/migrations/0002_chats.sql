-- Up Migration

-- What a chat shows now; overwritten at each turn, and rebuilt from the screening if lost.
create table chats (
  key text primary key check (char_length(key) between 1 and 1000),
  screening_id uuid not null references screenings (id),
  -- How many events the card had when it was drawn.
  seen integer not null check (seen >= 0),
  -- Null until the channel has said under which id it keeps the card.
  card_message text check (char_length(card_message) between 1 and 1000)
);

-- For the foreign key, should screenings ever be removed by retention.
create index chats_of_screening on chats (screening_id);
