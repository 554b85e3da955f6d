/** Who is signed in; `accessToken` and `refreshToken` are what `login` answered. */
export function openSession(url, { accessToken, refreshToken }) {
  let renewing = null;
  return { token: () => accessToken, renew };

  /** Fetches the next pair: once, however many ask at the same time. */
  function renew() {
    renewing ??= refresh().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  async function refresh() {
    const answer = await fetch(`${url}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ refresh_token: refreshToken }),
    });
    if (!answer.ok) throw new Error('the session is over: sign in again');
    const { data } = await answer.json();
    accessToken = data.access_token;
    refreshToken = data.refresh_token;
  }
}
