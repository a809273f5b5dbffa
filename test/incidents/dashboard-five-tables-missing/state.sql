drop table budget_line_items, project_funding, project_invoices, project_forecasts, project_milestones cascade;
insert into plans (id, name, "monthlyPrice", "annualPrice", "propertyLimit", "userLimit", "storageLimit", features, "updatedAt")
  values ('p1', 'Starter', 1, 10, 1, 1, 1, '[]', now());
insert into team_roles (id, name, permissions, updated_at) values ('r1', 'Owner', '{}', now());
