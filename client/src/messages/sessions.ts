import { plural } from "@/messages/common";

const sessions = (n: number) => `${n} ${plural(n, { one: "session", other: "sessions" })}`;

export const sessionsText = {
  title: "My sessions",
  description: "Where you are signed in. Whatever you do not recognise, revoke.",
  list: "Sessions",
  thisDevice: "This device",
  isNew: "New",
  columns: {
    device: "Device",
    ip: "IP address",
    created: "Signed in",
    lastSeen: "Last active",
    live: "Live now",
    actions: "Actions",
  },
  live: (n: number) =>
    n === 0 ? "None" : `${n} ${plural(n, { one: "connection", other: "connections" })}`,
  activeNow: "Active now",
  revoke: "Revoke",
  revokeOf: (device: string, ip: string) => `Revoke ${device}, ${ip}`,
  confirmTitle: (device: string) => `Revoke ${device}?`,
  confirmBody: (ip: string) =>
    `This signs out the device at ${ip}, at once. It can only come back with the password.`,
  revoked: (device: string) => `${device} is signed out`,
  revokeFailed: (device: string) => `${device} could not be signed out`,
  others: "Sign out everywhere else",
  othersNone: "You are signed in on this device only",
  othersTitle: (n: number) => `Sign out ${sessions(n)}?`,
  othersBody: "Every other device is signed out at once. This one stays signed in.",
  othersDone: (n: number) => `Signed out ${sessions(n)}`,
  othersFailed: "Not every other device could be signed out",
  appeared: "New sign-in to your account",
  appearedWhere: (device: string, ip: string) => `${device}, ${ip}`,
  onlyThis: "Nothing else: this is the only device that is signed in.",
  emptyTitle: "No sessions",
} as const;
