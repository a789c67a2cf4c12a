/** What tells rows of the read model apart: the company that sent it, and JourneyBee's id. */
export type RecordKey = { companyUuid: string; uuid: string }
