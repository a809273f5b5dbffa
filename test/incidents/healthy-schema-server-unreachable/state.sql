-- Nobody gets to see this database.
select 1;
