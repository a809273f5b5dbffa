/**
 * What the facts files do not say in a form that a machine can use: which tables belong to which check file, which
 * migration brings what, and what each feature does. Column lists are the application's own SELECTs and INSERTs.
 */

const AVATAR_TABLES = [
  "ai_models",
  "app_usages",
  "apps",
  "avatar_generations",
  "avatar_presets",
  "avatar_projects",
  "avatar_usage_history",
  "avatars",
  "credits",
  "devices",
  "users",
];
const POSE_TABLES = [
  "generated_poses",
  "pose_categories",
  "pose_generations",
  "pose_generator_projects",
  "pose_library",
  "pose_selections",
];
const COMPLETE = "20251014_add_avatar_creator_complete";
const RECOVERY = "20251015_add_recovery_indexes";
const VARIATION = "20251015_add_variation_key_to_generated_pose";
const PERFORMANCE = "20251016_p2_performance_indexes";
const SETTINGS = "20251018_add_user_settings";
const UNLIMITED = ["Active", "DailyQuota", "QuotaUsed", "QuotaResetAt", "ExpiresAt"].map(
  (part) => `users.unlimitedPose${part}`,
);
const SETTINGS_COLUMNS = [
  "emailNotifications",
  "pushNotifications",
  "marketingEmails",
  "projectUpdates",
  "creditAlerts",
  "theme",
  "language",
  "profileVisibility",
  "showEmail",
  "analyticsTracking",
  "settingsUpdatedAt",
];
const CHARGE = ["id", "userId", "amount", "balance", "type", "description", "referenceType", "createdAt"];
const USAGE = ["id", "userId", "appId", "action", "creditUsed", "metadata", "createdAt"];
const BALANCE = ["userId", "balance", "createdAt"];
const GENERATION = ["id", "userId", "projectId", "status", "prompt", "options", "createdAt"];
const AVATAR = "/api/apps/avatar-creator";
const POSE = "/api/apps/pose-generator";

const lumikuMigrations = {
  tool: "prisma",
  required: [
    {
      name: COMPLETE,
      creates: [
        "avatar_generations",
        "avatar_presets",
        "avatar_projects",
        "avatar_usage_history",
        "avatars",
        ...POSE_TABLES,
        ...UNLIMITED,
      ],
    },
    { name: RECOVERY, creates: ["pose_generations.recoveryAttempts", "pose_generations.lastRecoveryAt"] },
    { name: VARIATION, creates: ["generated_poses.variationKey"] },
    PERFORMANCE,
    { name: SETTINGS, creates: SETTINGS_COLUMNS.map((column) => `users.${column}`) },
  ],
};

