/** Makes version n + 1 out of version n, as statements. What was released is never edited: add another. */
export const migrations: readonly ((schema: string) => readonly string[])[] = [
  (schema) => [
    `create table ${schema}.heads (
      tenant text collate "C" primary key,
      position bigint not null
    ) with (fillfactor = 20)`,
    `create table ${schema}.records (
      tenant text collate "C" not null,
      kind text collate "C" not null,
      id text collate "C" not null,
      version integer not null,
      state jsonb not null,
      entries jsonb not null,
      primary key (tenant, kind, id)
    ) with (fillfactor = 85)`,
    `create table ${schema}.entries (
      tenant text collate "C" not null,
      kind text collate "C" not null,
      "index" text collate "C" not null,
      equals text collate "C" not null,
      "order" text collate "C" not null,
      id text collate "C" not null,
      primary key (tenant, kind, "index", equals, "order", id)
    )`,
    // A kind has its own indexes, and these their own values: taken as independent, a scan looks too short.
    `create statistics ${schema}.entries_together (ndistinct, dependencies, mcv)
      on kind, "index", equals from ${schema}.entries`,
    `create table ${schema}.events (
      tenant text collate "C" not null,
      position bigint not null,
      kind text collate "C" not null,
      id text collate "C" not null,
      version integer not null,
      type text collate "C" not null,
      at text collate "C" not null,
      actor text collate "C" not null,
      cause text collate "C" not null,
      place integer not null,
      data jsonb not null,
      primary key (tenant, position)
    )`,
    `create index events_of_record on ${schema}.events (tenant, kind, id, position)`,
    `create table ${schema}.causes (
      tenant text collate "C" not null,
      cause text collate "C" not null,
      payload_hash text collate "C" not null,
      answer jsonb not null,
      primary key (tenant, cause)
    )`,
  ],
  // A column without a default is there at once, whatever is stored. Empty, it says that nobody knows.
  (schema) => [`alter table ${schema}.records add column attributes text[] collate "C"`],
]
