/** What is wrong with a file of the catalogue, and where. */

export interface Fault {
  file: string
  /** Counted from 1; null when the fault is of the file as a whole. */
  line: number | null
  /** Such as `hours` or `outcomes[2]`; null outside the front matter. */
  field: string | null
  message: string
}

/** Some files of the catalogue are not courses that people can be shown; every fault found is in `faults`. */
export class UnreadableCatalogue extends Error {
  override name = 'UnreadableCatalogue'
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(faults.map(faultInWords).join('\n'))
    this.faults = faults
  }
}

/** One line such as `data-with-care.md:5: hours must be a number`. */
export function faultInWords({ file, line, field, message }: Fault): string {
  return `${file}${line === null ? '' : `:${line}`}: ${field === null ? '' : `${field} `}${message}`
}
