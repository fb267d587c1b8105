/** How a sentence begins that says of an engine that it died for want of memory. */
export const SHORT = 'Memory is short';
