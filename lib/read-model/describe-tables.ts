import type { Transaction } from '@/lib/db'
import { READ_MODEL_TABLES, TABLES_WRITTEN_BESIDE } from './read-model-tables'

/**
 * What migrations know of the read model's tables in a schema: columns, constraints, indexes and settings, one
 * line each, sorted, without the schema's name.
 */
export async function describeTables(tx: Transaction, schema: string): Promise<string[]> {
  const tables = [...READ_MODEL_TABLES, ...TABLES_WRITTEN_BESIDE]
  const rows = await tx.$queryRaw<{ line: string }[]>`
    WITH t AS (
      SELECT oid, relname, reloptions, relpersistence FROM pg_class
      WHERE relnamespace = to_regnamespace(${schema}) AND relname = ANY(${tables})
    )
    SELECT concat_ws(' ', relname, reloptions, relpersistence) AS line FROM t
    UNION ALL
    SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull,
                     attgenerated, attstorage, attcompression, attstattarget,
                     pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM t JOIN pg_attribute a ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = attnum
    UNION ALL
    SELECT concat_ws(' ', relname, conname, pg_get_constraintdef(c.oid))
    FROM t JOIN pg_constraint c ON conrelid = t.oid
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM t JOIN pg_index ON indrelid = t.oid`
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).sort()
}
