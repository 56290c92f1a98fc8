-- AlterEnum
ALTER TYPE "ApprovalRule" ADD VALUE IF NOT EXISTS 'chair';
