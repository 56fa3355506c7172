/** A cell of a CSV file that no spreadsheet takes for a formula; numbers and phone numbers stay as they are. */
export const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d[\d\s.,()-]*%?$/.test(cell) ? `'${cell}` : cell)
