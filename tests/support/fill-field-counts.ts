import { FILLED_VALUE } from '@/lib/filled-value'

/** SQL that counts who fills which custom field from rows that were written without the projector. */
export const FILL_FIELD_COUNTS = `
  UPDATE custom_field f SET partnership_count = partnerships, contact_count = contacts
  FROM (
    SELECT v.company_uuid, v.field_uuid,
      count(*) FILTER (WHERE v.owner_type = 'partnership') AS partnerships,
      count(*) FILTER (WHERE v.owner_type = 'contact') AS contacts
    FROM custom_field_value v WHERE ${FILLED_VALUE} GROUP BY 1, 2) counted
  WHERE f.company_uuid = counted.company_uuid AND f.uuid = counted.field_uuid`
