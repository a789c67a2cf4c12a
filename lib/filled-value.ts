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
export const FILLED_VALUE = `(
  text_value <> '' OR number_value IS NOT NULL OR date_value IS NOT NULL
  OR boolean_value IS NOT NULL OR cardinality(option_ids) > 0
  OR CASE jsonb_typeof(raw)
    WHEN 'object' THEN raw @? '${SOMETHING}'::jsonpath
    WHEN 'null' THEN FALSE
    ELSE raw <> '""'
  END
) IS TRUE`
