CREATE TABLE "invoices" ("id" TEXT NOT NULL, "orderId" TEXT NOT NULL, "total" DECIMAL(12,2) NOT NULL, CONSTRAINT "invoices_pkey" PRIMARY KEY ("id"));
