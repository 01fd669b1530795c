/** White space to be made one space, but for what is one already: replacing each of them would take most of the time. */
export const notOneSpace = /\s{2,}|[^\S ]/g;
