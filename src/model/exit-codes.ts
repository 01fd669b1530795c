/**
 * The exit codes of all commands. 0: done. 1: a bug. 2: usage. 3: INCOMPLETE, or days that are missing. 4: storage or
 * delivery. 5: non-compliant, where asked for. 6: damage, or findings of a check.
 */
export const exitCodes = [0, 1, 2, 3, 4, 5, 6] as const;
