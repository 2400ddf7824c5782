/** What is noted of a place that was given away for another: its letter says so. */
export const swapped = 'Changed places'
