export const gatewayTabs = ['connect', 'keys', 'requests', 'settings'] as const
export type GatewayTab = (typeof gatewayTabs)[number]

/** The tab at a place of the address; what is none is the first. */
export const tabOf = (text: string | undefined): GatewayTab => gatewayTabs.find((each) => each === text) ?? 'connect'
