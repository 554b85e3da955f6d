import type { AccountStatus, Presence, Role, Severity } from "@/api/gql/graphql";
import { plural } from "@/messages/common";

const number = new Intl.NumberFormat("en");
const people = (n: number) => `${number.format(n)} ${plural(n, { one: "user", other: "users" })}`;

export const roleText: Record<Role, string> = {
  ADMIN: "Admin",
  MEMBER: "Member",
  SERVICE: "Service",
};
export const statusText: Record<AccountStatus, string> = { ACTIVE: "Active", DISABLED: "Disabled" };
export const presenceText: Record<Presence, string> = { ONLINE: "Online", OFFLINE: "Offline" };
export const levelText: Record<Severity, string> = {
  INFO: "Information",
  NOTICE: "Notice",
  WARNING: "Warning",
  ERROR: "Error",
};

export const usersText = {
  title: "Users",
  count: people,
  counting: "Counting users…",
  newUser: "New user",
  exportCsv: "Export CSV",
  exportCount: (n: number) => ` (${n})`,
  exportFile: "users.csv",
  exportPresence: "Who is online changes by the second: clear that filter to export",
  exportNone: "There is nobody to export",
  exported: "The file is with your downloads",
  search: "Search users",
  searchHint: "Name or e-mail",
  filters: "Filters",
  role: "Role",
  status: "Account",
  presence: "Presence",
  anyRole: "Any role",
  anyStatus: "Any account",
  anyPresence: "On- and offline",
  clearFilters: "Clear filters",
  pageSize: "Rows per page",
  pageLabel: "Pages of users",
  columns: {
    select: "Select",
    name: "Name",
    role: "Role",
    status: "Account",
    lastSeen: "Last seen",
    created: "Created",
    menu: "Actions",
  },
  select: (name: string) => `Select ${name}`,
  selectAll: "Select all on this page",
  menu: (name: string) => `Actions for ${name}`,
  you: "You",
  online: "Online now",
  never: "Never",
  neverSeen: "Never signed in",
  emptyTitle: "Nobody here yet",
  emptyBody: "Accounts you create appear here.",
  noMatchTitle: "Nobody matches these filters",
  noMatchBody: "A search finds the start of a name, or of an e-mail address.",
  pageGoneTitle: "This page is empty now",
  pageGoneBody: "The people who were on it have moved or gone.",
  firstPage: "Go to the first page",
} as const;

export const bulkText = {
  label: "Selected users",
  selected: (n: number) => `${number.format(n)} selected`,
  setRole: "Set role",
  makeAdmin: "Make admin",
  makeMember: "Make member",
  disable: "Disable",
  enable: "Enable",
  notify: "Notify",
  clear: "Clear selection",
  confirm: {
    makeAdmin: (n: number) => `Make ${people(n)} admin?`,
    makeMember: (n: number) => `Make ${people(n)} member?`,
    disable: (n: number) => `Disable ${people(n)}?`,
    enable: (n: number) => `Enable ${people(n)}?`,
  },
  confirmBody: {
    makeAdmin: "Admins see and change everything, other admins included.",
    makeMember: "Members see dashboards and their own account only.",
    disable: "They are signed out everywhere at once and cannot sign in until enabled again.",
    enable: "They can sign in again.",
  },
  own: "Your own account is left out.",
  done: (n: number) => `Changed ${people(n)}`,
  failed: (n: number, of: number) => `${n} of ${of} could not be changed`,
  progress: (n: number, of: number) => `Changing ${n} of ${of}…`,
} as const;

export const actionText = {
  open: "Open profile",
  edit: "Edit",
  notify: "Send notification",
  disable: "Disable account",
  enable: "Enable account",
  remove: "Delete",
  ownDisable: "You cannot disable your own account",
  ownDelete: "You cannot delete your own account",
  ownRole: "You cannot change your own role",
  ownBulk: "You cannot change your own account this way",
  lastAdmin: "The last administrator must stay one",
  disableTitle: (name: string) => `Disable ${name}?`,
  disableBody:
    "They are signed out everywhere at once and cannot sign in until the account is enabled again.",
  disabled: (name: string) => `${name} is disabled`,
  enabled: (name: string) => `${name} can sign in again`,
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteBody:
    "The account goes and its sessions end at once. What it did stays in the audit log. This cannot be undone.",
  deleted: (name: string) => `${name} is deleted`,
} as const;

