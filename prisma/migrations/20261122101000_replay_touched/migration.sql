-- CreateTable
CREATE TABLE "replay_touched" (
    "run_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,

    CONSTRAINT "replay_touched_pkey" PRIMARY KEY ("run_id","kind","company_uuid","uuid")
);