const avatarCreator = {
  file: "avatar-creator.yaml",
  facts: "lumiku.json",
  application: "avatar-creator",
  about: ["Avatar creator: projects, avatars, presets, and the credits that generation costs."],
  tables: [...AVATAR_TABLES, ...POSE_TABLES],
  migrations: lumikuMigrations,
  smoke: "demo/smoke.yaml",
  features: {
    register: {
      title: "Register",
      endpoints: ["POST /api/auth/register"],
      reads: { users: ["email"] },
      writes: { users: "*", credits: ["id", "userId", "amount", "balance", "type", "description", "createdAt"] },
    },
    login: {
      title: "Log in",
      endpoints: ["POST /api/auth/login"],
      reads: { users: "*", credits: BALANCE, devices: "*" },
      writes: {
        devices: [
          "id",
          "userId",
          "deviceId",
          "deviceName",
          "deviceType",
          "browser",
          "os",
          "ipAddress",
          "userAgent",
          "lastActive",
        ],
      },
    },
    profile: {
      title: "See one's profile",
      endpoints: ["GET /api/auth/profile"],
      reads: { users: ["id", "email", "name", "role", "createdAt"], credits: BALANCE },
    },
    apps: {
      title: "See the applications on the dashboard",
      endpoints: ["GET /api/apps", "GET /api/apps/{appId}/models"],
      reads: { users: ["userTags", "accountType", "subscriptionTier"], ai_models: "*" },
      rows: [{ table: "ai_models", where: "\"appId\" = 'avatar-creator' and enabled", atLeast: 1 }],
    },
    "credits-balance": {
      title: "See the credit balance",
      endpoints: ["GET /api/credits/balance"],
      reads: { credits: "*" },
    },
    "list-projects": {
      title: "List avatar projects",
      endpoints: [`GET ${AVATAR}/projects`],
      reads: { avatar_projects: "*", avatars: "*" },
    },
    "create-project": {
      title: "Create an avatar project",
      endpoints: [`POST ${AVATAR}/projects`],
      reads: { avatars: "*" },
      writes: { avatar_projects: "*" },
    },
    "get-project": {
      title: "Open an avatar project",
      endpoints: [`GET ${AVATAR}/projects/{id}`],
      reads: { avatar_projects: "*", avatars: "*" },
    },
    "delete-project": {
      title: "Delete an avatar project",
      endpoints: [`DELETE ${AVATAR}/projects/{id}`],
      reads: {
        avatar_projects: "*",
        avatars: ["id", "projectId", "userId"],
        pose_generations: ["id", "avatarId"],
        pose_generator_projects: ["avatarId"],
        generated_poses: ["generationId"],
        avatar_usage_history: ["avatarId"],
        avatar_generations: ["avatarId", "projectId"],
      },
      deletes: [
        "generated_poses",
        "pose_generations",
        "pose_generator_projects",
        "avatar_usage_history",
        "avatar_generations",
        "avatars",
        "avatar_projects",
      ],
    },
    "upload-avatar": {
      title: "Upload an avatar",
      endpoints: [`POST ${AVATAR}/projects/{projectId}/avatars/upload`],
      reads: { users: ["userTags"], credits: BALANCE, avatar_projects: "*" },
      writes: { avatars: "*", credits: CHARGE, app_usages: USAGE, apps: "*" },
    },
    "generate-avatar": {
      title: "Generate an avatar",
      endpoints: [`POST ${AVATAR}/projects/{projectId}/avatars/generate`, `GET ${AVATAR}/generations/{id}`],
      reads: {
        users: ["userTags", "subscriptionTier"],
        credits: BALANCE,
        avatar_projects: "*",
        avatars: "*",
        ai_models: "*",
        avatar_generations: "*",
      },
      writes: { avatar_generations: GENERATION, avatars: "*", credits: CHARGE, app_usages: USAGE },
      rows: [{ table: "ai_models", where: "\"appId\" = 'avatar-creator' and enabled", atLeast: 1 }],
    },
    "generate-from-preset": {
      title: "Generate an avatar from a preset",
      endpoints: [`POST ${AVATAR}/projects/{projectId}/avatars/from-preset`],
      reads: {
        users: ["userTags", "subscriptionTier"],
        credits: BALANCE,
        avatar_projects: "*",
        avatar_presets: "*",
        ai_models: "*",
      },
      writes: { avatar_generations: GENERATION, avatar_presets: ["usageCount"], credits: CHARGE, app_usages: USAGE },
      rows: [{ table: "avatar_presets", atLeast: 1 }],
    },
    "get-avatar": {
      title: "Open an avatar",
      endpoints: [`GET ${AVATAR}/avatars/{id}`],
      reads: { avatars: "*", avatar_projects: "*" },
    },
    "edit-avatar": {
      title: "Edit an avatar",
      endpoints: [`PUT ${AVATAR}/avatars/{id}`],
      reads: { avatars: "*" },
      writes: {
        avatars: [
          "name",
          "personaName",
          "personaAge",
          "personaPersonality",
          "personaBackground",
          "gender",
          "ageRange",
          "ethnicity",
          "bodyType",
          "hairStyle",
          "hairColor",
          "eyeColor",
          "skinTone",
          "style",
          "updatedAt",
        ],
      },
    },
    "delete-avatar": {
      title: "Delete an avatar",
      endpoints: [`DELETE ${AVATAR}/avatars/{id}`],
      reads: { avatars: "*" },
      deletes: ["avatars"],
    },
    "usage-history": {
      title: "See where an avatar was used",
      endpoints: [`GET ${AVATAR}/avatars/{id}/usage-history`],
      reads: { avatars: "*", avatar_usage_history: "*" },
    },
    presets: { title: "Choose a preset", endpoints: [`GET ${AVATAR}/presets`], reads: { avatar_presets: "*" } },
    stats: {
      title: "See avatar statistics",
      endpoints: [`GET ${AVATAR}/stats`],
      reads: {
        avatars: ["id", "userId", "createdAt", "usageCount", "name"],
        avatar_projects: ["userId"],
        credits: BALANCE,
        users: ["userTags"],
      },
    },
    settings: {
      title: "Change settings",
      endpoints: ["GET /api/settings", "PUT /api/settings"],
      reads: { users: SETTINGS_COLUMNS },
      writes: { users: SETTINGS_COLUMNS },
    },
  },
};

