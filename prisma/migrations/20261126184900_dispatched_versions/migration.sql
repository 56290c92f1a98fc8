-- AlterEnum
ALTER TYPE "VersionReason" ADD VALUE IF NOT EXISTS 'dispatched';
