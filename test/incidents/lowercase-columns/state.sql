-- The DDL was written without quotes, so PostgreSQL folded the names.
alter table developer_projects rename column "customerId" to customerid;
alter table developer_projects rename column "developerId" to developerid;
insert into plans (id, name, "monthlyPrice", "annualPrice", "propertyLimit", "userLimit", "storageLimit", features, "updatedAt")
  values ('p1', 'Starter', 1, 10, 1, 1, 1, '[]', now());
insert into team_roles (id, name, permissions, updated_at) values ('r1', 'Owner', '{}', now());
