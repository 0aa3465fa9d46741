/** For how long callers may know where a host name led before. Unit: seconds. */
export const hostNameTtlSeconds = 300;
