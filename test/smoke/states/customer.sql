-- Somebody who was there before, with one row in each table that deleting touches; the application has been used.
insert into users (id, email, password, name, "updatedAt") values ('customer', 'maya@example.com', 'scrypt$', 'Maya', now());
insert into credits (id, "userId", amount, balance, type, "createdAt")
  values ('credit-1', 'customer', 1000, 1000, 'purchase', '2025-10-12 09:05');
insert into devices (id, "userId", "deviceId", "deviceName", "deviceType") values ('device-1', 'customer', 'd', 'd', 'desktop');
insert into apps (id, "appId", name, icon, "updatedAt") values ('app-1', 'avatar-creator', 'Avatar Creator', 'user', now());
insert into app_usages (id, "userId", "appId", action, "creditUsed") values ('use-1', 'customer', 'avatar-creator', 'upload', 2);
insert into avatar_projects (id, "userId", name, "createdAt", "updatedAt")
  values ('project-1', 'customer', 'Autumn catalogue', '2025-10-12 09:10', now());
insert into avatars (id, "userId", "projectId", name, "baseImageUrl", "sourceType", "updatedAt")
  values ('avatar-1', 'customer', 'project-1', 'Lena', '/lena.png', 'uploaded', now());
insert into avatar_usage_history (id, "avatarId", "userId", "appId", "appName", action)
  values ('history-1', 'avatar-1', 'customer', 'pose-generator', 'Pose Generator', 'generate_pose');
insert into avatar_generations (id, "userId", "avatarId", "projectId", status, prompt, options)
  values ('generation-1', 'customer', 'avatar-1', 'project-1', 'completed', 'A portrait of Lena', '{"name":"Lena"}');
insert into pose_generator_projects (id, "userId", "projectName", "avatarId", "updatedAt")
  values ('poses-1', 'customer', 'Poses', 'avatar-1', now());
insert into pose_generations (id, "projectId", "userId", "generationType", "avatarId", "batchSize", "totalExpectedPoses",
    "creditCharged")
  values ('pose-run-1', 'poses-1', 'customer', 'gallery_reference', 'avatar-1', 1, 1, 0);
insert into generated_poses (id, "generationId", "outputImageUrl", "thumbnailUrl", "exportFormats", "promptUsed")
  values ('pose-1', 'pose-run-1', '/pose.png', '/pose.png', '{}', 'Lena, standing');
