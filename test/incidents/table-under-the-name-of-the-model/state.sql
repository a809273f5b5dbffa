create table users (id text primary key, email text not null);
create table "BackgroundRemovalJob" (id text primary key, "userId" text not null, "batchId" text, status text not null,
  "originalUrl" text not null, "createdAt" timestamp(3) not null);
