import { Prisma } from '@/lib/db'

/**
 * SQL for what CustomFieldValue shows: texts cut to `length` characters, a choice to `options`, and their labels
 * to `labels` characters.
 */
export function valueColumns(
  length: number,
  options: number = 50,
  labels: number = 300,
): Prisma.Sql {
  return Prisma.sql`
    type, left(text_value, ${length}) AS "textValue", number_value AS "numberValue",
    date_value AS "dateValue", boolean_value AS "booleanValue",
    ARRAY(SELECT left(chosen, ${labels}::int) FROM unnest(option_labels[1:${options}::int]) chosen) AS "optionLabels",
    CASE WHEN coalesce(text_value, number_value::text, date_value::text, boolean_value::text) IS NULL
      AND coalesce(cardinality(option_labels), 0) = 0 THEN left(raw::text, ${length}) END AS raw`
}
