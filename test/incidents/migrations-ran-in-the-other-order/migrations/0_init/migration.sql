CREATE TABLE "orders" ("id" TEXT NOT NULL, "state" TEXT NOT NULL, CONSTRAINT "orders_pkey" PRIMARY KEY ("id"));
