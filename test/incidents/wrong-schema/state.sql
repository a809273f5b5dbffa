create schema app;
do $$ declare moved text; begin
  for moved in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
    execute format('alter table public.%I set schema app', moved);
  end loop;
  for moved in select typname from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e' loop
    execute format('alter type public.%I set schema app', moved);
  end loop;
end $$;
