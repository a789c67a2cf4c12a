import type { Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { READ_MODEL_TABLES } from './read-model-tables'

/** Something hangs on the live tables that would not hang on those that take their place. */
export class TablesNotReplaceableError extends AppError {
  constructor(things: string[]) {
    super(
      'tables_not_replaceable',
      `A rebuild replaces the tables of the read model, and these would be lost: ${things.join(', ')}. ` +
        'Remove them, rebuild, and make them anew.',
    )
  }
}

/**
 * Makes sure that nobody has put anything on the live tables of the read model that a rebuild can't put on the new ones:
 * row-level security, publications, triggers, views, and references of other tables. Rights are no matter: they are
 * granted again.
 *
 * @throws TablesNotReplaceableError, which names them.
 */
export async function assertReplaceable(tx: Transaction): Promise<void> {
  const tables = [...READ_MODEL_TABLES]
  const rows = await tx.$queryRaw<{ thing: string }[]>`
    WITH t AS (
      SELECT oid, relname, relrowsecurity, relforcerowsecurity FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relname = ANY(${tables})
    )
    SELECT format('row-level security of %s', relname) AS thing FROM t
    WHERE relrowsecurity OR relforcerowsecurity
    UNION SELECT format('policy %s of %s', polname, relname) FROM t JOIN pg_policy ON polrelid = t.oid
    UNION SELECT format('publication %s', pubname) FROM pg_publication_tables
      WHERE schemaname = 'public' AND tablename = ANY(${tables})
    UNION SELECT format('trigger %s of %s', tgname, relname)
      FROM t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT tgisinternal
    UNION SELECT format('view %s', v.oid::regclass)
      FROM t
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
        AND d.classid = 'pg_rewrite'::regclass
      JOIN pg_rewrite r ON r.oid = d.objid
      JOIN pg_class v ON v.oid = r.ev_class AND v.oid <> t.oid
    UNION SELECT format('reference %s of %s', k.conname, k.conrelid::regclass)
      FROM t JOIN pg_constraint k ON k.confrelid = t.oid
    ORDER BY thing`
  if (rows.length > 0) throw new TablesNotReplaceableError(rows.map(({ thing }) => thing))
}
