/** A refusal of the simulated Azure, as its REST API words it. */
export class AzureError extends Error {
  /**
   * @param status HTTP status, for example 409
   * @param code ARM error code, for example `RequestConflict`
   * @param reason the message that Azure sends with the code
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly reason: string,
  ) {
    super(
      `unexpected status ${status} (${status} ${reasons[status] ?? 'Error'}) with error: ${code}: ${reason}`,
    );
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
