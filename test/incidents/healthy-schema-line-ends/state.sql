update _prisma_migrations set checksum = 'edc447a6b7b1592909d4d9d908f5a3098c9d548a01ae230b7d3476851c269e21' where migration_name = '20260101000000_init';
update _prisma_migrations set checksum = 'f2a644c91c449742777cb0a07020d75f61ccb2a0ab571caf35c8c902ccdf6f84' where migration_name = '20260102000000_orders';
update _prisma_migrations set checksum = '860898ce235ab0a7594b2a06320cdb5d6633d6cf7279da3d2452ebcebb59b9f2' where migration_name = '20260103000000_invoices';
