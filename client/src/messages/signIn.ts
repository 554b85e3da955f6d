/** Words of the sign-in page. */
export const signInText = {
  title: "Sign in",
  subtitle: "Welcome back. Sign in to see what is happening.",
  email: "E-mail",
  password: "Password",
  submit: "Sign in",
  emailMissing: "Enter your e-mail address.",
  emailWrong: "This does not look like an e-mail address.",
  passwordMissing: "Enter your password.",
  limited: "Too many tries. Wait a moment, then try again.",
  waiting: (seconds: number) => `Wait ${seconds} s`,
} as const;
