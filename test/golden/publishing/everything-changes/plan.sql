-- expand: addColumn
alter table "w"."box" add column if not exists "weight_2" text;

-- expand: addColumn
alter table "w"."box" add column if not exists "colour" text;

-- contract: hideColumn

-- contract: hideColumn

-- finish: createIndex
create index concurrently if not exists "box_size_list" on "w"."box" ("size", id) where "deleted_at" is null;

-- finish: createIndex
create unique index concurrently if not exists "box_code_unique" on "w"."box" ("code") where "deleted_at" is null;
