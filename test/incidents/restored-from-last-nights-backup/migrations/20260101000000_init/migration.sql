CREATE TABLE "users" ("id" TEXT NOT NULL, "email" TEXT NOT NULL, "nickname" TEXT, CONSTRAINT "users_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
