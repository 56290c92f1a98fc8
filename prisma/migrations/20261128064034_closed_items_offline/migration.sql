-- AlterTable
ALTER TABLE "Body" ADD COLUMN     "keepsClosedOffline" BOOLEAN NOT NULL DEFAULT false;
