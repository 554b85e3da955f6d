/** What the sign-in routes answer, for tests. */

import { HttpResponse } from "msw";

let made = 0;

/** A token pair in the documented envelope, each another one */
export function tokens({ sid = "s_1", expiresInS = 1_800 } = {}) {
  made++;
  const user = { id: "u_1", email: "ana@example.com", name: "Ana", avatar_url: null };
  return HttpResponse.json({
    success: true,
    data: {
      access_token: accessToken(made, sid),
      refresh_token: null,
      token_type: "bearer",
      expires_in: expiresInS,
      user: { ...user, role: "ADMIN", status: "ACTIVE", version: 1 },
    },
    meta: {},
  });
}

/** A refusal in the documented envelope. */
export function refusal(status: number, code: string) {
  const error = { code, message: code, details: {} };
  return HttpResponse.json({ success: false, error }, { status });
}

export function graphQLRefusal(code: string) {
  return HttpResponse.json({ data: null, errors: [{ message: code, extensions: { code } }] });
}

function accessToken(serial: number, sid: string): string {
  return `header.${btoa(JSON.stringify({ sid, serial }))}.signature`;
}
