-- expand: createTable
create table "w"."box" ("id" uuid not null, "version" integer not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "deleted_at" timestamptz(3), "created_by_id" uuid, "updated_by_id" uuid, "owner_id" uuid, "code" text, "price" numeric(19,4), "price_currency" text, "parent_id" uuid, "tags" text[], constraint "box_pk" primary key (id));
create index  "box_created_at_list" on "w"."box" ("created_at", id) where "deleted_at" is null;
create index  "box_owner_id_list" on "w"."box" ("owner_id", id) where "deleted_at" is null;
create index  "box_code_list" on "w"."box" ("code" collate "zh-x-icu", id) where "deleted_at" is null;
create index  "box_parent_id_list" on "w"."box" ("parent_id", id) where "deleted_at" is null;
create unique index  "box_code_unique" on "w"."box" ("code") where "deleted_at" is null;
create index  "box_code_search" on "w"."box" using gin ("code" public.gin_trgm_ops) where "deleted_at" is null;

-- expand: createTable
create table "w"."item" ("id" uuid not null, "version" integer not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "deleted_at" timestamptz(3), "created_by_id" uuid, "updated_by_id" uuid, "box_id" uuid, "count" integer, constraint "item_pk" primary key (id));
create index  "item_created_at_list" on "w"."item" ("created_at", id) where "deleted_at" is null;
create index  "item_box_id_list" on "w"."item" ("box_id", id) where "deleted_at" is null;
create index  "item_count_list" on "w"."item" ("count", id) where "deleted_at" is null;

-- expand: addConstraint
alter table "w"."box" add constraint "box_parent_id_fk" foreign key ("parent_id") references "w"."box" (id) not valid;

-- expand: addConstraint
alter table "w"."item" add constraint "item_box_id_fk" foreign key ("box_id") references "w"."box" (id) not valid;

-- finish: validateConstraint
alter table "w"."box" validate constraint "box_parent_id_fk";

-- finish: validateConstraint
alter table "w"."item" validate constraint "item_box_id_fk";
