CREATE TYPE "OrderState" AS ENUM ('open', 'paid');
CREATE TABLE "orders" ("id" TEXT NOT NULL, "userId" TEXT NOT NULL, "state" "OrderState" NOT NULL DEFAULT 'open', CONSTRAINT "orders_pkey" PRIMARY KEY ("id"));
ALTER TABLE "orders" ADD CONSTRAINT "orders_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
