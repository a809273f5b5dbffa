-- Everything is migrated, no seed was run.
select 1;
