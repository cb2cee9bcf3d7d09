package io.haulwatch.jt808;

/**
 * The three editions of JT/T 808 in the field. The header tells 2019 from the others (bit 14 of the body attributes); nothing in
 * it tells 2011 from 2013, so a frame without further knowledge counts as 2013.
 */
public enum Edition {
    V2011("2011"),
    V2013("2013"),
    V2019("2019");

    private final String year;

    Edition(String year) {
        this.year = year;
    }

    /** "2011", "2013" or "2019". */
    public String year() {
        return year;
    }

    /** The edition whose body layout a header announces: 2019 by bit 14, otherwise 2013. */
    public static Edition ofHeader(boolean is2019) {
        return is2019 ? V2019 : V2013;
    }
}
