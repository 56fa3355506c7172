import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * Constraints and indexes of the fixed tables begin with `_`, as the tables do: an object `member` or `job` has a key of that name, too,
 * and PostgreSQL keeps the names of all indexes of a schema together.
 */
export const workspaceNames: WorkspaceMigration = {
  name: '6-names',
  statements: () => [
    sql`do $$
      declare
        place oid := (select relnamespace from pg_class where oid = '${workspaceTable('_member')}'::regclass);
        schema name := (select nspname from pg_namespace where oid = place);
        found record;
      begin
        for found in select n.conname as name, t.relname as of
          from pg_depend d join pg_class t on t.oid = d.objid join pg_constraint n on n.conrelid = t.oid
          where d.refclassid = 'pg_namespace'::regclass and d.refobjid = place and d.classid = 'pg_class'::regclass and t.relname like '\\_%' and n.conname not like '\\_%' and n.contype in ('p', 'u', 'f', 'c', 'x')
        loop
          execute format('alter table %I.%I rename constraint %I to %I', schema, found.of, found.name, '_' || found.name);
        end loop;
        for found in select i.relname as name
          from pg_depend d join pg_class t on t.oid = d.objid join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
          where d.refclassid = 'pg_namespace'::regclass and d.refobjid = place and d.classid = 'pg_class'::regclass and t.relname like '\\_%' and i.relname not like '\\_%'
        loop
          execute format('alter index %I.%I rename to %I', schema, found.name, '_' || found.name);
        end loop;
      end $$`,
  ],
}
