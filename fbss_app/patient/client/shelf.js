// Stand-in until the store's own shelf is here.
export const heldResponses = () => [];
export const openResponse = async () => {};
export const switchTo = async () => {};
export const removeHeld = async () => {};
