/** Width of text that no terminal shows. */
export const FILE_WIDTH = 100;
