alter table users drop column "unlimitedPoseActive";
update _prisma_migrations set checksum = '099b65d660a36e8ae30f5f5fedd50ee47660018b1bfff9fb98ccc07d4720d706' where migration_name = '20260101000000_init';