export const formText = {
  createTitle: "New user",
  createBody: "They can sign in with this address and password right away.",
  editTitle: "Edit user",
  editOwnTitle: "Edit your profile",
  name: "Name",
  email: "E-mail",
  password: "Password",
  passwordHint: "12 to 128 characters. Hand it over safely: they can change it in their settings.",
  generate: "Generate a password",
  copyPassword: "Copy the password",
  currentPassword: "Your current password",
  currentPasswordHint: "Changing your own e-mail address needs it.",
  role: "Role",
  roleHint: { ADMIN: "Sees and changes everything", MEMBER: "Dashboards and their own account" },
  status: "Account",
  statusHint: "A disabled account is signed out everywhere and cannot sign in.",
  avatarUrl: "Picture address",
  avatarHint: "An https:// address; without one, initials are shown.",
  create: "Create user",
  save: "Save changes",
  cancel: "Cancel",
  created: (name: string) => `${name} was created`,
  saved: "Saved",
  unchanged: "Nothing has changed yet",
  discardTitle: "Discard your changes?",
  discardBody: "What you wrote has not been saved.",
  discard: "Discard",
  gone: "There is no such account, or it was deleted.",
  problems: {
    nameEmpty: "Enter a name",
    nameLong: "At most 100 characters",
    emailWrong: "Enter an address such as ana@example.com",
    emailLong: "At most 254 characters",
    emailTaken: "Another account has this address",
    passwordShort: "At least 12 characters",
    passwordLong: "At most 128 characters",
    avatarWrong: "Must be an https:// address",
    currentPasswordEmpty: "Enter your current password",
    currentPasswordWrong: "This is not your current password",
  },
} as const;

export const conflictText = {
  title: (who: string | undefined) =>
    who ? `${who} changed this account meanwhile` : "This account was changed meanwhile",
  body: "Reload what is there now, or write your changes over it.",
  reload: "Reload",
  overwrite: "Overwrite",
  none: "none",
  fields: {
    name: "Name",
    email: "E-mail",
    role: "Role",
    status: "Account",
    avatarUrl: "Picture",
    avatar_url: "Picture",
  } as Record<string, string>,
} as const;

export const notifyText = {
  title: "Send notification",
  to: (names: readonly string[]) =>
    names.length <= 3
      ? `To ${names.join(", ")}`
      : `To ${names.slice(0, 2).join(", ")} and ${names.length - 2} more`,
  subject: "Title",
  body: "Message",
  level: "Level",
  link: "Link",
  linkHint: "An https:// address, or a path of this site such as /settings.",
  cancel: "Cancel",
  send: "Send",
  sent: (n: number) => `Sent to ${people(n)}`,
  problems: {
    titleEmpty: "Enter a title",
    titleLong: "At most 120 characters",
    bodyLong: "At most 2,000 characters",
    linkWrong: "Must be an https:// address or a path such as /settings",
  },
} as const;

export const profileText = {
  title: "Profile",
  edit: "Edit",
  editOwn: "Edit profile",
  settings: "Settings",
  tabs: { overview: "Overview", activity: "Activity", sessions: "Sessions" },
  audit: "Audit log",
  more: (name: string) => `More for ${name}`,
  notFoundTitle: "There is no such user",
  notFoundBody: "The account was deleted, or the address is wrong.",
  toUsers: "All users",
  toDashboard: "To the dashboard",
  publicNote: "Administrators see more of this account.",
  facts: {
    email: "E-mail",
    role: "Role",
    status: "Account",
    created: "Created",
    updated: "Last changed",
    id: "Id",
  },
  copyId: "Copy the id",
  activityEmpty: "Nothing has happened yet",
  activityEmptyBody: "What they do, and what is done to their account, appears here.",
  older: "Show older",
  sessionsEmpty: "Not signed in anywhere",
  sessionsEmptyBody: "Each device they sign in with appears here.",
} as const;
