/**
 * List price of a private endpoint on Azure, whatever goes through it. Unit: USD an hour. Source: azure.microsoft.com/pricing/details/private-link,
 * as quoted on 2025-08-25; one price for all regions.
 */
export const privateEndpointUsdPerHour = 0.01;
