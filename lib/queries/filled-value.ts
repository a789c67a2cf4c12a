import { Prisma } from '@/lib/db'

// A member that is not null, "" or []. By type, because a comparison with an object is never true.
const SOMETHING = [
  'strict $.* ? (@.type() == "number" || @.type() == "boolean" || @.type() == "object"',
  '(@.type() == "string" && @ != "")',
  '(@.type() == "array" && @.size() > 0))',
].join(' || ')

/**
 * SQL on the columns of custom_field_value: whether there is something in the field. A snapshot lists
 * every field; an empty one is sent as null, or as `{ "text": null }`, `{ "multi_select": [] }` and such
 * (journeybee.md, Custom fields). What is not understood counts as something. An index holds the values of
 * which this is true: word for word the same, so that it has no parameters.
 */
export const filledValue = Prisma.sql`(
  text_value <> '' OR number_value IS NOT NULL OR date_value IS NOT NULL
  OR boolean_value IS NOT NULL OR cardinality(option_ids) > 0
  OR CASE jsonb_typeof(raw)
    WHEN 'object' THEN raw @? ${Prisma.raw(`'${SOMETHING}'`)}::jsonpath
    WHEN 'null' THEN FALSE
    ELSE raw <> '""'
  END
) IS TRUE`

/** SQL for what CustomFieldValue shows, texts cut to `length` characters and a choice to `options`. */
export function valueColumns(length: number, options: number = 50): Prisma.Sql {
  return Prisma.sql`
    type, left(text_value, ${length}) AS "textValue", number_value AS "numberValue",
    date_value AS "dateValue", boolean_value AS "booleanValue",
    ARRAY(SELECT left(chosen, 300) FROM unnest(option_labels[1:${options}::int]) chosen) AS "optionLabels",
    CASE WHEN coalesce(text_value, number_value::text, date_value::text, boolean_value::text) IS NULL
      AND coalesce(cardinality(option_labels), 0) = 0 THEN left(raw::text, ${length}) END AS raw`
}