const poseGenerator = {
  file: "pose-generator.yaml",
  facts: "lumiku.json",
  application: "pose-generator",
  about: ["Pose generator: the pose library, projects, generations and their results."],
  tables: [...POSE_TABLES, "avatar_projects", "avatars", "credits", "users"],
  migrations: lumikuMigrations,
  features: {
    "pose-library": {
      title: "Browse the pose library",
      endpoints: [`GET ${POSE}/library`],
      reads: { pose_library: "*", pose_categories: "*" },
      rows: [{ table: "pose_library", atLeast: 1 }],
    },
    "pose-categories": {
      title: "Browse pose categories",
      endpoints: [`GET ${POSE}/categories`],
      reads: { pose_categories: "*", pose_library: ["categoryId"] },
      rows: [{ table: "pose_categories", atLeast: 1 }],
    },
    "list-pose-projects": {
      title: "List pose projects",
      endpoints: [`GET ${POSE}/projects`],
      reads: {
        pose_generator_projects: "*",
        pose_generations: ["id", "projectId", "totalExpectedPoses", "posesCompleted"],
      },
    },
    "create-pose-project": {
      title: "Create a pose project",
      endpoints: [`POST ${POSE}/projects`],
      reads: { avatars: "*" },
      writes: { pose_generator_projects: "*" },
    },
    "generate-poses": {
      title: "Generate poses",
      endpoints: [`POST ${POSE}/generate`],
      reads: {
        users: [
          "id",
          "unlimitedPoseActive",
          "unlimitedPoseDailyQuota",
          "unlimitedPoseQuotaUsed",
          "unlimitedPoseQuotaResetAt",
          "unlimitedPoseExpiresAt",
        ],
        pose_generator_projects: ["userId"],
        credits: "*",
        avatars: ["gender", "ageRange", "ethnicity", "style"],
      },
      writes: {
        pose_generations: { insert: "*", update: ["queueJobId"] },
        pose_selections: { insert: "*" },
        credits: { insert: "*" },
        users: ["unlimitedPoseQuotaUsed", "unlimitedPoseQuotaResetAt"],
      },
    },
    "pose-progress": {
      title: "Follow a pose generation",
      endpoints: [`GET ${POSE}/generations/{generationId}`],
      reads: { pose_generations: "*", generated_poses: "*", pose_generator_projects: "*" },
    },
    "pose-results": {
      title: "See generated poses",
      endpoints: [`GET ${POSE}/generations/{generationId}/results`],
      reads: { pose_generations: "*", generated_poses: "*" },
    },
    "pose-background": {
      title: "Change a pose's background",
      endpoints: [`POST ${POSE}/poses/{poseId}/background`],
      reads: { generated_poses: "*", pose_generations: "*", pose_generator_projects: "*" },
      writes: { credits: { insert: "*" } },
    },
    "pose-worker": {
      title: "Render poses (background worker)",
      endpoints: [],
      reads: { pose_generations: "*", pose_library: "*" },
      writes: {
        generated_poses: { insert: "*" },
        pose_generations: [
          "status",
          "progress",
          "posesCompleted",
          "posesFailed",
          "startedAt",
          "completedAt",
          "recoveryAttempts",
          "lastRecoveryAt",
        ],
        credits: { insert: "*" },
      },
    },
    "pose-stats": {
      title: "See pose statistics",
      endpoints: [`GET ${POSE}/stats`],
      reads: {
        generated_poses: ["generationId"],
        pose_generator_projects: ["userId", "status"],
        pose_generations: ["userId", "createdAt"],
        credits: ["userId", "type", "referenceType", "amount", "createdAt"],
        pose_selections: ["poseLibraryId", "generationId"],
        pose_library: ["id", "name", "previewImageUrl"],
      },
    },
  },
};

const DASHBOARD = "/api/developer-dashboard/projects";

