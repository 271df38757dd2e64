/** What the commands' exit codes say to scripts; printed by `--help` and in the README. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  expiring: 3,
  notFound: 4,
  refused: 5,
  noConnection: 6,
  /** 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `Exit codes:
  0  done
  1  failed: the server or a file refused; nothing was half done unless the message says so
  2  wrong usage: an option, an argument, a name that fits several, a file in the way, no --yes
  3  expiring: certificates were found that end within the time given
  4  not found: no such certificate
  5  refused: this certificate may not do that, or a second factor is needed first
  6  no connection: the server can't be reached or isn't trusted`;
