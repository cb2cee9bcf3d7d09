package io.haulwatch.store.register;

/** What can be wrong with a line. The sentences, why and what to do, are in {@link ImportWords}. */
public enum ImportRule {
    // One cell by itself.
    REQUIRED,
    FORMULA,
    FORMULA_TEXT,
    CELL_ERROR,
    TOO_LONG,
    NOT_ONE_LINE,
    NOT_A_DATE,
    NOT_ONE_OF,
    NOT_A_REGION,
    NOT_A_TERMINAL_NUMBER,
    DIGITS_LOST,
    NOT_A_COUNT,
    NOT_HOURS,
    ENDS_BEFORE_IT_BEGINS,
    NO_CATEGORY,
    // A sheet by itself.
    UNKNOWN_SHEET,
    UNKNOWN_COLUMN,
    MISSING_COLUMN,
    COLUMN_TWICE,
    NO_LINES,
    // Beside the rest of the file and the register.
    TWICE,
    UNASSIGNED_NAME,
    NO_COMPANY_KEY,
    NO_DRIVER_KEY,
    NO_KEY,
    NO_COMPANY,
    NO_PLATE,
    NO_DRIVER,
    AMBIGUOUS_PLATE,
    AMBIGUOUS_DRIVER,
    OTHER_COMPANY,
    OTHER_COMPANYS_TRUCK,
    TERMINAL_TAKEN,
    NAME_TAKEN,
    OTHER_COMPANYS_DRIVER,
    LINE_GONE,
    ASSIGNED_TWICE,
    TOO_EARLY,
    REFERS_TO_REFUSED
}