const developerProjects = {
  file: "developer-projects.yaml",
  facts: "contrezz.json",
  application: "developer-projects",
  about: ["Developer projects: budgets, expenses, funding, invoices and the project dashboard."],
  tables: [
    "budget_line_items",
    "customers",
    "developer_projects",
    "onboarding_applications",
    "plans",
    "project_expenses",
    "project_forecasts",
    "project_funding",
    "project_invoices",
    "project_milestones",
    "project_vendors",
    "purchase_orders",
    "report_schedules",
    "team_members",
    "team_roles",
    "users",
  ],
  migrations: {
    tool: "prisma",
    required: [
      { name: "20251108_add_onboarding_applications", creates: ["onboarding_applications"] },
      "20251109190000_add_missing_customer_plan_fields",
      "20251123082858_add_unit_limit_to_plans",
      {
        name: "20251123134500_add_developer_project_tables",
        creates: ["developer_projects", "project_expenses", "project_vendors"],
      },
      {
        name: "20251123210301_add_missing_project_tables",
        creates: [
          "budget_line_items",
          "project_forecasts",
          "project_funding",
          "project_invoices",
          "project_milestones",
        ],
      },
      { name: "20251206_add_report_schedules_table", creates: ["report_schedules"] },
    ],
  },
  features: {
    "customer-login": {
      title: "Log in",
      endpoints: ["POST /api/auth/login"],
      reads: { users: "*", customers: "*", team_members: "*", team_roles: "*" },
      writes: { users: ["lastLogin"] },
    },
    "list-developer-projects": {
      title: "List developer projects",
      endpoints: [`GET ${DASHBOARD}`],
      reads: { developer_projects: "*", project_expenses: "*" },
    },
    "create-developer-project": {
      title: "Create a developer project",
      endpoints: [`POST ${DASHBOARD}`],
      reads: { customers: ["id", "company"], users: ["id", "email", "role", "customerId"] },
      writes: {
        developer_projects: [
          "id",
          "customerId",
          "developerId",
          "name",
          "description",
          "projectType",
          "stage",
          "startDate",
          "estimatedEndDate",
          "location",
          "city",
          "state",
          "country",
          "totalBudget",
          "currency",
          "updatedAt",
        ],
      },
    },
    "project-dashboard": {
      title: "See the project dashboard",
      endpoints: [`GET ${DASHBOARD}/{projectId}/dashboard`],
      reads: {
        developer_projects: "*",
        budget_line_items: "*",
        project_invoices: "*",
        project_vendors: "*",
        project_forecasts: "*",
        project_milestones: "*",
        project_expenses: "*",
        project_funding: "*",
      },
    },
    "create-budget-line": {
      title: "Add a budget line",
      endpoints: [`POST ${DASHBOARD}/{projectId}/budget`],
      reads: { developer_projects: "*" },
      writes: { budget_line_items: "*" },
    },
    "create-expense": {
      title: "Add an expense",
      endpoints: [`POST ${DASHBOARD}/{projectId}/expenses`],
      reads: { developer_projects: "*" },
      writes: { project_expenses: "*" },
    },
    "create-funding": {
      title: "Add funding",
      endpoints: [`POST ${DASHBOARD}/{projectId}/funding`],
      reads: { developer_projects: "*", project_funding: ["referenceNumber"] },
      writes: { project_funding: "*" },
    },
    "team-roles": {
      title: "List team roles",
      endpoints: ["GET /api/team/roles"],
      reads: { team_roles: "*", team_members: ["role_id"] },
      rows: [{ table: "team_roles", atLeast: 1 }],
    },
    "create-customer": {
      title: "Create a customer",
      endpoints: ["POST /api/customers"],
      reads: { plans: "*" },
      writes: { customers: "*" },
      rows: [{ table: "plans", atLeast: 1 }],
    },
    "report-schedules": {
      title: "List report schedules",
      endpoints: ["GET /api/report-schedules"],
      reads: { report_schedules: "*" },
    },
    "onboarding-stats": {
      title: "See onboarding statistics",
      endpoints: ["GET /api/admin/onboarding/stats"],
      reads: { onboarding_applications: "*" },
    },
  },
};

const chatData = {
  file: "chat-data.yaml",
  facts: "rapiddatachat.json",
  application: "chat-data",
  about: ["Chat with data: accounts, projects, uploaded files and the dead-letter queue."],
  tables: [
    "dead_letter_queue",
    "file_data",
    "file_errors",
    "files",
    "project_files",
    "projects",
    "queries",
    "results",
    "users",
  ],
  migrations: {
    tool: "prisma",
    required: [
      { name: "20250507030812_init", creates: ["files", "file_data", "file_errors"] },
      "20250507031816_fix_schema_relations",
      { name: "20250507042859_add_filepath_to_file", creates: ["files.filepath"] },
      { name: "20250507_add_queries_table", creates: ["queries"] },
      { name: "20250512_add_activation_progress", creates: ["files.activation_progress"] },
      { name: "20250513000000_create_projects_table", creates: ["projects"] },
    ],
  },
  features: {
    "sign-up": {
      title: "Sign up",
      endpoints: ["POST /api/auth/signup"],
      reads: { users: "*" },
      writes: { users: ["id", "name", "email", "password", "created_at", "updated_at"] },
    },
    "list-chat-projects": { title: "List projects", endpoints: ["GET /api/projects"], reads: { projects: "*" } },
    "create-chat-project": {
      title: "Create a project",
      endpoints: ["POST /api/projects"],
      writes: { projects: ["id", "name", "description", "user_id", "created_at", "updated_at"] },
    },
    upload: {
      title: "Upload a file",
      endpoints: ["POST /api/upload"],
      reads: { projects: "*" },
      writes: {
        files: ["id", "user_id", "filename", "uploaded_at", "size_bytes", "format", "status", "filepath", "project_id"],
        project_files: ["project_id", "file_id"],
      },
    },
    "dead-letter-queue": {
      title: "See failed imports",
      endpoints: ["GET /api/dead-letter-queue"],
      reads: { dead_letter_queue: "*" },
    },
  },
};

export const APPLICATIONS = [avatarCreator, poseGenerator, developerProjects, chatData];
