-- A healthy database, of another application.
select 1;
