ALTER TABLE "orders" ALTER COLUMN "state" SET DEFAULT 'open';
